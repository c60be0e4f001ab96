import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Figure } from './figure.ts'
import { thisMachine } from './machine.ts'
import type { Machine } from './machine.ts'
import { readOptions } from './options.ts'
import { writePage } from './page.ts'
import type { Bench } from './row.ts'
import { rows } from './rows/index.ts'
import { startSurroundings } from './surroundings.ts'
import { textTable } from './table.ts'
import { judge } from './verdict.ts'

const RESULTS = fileURLToPath(new URL('results/latest.json', import.meta.url))
/** How much of a round a quick look does. */
const QUICK = 0.1

async function main(): Promise<void> {
  const names = rows.map(({ name }) => name)
  const options = readOptions(process.argv.slice(2), names)
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n`)
    process.exitCode = 64
    return
  }
  const machine = thisMachine()
  const loadPerCore = (machine.load[0] ?? 0) / machine.cores
  const picked = rows.filter(({ name }) => options.rows.length === 0 || options.rows.includes(name))
  await using around = await startSurroundings()
  const bench: Bench = {
    rounds: options.rounds,
    times: (count) => Math.ceil(options.quick ? count * QUICK : count),
    around,
  }
  const figures: Figure[] = []
  for (const row of picked) {
    process.stderr.write(`${row.name} ...\n`)
    figures.push(...(await row.measure(bench)))
  }
  const judged = figures.map((figure) => judge(figure, { quick: options.quick, loadPerCore }))
  process.stdout.write(`\n${textTable(judged)}\n\n${machineLine(machine)}\n`)
  writeFileSync(RESULTS, `${JSON.stringify({ machine, options, figures, judged }, null, 2)}\n`)
  if (options.write) writePage(machine, options, judged, picked)
}

function machineLine({ cores, load, durableAppendMs, node, libraries }: Machine): string {
  const versions = Object.entries(libraries).map((entry) => entry.join(' '))
  return [
    `${cores} cores, load before the start ${load.join(' ')}, durable append ${durableAppendMs} ms`,
    `Node ${node}, ${versions.join(', ')}`,
  ].join('\n')
}

await main()
