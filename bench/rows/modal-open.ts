import { setTimeout as pause } from 'node:timers/promises'
import { introduce, openForm } from '../flows.ts'
import { median } from '../figure.ts'
import type { Figure, Pair } from '../figure.ts'
import { inRounds, inSlices } from '../rounds.ts'
import type { Order } from '../rounds.ts'
import type { Bench, Row } from '../row.ts'
import { startBoth } from '../server.ts'

const SLACK_MS = 80
const WARM_UP = 200
const FORMS = 40
/** Longer than the 4 s for which clients keep an idle connection by default. */
const IDLE_MS = 6000

interface Round {
  readonly warm: Pair
  readonly idle: Pair
  readonly newConnections: number
}

export const modalOpen: Row = {
  name: 'modal-open',
  about:
    'From the slash command to the moment its `views.open` reaches Slack, 40 ms away, against a node:http server that opens a form of the same size; again after six idle seconds, with the TCP connections that the bot had to open then.',
  async measure(bench) {
    const rounds = await inRounds(bench.rounds, (order) => round(bench, order))
    const figures: readonly Figure[] = [
      {
        kind: 'compared',
        name: 'modal-open',
        unit: 'ms',
        rounds: rounds.map(({ warm }) => warm),
        atMost: 1.05,
      },
      {
        kind: 'compared',
        name: 'modal-open, after 6 s idle',
        unit: 'ms',
        rounds: rounds.map(({ idle }) => idle),
      },
      {
        kind: 'counted',
        name: 'modal-open, new connections after 6 s idle',
        unit: 'connections',
        rounds: rounds.map(({ newConnections }) => newConnections),
        exactly: 0,
      },
    ]
    return figures
  },
}

async function round({ around, times }: Bench, order: Order): Promise<Round> {
  await around.latency({ slackMs: 0, cognitoMs: 0 })
  await using servers = await startBoth('by-hand', order, around)
  await introduce(servers.product)
  const open = async (side: Order[number]) => {
    const { sentAt, arrivedAt } = await openForm(servers[side], around)
    return arrivedAt - sentAt
  }
  for (const side of order) for (let form = 0; form < times(WARM_UP); form++) await open(side)

  await around.latency({ slackMs: SLACK_MS, cognitoMs: 0 })
  const taken = { floor: [] as number[], product: [] as number[] }
  await inSlices(times(FORMS), order, async (side) => {
    taken[side].push(await open(side))
    // What the form leaves behind is not part of the next one.
    await pause(SLACK_MS)
  })
  await pause(IDLE_MS)
  const floor = await open('floor')
  const before = await around.connections()
  const product = await open('product')
  await pause(2 * SLACK_MS)
  const newConnections = (await around.connections()) - before
  await around.latency({ slackMs: 0, cognitoMs: 0 })
  const warm = { floor: median(taken.floor), product: median(taken.product) }
  return { warm, idle: { floor, product }, newConnections }
}
