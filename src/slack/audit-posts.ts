import type { WebClient } from '@slack/web-api'
import { z } from 'zod'
import type { AuditEntry } from '../core/audit.ts'
import type { Clock } from '../core/ports.ts'
import type { AuditNames } from './audit-line.ts'
import type { AuditHead, AuditRange } from './audit-message.ts'
import type { Log } from './log.ts'
import type { SlackFault } from './slack-fault.ts'
import { AUDIT_EVENT_TYPE, auditMessage } from './audit-message.ts'
import { slackFault } from './slack-fault.ts'

/** `uncertain`: a post of this range was begun, and its answer never recorded. */
export interface AuditBatch extends AuditRange {
  readonly entries: readonly AuditEntry[]
  readonly state: 'new' | 'uncertain'
  readonly attempts: number
}

/** The queue of audit entries that no message covers yet. Batches come in order, one at a time. */
export interface AuditOutbox<B extends AuditBatch> {
  nextBatch(now: number, atMost: number): Promise<B | undefined>
  /** False: another process posts it. */
  posting(batch: B): Promise<boolean>
  posted(batch: B, messageTs: string): Promise<void>
  retryAt(batch: B, at: number, as: AuditBatch['state']): Promise<void>
}

export interface AuditPostsOptions<B extends AuditBatch> {
  readonly outbox: AuditOutbox<B>
  readonly head: () => Promise<AuditHead>
  /** The background client. */
  readonly client: Pick<WebClient, 'chat' | 'conversations'>
  /** Channel id. */
  readonly channel: string
  readonly names: AuditNames
  readonly now: Clock
  readonly log: Log
  /** Milliseconds between two messages: Slack takes about one a second in a channel. */
  readonly gapMs?: number
  /** Milliseconds to wait after a first failure; doubled for each further one, up to 60 s. */
  readonly backOffMs?: number
  /** Milliseconds after which the outbox is asked again although nobody called `wake`. */
  readonly pollMs?: number
}

const LINES = 40
const LONGEST_BACK_OFF_MS = 60_000
const DRAIN_MS = 5000
/** How far our clock may be from Slack's when a message is looked for. */
const CLOCK_DRIFT_MS = 600_000
/** A timer may fire a little before the clock agrees. */
const TIMER_SLACK_MS = 20

const auditMetadata = z.object({
  event_type: z.literal(AUDIT_EVENT_TYPE),
  event_payload: z.object({ from: z.number(), to: z.number() }),
})

interface Failed {
  readonly fault: SlackFault
  readonly as: AuditBatch['state']
}

/** Posts the audit log to its channel: in order, every entry once, whatever Slack does meanwhile. */
export class AuditPosts<B extends AuditBatch> {
  readonly #options: AuditPostsOptions<B>
  #running: Promise<void> | undefined
  #stopping = false
  #woken = false
  #endWait: () => void = () => undefined
  #endIdling: () => void = () => undefined

  constructor(options: AuditPostsOptions<B>) {
    this.#options = options
  }

  start(): void {
    this.#running ??= this.#run()
  }

  /** Something was appended. */
  wake(): void {
    this.#woken = true
    this.#endIdling()
  }

  /** Posts what is queued, for at most 5 s; the rest stays in the outbox. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#endWait()
    const drained = Promise.withResolvers<void>()
    const limit = setTimeout(drained.resolve, DRAIN_MS)
    await Promise.race([this.#running, drained.promise])
    clearTimeout(limit)
  }

  async #run(): Promise<void> {
    const { gapMs = 1000, pollMs = 10_000 } = this.#options
    for (;;) {
      this.#woken = false
      const turn = await this.#turn()
      if (this.#stopping && turn !== 'posted') return
      if (turn === 'idle') await this.#idle(pollMs)
      else await this.#wait(turn === 'posted' ? gapMs : turn)
    }
  }

  /** Posts one batch, if there is one. A number: not before so many milliseconds. */
  async #turn(): Promise<'posted' | 'idle' | number> {
    const { outbox, now, log, pollMs = 10_000 } = this.#options
    try {
      const batch = await outbox.nextBatch(now(), LINES)
      if (batch === undefined || !(await outbox.posting(batch))) return 'idle'
      const placed = await this.#place(batch, await this.#options.head())
      if (typeof placed !== 'string') return await this.#postpone(batch, placed)
      await outbox.posted(batch, placed)
      return 'posted'
    } catch (error) {
      log.error({ err: error }, 'The audit outbox could not be read or written.')
      return pollMs
    }
  }

  /** The timestamp of the batch's message: found when an earlier try had left it, else posted now. */
  async #place(batch: B, head: AuditHead): Promise<string | Failed> {
    let state = batch.state
    try {
      const found = state === 'uncertain' ? await this.#find(batch) : undefined
      if (found !== undefined) return found
      state = 'new'
      return await this.#send(batch, head)
    } catch (error) {
      const fault = slackFault(error)
      return { fault, as: fault.effect === 'uncertain' ? 'uncertain' : state }
    }
  }

  /** The newest messages suffice: nothing else is posted while this batch waits. */
  async #find(batch: B): Promise<string | undefined> {
    const { client, channel, now } = this.#options
    const since = Date.parse(batch.entries[0]?.at ?? '') || now()
    const { messages } = await client.conversations.history({
      channel,
      include_all_metadata: true,
      oldest: String((since - CLOCK_DRIFT_MS) / 1000),
      limit: 200,
    })
    return messages?.find(({ metadata }) => covers(metadata, batch))?.ts
  }

  async #send(batch: B, head: AuditHead): Promise<string> {
    const { client, channel, names } = this.#options
    const message = auditMessage(batch, batch.entries, { channel, head, names })
    const { ts } = await client.chat.postMessage(message)
    if (ts === undefined) throw new Error('Slack answered without the message’s timestamp.')
    return ts
  }

  async #postpone(batch: B, { fault, as }: Failed): Promise<number> {
    const { outbox, now, log, backOffMs = 1000 } = this.#options
    const { from, to, attempts } = batch
    const backOff = Math.min(backOffMs * 2 ** attempts, LONGEST_BACK_OFF_MS)
    const waitMs = fault.retryAfterMs ?? backOff
    log.warn({ code: fault.code, from, to, waitMs }, 'An audit message could not be posted yet.')
    await outbox.retryAt(batch, now() + waitMs, as)
    return waitMs + TIMER_SLACK_MS
  }

  async #idle(ms: number): Promise<void> {
    if (this.#woken) return
    const waiting = this.#wait(ms)
    this.#endIdling = this.#endWait
    await waiting
    this.#endIdling = () => undefined
  }

  async #wait(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, ms)
    this.#endWait = resolve
    await promise
    clearTimeout(timer)
  }
}

function covers(metadata: unknown, { from, to }: AuditRange): boolean {
  const { success, data } = auditMetadata.safeParse(metadata)
  return success && data.event_payload.from === from && data.event_payload.to === to
}
