import { command } from '../deliveries.ts'
import type { Compared, Pair } from '../figure.ts'
import { introduce, RESET } from '../flows.ts'
import { inRounds, inSlices } from '../rounds.ts'
import type { Order } from '../rounds.ts'
import type { Bench, Row } from '../row.ts'
import { startBoth } from '../server.ts'
import type { Server } from '../server.ts'

const SLICES = 10
const WARM_UP = 2000
const HELPS = 400
const FORMS = 100
const HELP = command('help', 'trigger')
const FORM = command(RESET, 'trigger')

/** `/cognito help` is answered in the acknowledgement, so nothing but the pipeline is measured. */
export const ackSlash: Row = {
  name: 'ack-slash',
  about:
    'Processor time of the server per signed `/cognito help`, through the whole pipeline (limits, signature, tenant, zod, rights, policy, answer), against bare Bolt `HTTPReceiver` with one listener that answers as many blocks from a constant. The second line is the command that opens a form, with its `views.open` call, against the same floor, for the record.',
  async measure(bench) {
    const rounds = await inRounds(bench.rounds, (order) => round(bench, order))
    const help: Compared = {
      kind: 'compared',
      name: 'ack-slash',
      unit: 'µs',
      rounds: rounds.map((one) => one.help),
      atMost: 0.6,
    }
    const form: Compared = {
      kind: 'compared',
      name: 'ack-slash, with its form opened',
      unit: 'µs',
      rounds: rounds.map((one) => one.form),
    }
    return [help, form]
  },
}

async function round(bench: Bench, order: Order): Promise<{ help: Pair; form: Pair }> {
  await using servers = await startBoth('bolt-command', order, bench.around)
  await introduce(servers.product)
  for (const side of order) await sendMany(servers[side], HELP, bench.times(WARM_UP))
  const perRequest = async (body: string, count: number): Promise<Pair> => {
    const spent = { floor: 0, product: 0 }
    await inSlices(SLICES, order, async (side) => {
      const before = await servers[side].cpuMicros()
      await sendMany(servers[side], body, count)
      spent[side] += (await servers[side].cpuMicros()) - before
    })
    const requests = SLICES * count
    return { floor: spent.floor / requests, product: spent.product / requests }
  }
  const help = await perRequest(HELP, bench.times(HELPS))
  for (const side of order) await sendMany(servers[side], FORM, bench.times(FORMS))
  return { help, form: await perRequest(FORM, bench.times(FORMS)) }
}

async function sendMany(server: Server, body: string, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent++) await server.send(body)
}
