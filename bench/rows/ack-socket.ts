import { commandFields } from '../deliveries.ts'
import type { Compared, Pair } from '../figure.ts'
import { inRounds, inSlices } from '../rounds.ts'
import type { Order } from '../rounds.ts'
import type { Bench, Row } from '../row.ts'
import { startBoth } from '../server.ts'

const SLICES = 10
const WARM_UP = 2000
const ENVELOPES = 400
const HELP = JSON.stringify(commandFields('help', 'trigger'))

export const ackSocket: Row = {
  name: 'ack-socket',
  about:
    'The same `/cognito help` over Socket Mode, against bare Bolt `SocketModeReceiver` with one listener that answers as many blocks from a constant.',
  async measure(bench) {
    const rounds = await inRounds(bench.rounds, (order) => round(bench, order))
    const figure: Compared = {
      kind: 'compared',
      name: 'ack-socket',
      unit: 'µs',
      rounds,
      atMost: 1.2,
    }
    return [figure]
  },
}

async function round({ around, times }: Bench, order: Order): Promise<Pair> {
  await using servers = await startBoth('bolt-socket', order, around, 'socket')
  for (const side of order) await around.envelopes(side, times(WARM_UP), HELP)
  const spent = { floor: 0, product: 0 }
  const count = times(ENVELOPES)
  await inSlices(SLICES, order, async (side) => {
    const before = await servers[side].cpuMicros()
    await around.envelopes(side, count, HELP)
    spent[side] += (await servers[side].cpuMicros()) - before
  })
  const envelopes = SLICES * count
  return { floor: spent.floor / envelopes, product: spent.product / envelopes }
}
