import { z } from 'zod'
import type { Figure } from '../figure.ts'
import { startProgram } from '../program.ts'
import { inRounds } from '../rounds.ts'
import type { Row } from '../row.ts'
import { environmentOf } from '../world.ts'

const shape = z.object({
  hit: z.number(),
  miss: z.number(),
  cedar: z.number(),
  differing: z.number(),
})
const PROGRAM = new URL('../alone/verdict.ts', import.meta.url)

export const verdict: Row = {
  name: 'verdict',
  about:
    'The policy’s answer, remembered (`hit`) and new (`miss`), the latter against the same evaluations without the memory in front; and how many of random questions get another answer from memory than afresh.',
  async measure(bench) {
    const nowhere = { port: 0, slackUrl: '', cognitoUrl: '', folder: '/nowhere' }
    const environment = environmentOf({ ...nowhere, transport: 'http' })
    const rounds = await inRounds(bench.rounds, async () => {
      await using program = await startProgram(PROGRAM, environment)
      return await program.ask({}, shape)
    })
    const misses = rounds.map(({ cedar, miss }) => ({ floor: cedar, product: miss }))
    const hits = rounds.map(({ hit }) => hit)
    const differing = rounds.map((one) => one.differing)
    const figures: readonly Figure[] = [
      { kind: 'alone', name: 'verdict, hit', unit: 'µs', rounds: hits, atMost: 2 },
      { kind: 'compared', name: 'verdict, miss', unit: 'µs', rounds: misses, atMost: 1.1 },
      {
        kind: 'counted',
        name: 'verdict, differing from afresh',
        unit: 'answers',
        rounds: differing,
        exactly: 0,
      },
    ]
    return figures
  },
}
