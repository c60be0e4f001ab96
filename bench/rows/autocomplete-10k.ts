import { setTimeout as pause } from 'node:timers/promises'
import { poolSuggestion } from '../deliveries.ts'
import { introduce } from '../flows.ts'
import { median, percentile } from '../figure.ts'
import type { Figure } from '../figure.ts'
import { poolId, poolName } from '../pools.ts'
import { inRounds, inSlices } from '../rounds.ts'
import type { Side } from '../rounds.ts'
import type { Bench, Row } from '../row.ts'
import { startBoth } from '../server.ts'
import type { Server } from '../server.ts'

const POOLS = 10_000
const WARM_UP = 300
const REQUESTS = 200
/** Leads all over the list. */
const STRIDE = 97
/** The bot lists 60 pools a call, at most 3 calls a second. */
const LISTED_WITHIN_MS = 120_000

export const autocomplete10k: Row = {
  name: 'autocomplete-10k',
  about:
    'Somebody types in the pool picker while 10,000 pools are known, against bare Bolt with one options listener over the same names in memory.',
  async measure(bench) {
    const { around, times } = bench
    await around.pools(POOLS)
    await using servers = await startBoth('bolt-options', ['floor', 'product'], around)
    await listed(bench, servers.product)
    const asked = { floor: 0, product: 0 }
    const ask = async (side: Side, count: number) => {
      const taken = await suggestions(servers[side], asked[side], count)
      asked[side] += count
      return taken
    }
    for (const side of ['floor', 'product'] as const) await ask(side, times(WARM_UP))
    const rounds = await inRounds(bench.rounds, async (order) => {
      const taken = { floor: [] as number[], product: [] as number[] }
      await inSlices(6, order, async (side) => {
        taken[side].push(...(await ask(side, times(REQUESTS))))
      })
      return taken
    })
    await around.pools(3)
    const halves = rounds.map(({ floor, product }) => ({
      floor: median(floor),
      product: median(product),
    }))
    const tails = rounds.map(({ product }) => percentile(product, 0.99))
    const figures: readonly Figure[] = [
      { kind: 'compared', name: 'autocomplete-10k', unit: 'ms', rounds: halves, atMost: 1.3 },
      { kind: 'alone', name: 'autocomplete-10k, p99', unit: 'ms', rounds: tails, atMost: 3 },
    ]
    return figures
  },
}

/** Milliseconds each. `from` counts on, so that people also type what nobody has typed before. */
async function suggestions(
  server: Server,
  from: number,
  count: number,
): Promise<readonly number[]> {
  const times: number[] = []
  for (let asked = from; asked < from + count; asked++) {
    const { sentAt, at } = await server.send(poolSuggestion(typedAt(asked)))
    times.push(at - sentAt)
  }
  return times
}

/** Nothing yet, the beginning of a name, the end of one. */
function typedAt(asked: number): string {
  const name = poolName((asked * STRIDE) % POOLS)
  return ['', name.slice(0, 4), name.slice(-4)][asked % 3] ?? ''
}

/** The bot is ready with the first pools; the rest of a long list follows at its own pace. */
async function listed({ around }: Bench, server: Server): Promise<void> {
  await introduce(server)
  const last = poolId(POOLS - 1)
  const deadline = Date.now() + LISTED_WITHIN_MS
  while (Date.now() < deadline) {
    const { text } = await server.send(poolSuggestion(last.slice(-4)))
    if (text.includes(last)) return void (await around.calls())
    await pause(500)
  }
  throw new Error(`The bot did not list ${POOLS} pools in time.`)
}
