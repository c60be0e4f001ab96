import { command } from '../deliveries.ts'
import type { Figure, Pair } from '../figure.ts'
import { inRounds } from '../rounds.ts'
import type { Side } from '../rounds.ts'
import type { Bench, Row } from '../row.ts'
import { startServer } from '../server.ts'

interface Start {
  readonly readyMs: number
  readonly cpuMs: number
  readonly firstAckMs: number
}

export const coldStart: Row = {
  name: 'cold-start',
  about:
    'From exec to ready (policy validated, store open, pools listed, warm-up done), against a program that loads Bolt, the SDK, zod and pino and listens. Both are TypeScript run directly, without a compile cache. `first ack` is the first `/cognito help` after that, from somebody not seen before.',
  async measure(bench) {
    const rounds = await inRounds(bench.rounds, async (order) => {
      const starts = {} as Record<Side, Start>
      for (const side of order) starts[side] = await start(bench, side)
      return starts
    })
    const pairs = (part: 'readyMs' | 'cpuMs'): readonly Pair[] =>
      rounds.map(({ floor, product }) => ({ floor: floor[part], product: product[part] }))
    const figures: readonly Figure[] = [
      { kind: 'compared', name: 'cold-start', unit: 'ms', rounds: pairs('readyMs'), atMost: 1.6 },
      { kind: 'compared', name: 'cold-start, processor time', unit: 'ms', rounds: pairs('cpuMs') },
      {
        kind: 'alone',
        name: 'cold-start, first ack',
        unit: 'ms',
        rounds: rounds.map(({ product }) => product.firstAckMs),
        atMost: 5,
      },
    ]
    return figures
  },
}

async function start({ around }: Bench, side: Side): Promise<Start> {
  await using server = await startServer(side === 'product' ? side : { floor: 'bare' }, around)
  const cpuMs = (await server.cpuMicros()) / 1000
  const { sentAt, at } = await server.send(command('help', 'trigger'))
  return { readyMs: server.readyMs, cpuMs, firstAckMs: at - sentAt }
}
