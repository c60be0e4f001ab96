import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Machine } from './machine.ts'
import type { Options } from './options.ts'
import type { Row } from './row.ts'
import { markdownTable } from './table.ts'
import type { Judged } from './verdict.ts'

const PAGE = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url))
const FIGURES = /(<!-- figures -->\n)[\s\S]*(<!-- \/figures -->)/

/** Puts the figures where the page has its marks; the words around them stay. */
export function writePage(
  machine: Machine,
  options: Options,
  judged: readonly Judged[],
  rows: readonly Row[],
): void {
  const page = readFileSync(PAGE, 'utf8')
  const figures = figuresPart(machine, options, judged, rows)
  writeFileSync(PAGE, withFigures(page, figures))
}

export function withFigures(page: string, figures: string): string {
  if (!FIGURES.test(page)) throw new Error('docs/benchmarks.md has lost its marks for figures.')
  return page.replace(FIGURES, (_all, open: string, close: string) => `${open}${figures}${close}`)
}

function figuresPart(
  machine: Machine,
  { rounds }: Options,
  judged: readonly Judged[],
  rows: readonly Row[],
): string {
  const libraries = Object.entries(machine.libraries).map((entry) => entry.join(' '))
  return [
    `Measured in ${rounds} rounds on ${machine.processor}, ${machine.cores} cores, ${machine.memoryGigabytes} GB, ${machine.system}, Node ${machine.node}; a durable append of 300 bytes ${machine.durableAppendMs} ms; load averages before the start ${machine.load.join(', ')}. ${libraries.join(', ')}.`,
    '',
    markdownTable(judged),
    '',
    ...rows.map(({ name, about }) => `- **${name}**: ${about}`),
    '',
  ].join('\n')
}
