import { setTimeout as pause } from 'node:timers/promises'
import { percentile } from '../figure.ts'
import type { Figure, Pair } from '../figure.ts'
import { introduce, openForm, submit } from '../flows.ts'
import type { OpenedForm } from '../flows.ts'
import { inRounds, inSlices } from '../rounds.ts'
import type { Order } from '../rounds.ts'
import type { Bench, Row } from '../row.ts'
import { startBoth } from '../server.ts'
import type { Server } from '../server.ts'

const SLACK_MS = 80
/** Long enough for the rights to be read again, which begins when the form opens. */
const FILLED_IN_MS = 2.5 * SLACK_MS
const FORMS = 10
const WARM_UP_SLICES = 15
const WARM_UP_PAUSE_MS = 50
const GOALS = [
  { cognitoMs: 40, slices: 3, atMost: 1.06 },
  { cognitoMs: 0, slices: 8, atMost: 2.5 },
] as const

/** A form is opened, filled and sent; measured is what the person waits for after pressing the button. */
export const submitToPassword: Row = {
  name: 'submit-to-password',
  about:
    'From the submitted form to the password in the acknowledgement: rights, plan, durable intent, `AdminGetUser`, `AdminSetUserPassword`, durable outcome, against a node:http server that signs the same two calls itself and stores nothing. Every flow opens its own form first, and is sent when the person has filled it in. Slack answers after 80 ms, Cognito after 40 ms or at once.',
  async measure(bench) {
    const rounds = await inRounds(bench.rounds, (order) => round(bench, order))
    return GOALS.flatMap(({ cognitoMs, atMost }, place): readonly Figure[] => {
      const taken = rounds.map((one) => one[place] ?? fail())
      const name = `submit-to-password, Cognito ${cognitoMs} ms`
      const common = { kind: 'compared', unit: 'ms' } as const
      return [
        { ...common, name, rounds: taken.map(at(0.5)), atMost },
        { ...common, name: `${name}, p90`, rounds: taken.map(at(0.9)) },
      ]
    })
  },
}

const at =
  (part: number) =>
  ({ floor, product }: Times): Pair => ({
    floor: percentile(floor, part),
    product: percentile(product, part),
  })

interface Times {
  readonly floor: number[]
  readonly product: number[]
}

async function round(bench: Bench, order: Order): Promise<readonly Times[]> {
  const { around } = bench
  await around.latency({ slackMs: 0, cognitoMs: 0 })
  await using servers = await startBoth('by-hand', order, around)
  await introduce(servers.product)
  for (let slice = 0; slice < bench.times(WARM_UP_SLICES); slice++)
    for (const side of order) await resets(bench, servers[side], WARM_UP_PAUSE_MS)
  const taken: Times[] = []
  for (const { cognitoMs, slices } of GOALS) {
    await around.latency({ slackMs: SLACK_MS, cognitoMs })
    const times: Times = { floor: [], product: [] }
    await inSlices(bench.times(slices), order, async (side) => {
      times[side].push(...(await resets(bench, servers[side])))
    })
    taken.push(times)
  }
  await around.latency({ slackMs: 0, cognitoMs: 0 })
  return taken
}

/** Opens some forms, leaves the time in which a person fills them in, and sends one after the other. */
async function resets(
  { around }: Bench,
  server: Server,
  filledInMs = FILLED_IN_MS,
): Promise<readonly number[]> {
  const forms: OpenedForm[] = []
  while (forms.length < FORMS) forms.push(await openForm(server, around))
  await pause(filledInMs)
  const times: number[] = []
  for (const { privateMetadata } of forms) {
    const acknowledged = await submit(server, privateMetadata)
    times.push(acknowledged.at - acknowledged.sentAt)
  }
  return times
}

function fail(): never {
  throw new Error('A round has fewer latencies than goals.')
}
