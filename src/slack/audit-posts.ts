import type { AuditBatch, AuditChannel, Unplaced } from './audit-channel.ts'
import type { AuditHead } from './audit-message.ts'
import type { Log } from './log.ts'
import { placeBatch } from './audit-channel.ts'

/** The queue of audit entries that no message covers yet. Batches come in order, one at a time. */
export interface AuditOutbox<B extends AuditBatch> {
  nextBatch(now: number, atMost: number): Promise<B | undefined>
  /** False: another process posts it. */
  posting(batch: B): Promise<boolean>
  posted(batch: B, messageTs: string): Promise<void>
  retryAt(batch: B, at: number, as: AuditBatch['state']): Promise<void>
}

export interface AuditPostsOptions<B extends AuditBatch> extends AuditChannel {
  readonly outbox: AuditOutbox<B>
  readonly head: () => Promise<AuditHead>
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
/** A timer may fire a little before the clock agrees. */
const TIMER_SLACK_MS = 20

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
      const placed = await placeBatch(batch, await this.#options.head(), this.#options)
      if (typeof placed !== 'string') return await this.#postpone(batch, placed)
      await outbox.posted(batch, placed)
      return 'posted'
    } catch (error) {
      log.error({ err: error }, 'The audit outbox could not be read or written.')
      return pollMs
    }
  }

  async #postpone(batch: B, { fault, as }: Unplaced): Promise<number> {
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
