import { record, records, string } from './json.ts'
import type { PlannedFaults } from './faults.ts'
import type { Receipt, Transport } from './transport.ts'
import type { DeliveryKind, DeliveryRecord, JsonObject } from './types.ts'
import type { Workspace } from './workspace.ts'

/** "must be acknowledged within 3 seconds" (docs.slack.dev, interactivity, commands and events alike). */
const deadlineMs = 3000
/** Events only: "nearly immediately, after 1 minute, after 5 minutes" (docs.slack.dev, Events API). */
const retryAfterMs = [0, 60_000, 300_000]

type Settled = Pick<DeliveryRecord, 'ack' | 'status' | 'ms' | 'state' | 'missed'>
type Kept = { -readonly [K in keyof DeliveryRecord]: DeliveryRecord[K] }

/** Everything sent to the app, its deadline and its acknowledgement. */
export class Deliveries {
  readonly records: DeliveryRecord[] = []
  readonly #workspace: Workspace
  readonly #transport: () => Transport
  readonly #planned: PlannedFaults
  readonly #timers = new Set<() => void>()
  readonly #open = new Set<AbortController>()
  #closed = false

  constructor(workspace: Workspace, transport: () => Transport, planned: PlannedFaults) {
    this.#workspace = workspace
    this.#transport = transport
    this.#planned = planned
  }

  /** Resolves when the app acknowledged, the deadline passed, or the app was not there. */
  send(kind: DeliveryKind, body: JsonObject, user?: string, retry = 0): Promise<DeliveryRecord> {
    const transport = this.#transport()
    const { promise, resolve } = Promise.withResolvers<DeliveryRecord>()
    const kept: Kept = {
      id: this.#workspace.ids.next('envelope-'),
      kind,
      transport: transport.name,
      user,
      body,
      at: this.#workspace.clock.now(),
      retry,
      ack: undefined,
      status: undefined,
      ms: undefined,
      state: 'waiting',
      missed: false,
    }
    this.records.push(kept)
    this.#workspace.changes.tell()
    const abort = new AbortController()
    this.#open.add(abort)
    const settle = (settled: Settled) => {
      cancelDeadline()
      this.#open.delete(abort)
      Object.assign(kept, settled)
      this.#afterwards(kept)
      resolve(kept)
    }
    const cancelDeadline = this.#after(deadlineMs, () => {
      settle({ ack: undefined, status: undefined, ms: undefined, state: 'missed', missed: true })
      abort.abort()
    })
    this.#sent(transport, kept, abort.signal).then(
      (receipt) => this.#received(kept, receipt, settle),
      () => kept.state === 'waiting' && settle(undeliverable),
    )
    return promise
  }

  close(): void {
    this.#closed = true
    for (const cancel of this.#timers) cancel()
    for (const abort of this.#open) abort.abort()
  }

  /** HTTP knows only two faults of an envelope; a socket meets them itself. */
  async #sent(transport: Transport, kept: Kept, signal: AbortSignal): Promise<Receipt> {
    const fault = transport.name === 'http' ? this.#planned.forEnvelope() : undefined
    if (fault?.kind === 'late')
      await new Promise<void>((resolve) => {
        this.#after(fault.ms, resolve)
      })
    const first = transport.send(kept, fault?.kind === 'late' ? neverAborted : signal)
    if (fault?.kind === 'duplicate')
      await Promise.allSettled([first, transport.send(kept, neverAborted)])
    return first
  }

  #received(kept: Kept, receipt: Receipt, settle: (settled: Settled) => void): void {
    const ms = this.#workspace.clock.now() - kept.at
    if (kept.state !== 'waiting') {
      this.#workspace.problems.add(`${named(kept)}: acknowledged late, after ${ms} ms`)
      return
    }
    this.#workspace.problems.inspect(`acknowledgement of ${named(kept)}`, receipt.ack)
    const taken = receipt.status >= 200 && receipt.status < 300
    settle({ ...receipt, ms, state: taken ? 'acknowledged' : 'refused', missed: false })
  }

  #afterwards(kept: Kept): void {
    if (kept.state === 'missed')
      this.#workspace.problems.add(`${named(kept)}: no acknowledgement within ${deadlineMs} ms`)
    if (kept.state === 'refused')
      this.#workspace.problems.add(`${named(kept)}: answered with HTTP ${kept.status}`)
    const wait = retryAfterMs[kept.retry]
    const again = kept.kind === 'event' && kept.state !== 'acknowledged' && !this.#closed
    if (again && wait !== undefined)
      this.#after(wait, () => void this.send('event', kept.body, kept.user, kept.retry + 1))
    this.#workspace.changes.tell()
  }

  #after(ms: number, run: () => void): () => void {
    const cancel = this.#workspace.clock.after(ms, () => {
      this.#timers.delete(cancel)
      run()
    })
    this.#timers.add(cancel)
    return () => {
      this.#timers.delete(cancel)
      cancel()
    }
  }
}

const undeliverable: Settled = {
  ack: undefined,
  status: undefined,
  ms: undefined,
  state: 'undeliverable',
  missed: false,
}
const neverAborted = new AbortController().signal

/** `view_submission operation/reset-password`, `slash_commands /cognito`, ... */
function named({ kind, body }: DeliveryRecord): string {
  const what =
    string(body['command']) ??
    string(record(body['event'])['type']) ??
    string(records(body['actions'])[0]?.['action_id']) ??
    string(body['action_id']) ??
    string(record(body['view'])['callback_id']) ??
    string(body['callback_id'])
  return what === undefined ? kind : `${kind} ${what}`
}
