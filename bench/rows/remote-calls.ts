import { setTimeout as pause } from 'node:timers/promises'
import { monotonicMs } from '../clock.ts'
import { command, poolSuggestion } from '../deliveries.ts'
import type { Counted } from '../figure.ts'
import { introduce, newTrigger, openForm, submit } from '../flows.ts'
import type { Bench, Row } from '../row.ts'
import { waitedFor } from '../serial.ts'
import type { Span } from '../serial.ts'
import type { Acknowledged } from '../sender.ts'
import { startServer } from '../server.ts'
import type { Server } from '../server.ts'

/** Long enough that calls after one another cannot be taken for calls side by side. */
const LATENCY = { slackMs: 60, cognitoMs: 60 }
const FILLED_IN_MS = 1000

/** What one flow called, and what its person waited for. */
interface Flow {
  readonly calls: readonly Span[]
  readonly visible: number
}

export const remoteCalls: Row = {
  name: 'remote-calls',
  about:
    'Remote calls that a person waits for, one after the other, until the result shows; calls side by side count as one. Somebody known to the bot asks, with the list of pools in memory. Counted exactly, and every call that a flow makes before its result shows is named when the number is wrong.',
  async measure(bench) {
    const { around } = bench
    await around.latency({ slackMs: 0, cognitoMs: 0 })
    await using server = await startServer('product', around)
    await introduce(server)
    await pause(500)
    await around.latency(LATENCY)
    const counted = [
      await count('help -> answer', 0, () =>
        answered(bench, () => server.send(command('help', newTrigger()))),
      ),
      await count('slash -> modal', 1, () => opened(bench, server)),
      await count('typing a pool -> options', 0, () =>
        answered(bench, () => server.send(poolSuggestion('cust'))),
      ),
      await count('submit -> password', 2, () => submitted(bench, server)),
    ]
    await around.latency({ slackMs: 0, cognitoMs: 0 })
    return counted
  },
}

async function count(name: string, exactly: number, run: () => Promise<Flow>): Promise<Counted> {
  const { calls, visible } = await run()
  const waited = waitedFor(calls, visible)
  const ended = calls.filter(({ answered: at }) => at <= visible).map((call) => call.name)
  const named = waited === exactly ? '' : ` (${ended.toSorted().join(', ')})`
  return {
    kind: 'counted',
    name: `remote-calls, ${name}${named}`,
    unit: 'calls',
    rounds: [waited],
    exactly,
  }
}

async function answered({ around }: Bench, act: () => Promise<Acknowledged>): Promise<Flow> {
  await around.calls()
  const { at } = await act()
  await pause(LATENCY.slackMs * 4)
  return { calls: await around.calls(), visible: at }
}

/** Visible once Slack has answered the call that opens the view. */
async function opened({ around }: Bench, server: Server): Promise<Flow> {
  await around.calls()
  await openForm(server, around)
  await pause(LATENCY.slackMs * 4)
  const calls = await around.calls()
  const opening = calls.find(({ name }) => name === 'views.open')
  return { calls, visible: opening?.answered ?? monotonicMs() }
}

async function submitted(bench: Bench, server: Server): Promise<Flow> {
  const { privateMetadata } = await openForm(server, bench.around)
  await pause(FILLED_IN_MS)
  return answered(bench, () => submit(server, privateMetadata))
}
