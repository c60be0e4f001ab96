import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { median } from '../figure.ts'
import type { Compared, Pair } from '../figure.ts'
import { startProgram } from '../program.ts'
import { inRounds } from '../rounds.ts'
import type { Row } from '../row.ts'

const shape = z.object({ commits: z.array(z.number()), appends: z.array(z.number()) })
const PROGRAM = new URL('../alone/durable-intent.ts', import.meta.url)

export const durableIntent: Row = {
  name: 'durable-intent',
  about:
    'A request and its audit entry, committed before the first write to Cognito, against appending the same bytes to a file with fdatasync.',
  async measure(bench) {
    const rounds = await inRounds(bench.rounds, round)
    const figure: Compared = {
      kind: 'compared',
      name: 'durable-intent',
      unit: 'µs',
      rounds,
      atMost: 1.5,
    }
    return [figure]
  },
}

async function round(): Promise<Pair> {
  const folder = await mkdtemp(join(tmpdir(), 'lifeguard-bench-'))
  try {
    await using program = await startProgram(PROGRAM, { LIFEGUARD_DATA: folder })
    const { commits, appends } = await program.ask({}, shape)
    return { floor: median(appends), product: median(commits) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
