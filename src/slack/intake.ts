import type { App } from '@slack/bolt'
import type { Clock } from '../core/ports.ts'
import type { Log } from './log.ts'
import type { Body, Kind, Envelope } from './envelope.ts'
import type { Foreign } from './tenant.ts'
import { UnknownError } from '@slack/bolt'
import { Acknowledgement, AckLost } from './acknowledgement.ts'
import { InFlight } from './in-flight.ts'
import { readEnvelope } from './envelope.ts'
import { safeReply } from './safe-reply.ts'

export interface IntakeMetrics {
  interaction(kind: string, outcome: string): void
  acknowledged(kind: string, seconds: number): void
}

export interface IntakeOptions {
  /** Refuses what does not come from our own workspace, before any listener. */
  readonly admit: (body: Body) => Foreign | undefined
  readonly log: Log
  readonly now: Clock
  readonly metrics: IntakeMetrics
  /** Names a fault for a person to quote. */
  readonly reference: () => string
  /** Milliseconds after which a missing acknowledgement is given in the listener's place. */
  readonly ackWithinMs?: number
}

/** One thing Slack sent, and the way back. */
export interface Delivery {
  readonly body: unknown
  readonly retryNum?: number
  readonly retryReason?: string
  /** Rejects when the connection is gone. */
  send(reply: unknown): Promise<void>
  /** Tells Slack that this was no payload. */
  malformed(): Promise<void>
}

/** Slack gives up after 3 s. */
const ACK_WITHIN_MS = 2500

/** Both transports end here: shape, tenant, listeners, and exactly one answer to each delivery. */
export class Intake {
  readonly inFlight = new InFlight()
  readonly unanswered = new InFlight()
  readonly #options: IntakeOptions
  #app: Pick<App, 'processEvent'> | undefined

  constructor(options: IntakeOptions) {
    this.#options = options
  }

  init(app: Pick<App, 'processEvent'>): void {
    this.#app = app
  }

  /** Never rejects: whatever goes wrong is answered and logged here. */
  async take(delivery: Delivery): Promise<void> {
    this.inFlight.enter()
    try {
      const envelope = readEnvelope(delivery.body)
      await (envelope === undefined ? this.#malformed(delivery) : this.#serve(envelope, delivery))
    } catch (error) {
      this.#options.log.warn({ err: error }, 'An answer did not reach Slack.')
    } finally {
      this.inFlight.leave()
    }
  }

  async #malformed(delivery: Delivery): Promise<void> {
    this.#options.metrics.interaction('other', 'malformed')
    this.#options.log.warn({}, 'A payload without the members every payload has was refused.')
    await delivery.malformed()
  }

  async #serve(envelope: Envelope, delivery: Delivery): Promise<void> {
    const { metrics, log, admit } = this.#options
    const { kind, body } = envelope
    const acknowledgement = this.#acknowledgement(kind, delivery)
    const foreign = admit(body)
    if (foreign !== undefined) {
      metrics.interaction(kind, 'foreign')
      log.warn({ kind, code: foreign.code }, 'A payload from outside this workspace was refused.')
      return acknowledgement.instead(safeReply(kind, foreign.sentence))
    }
    if (kind !== 'other') await this.#dispatch(envelope, delivery, acknowledgement)
    if (acknowledgement.by !== 'nobody') return
    metrics.interaction(kind, 'unclaimed')
    log.warn({ kind }, 'Nothing answered this payload.')
    await acknowledgement.instead(
      safeReply(
        kind,
        'Lifeguard does not know this one. Type /cognito help to see what it can do.',
      ),
    )
  }

  async #dispatch(
    { kind, body }: Envelope,
    { retryNum, retryReason }: Delivery,
    acknowledgement: Acknowledgement,
  ): Promise<void> {
    try {
      await this.#app?.processEvent({
        body: { ...body },
        ack: acknowledgement.ack,
        ...(retryNum === undefined ? {} : { retryNum }),
        ...(retryReason === undefined ? {} : { retryReason }),
      })
      if (acknowledgement.by === 'listener') this.#options.metrics.interaction(kind, 'served')
    } catch (error) {
      await this.#fault(
        kind,
        error instanceof UnknownError ? error.original : error,
        acknowledgement,
      )
    }
  }

  async #fault(kind: Kind, error: unknown, acknowledgement: Acknowledgement): Promise<void> {
    if (error instanceof AckLost) throw error
    const { log, metrics, reference } = this.#options
    const name = reference()
    metrics.interaction(kind, 'fault')
    log.error({ err: error, kind, reference: name }, 'A listener failed.')
    await acknowledgement.instead(
      safeReply(
        kind,
        `Something went wrong here. Please check before you try again, and if it stays, pass on this reference: ${name}`,
      ),
    )
  }

  #acknowledgement(kind: Kind, delivery: Delivery): Acknowledgement {
    const { log, metrics, now, ackWithinMs = ACK_WITHIN_MS } = this.#options
    const since = now()
    this.unanswered.enter()
    const acknowledgement = new Acknowledgement({
      send: (reply) => delivery.send(reply).finally(() => this.unanswered.leave()),
      withinMs: ackWithinMs,
      answered: () => metrics.acknowledged(kind, (now() - since) / 1000),
      twice: () => log.warn({ kind }, 'A second acknowledgement was ignored.'),
      overdue: () => void this.#overdue(kind, acknowledgement),
    })
    return acknowledgement
  }

  async #overdue(kind: Kind, acknowledgement: Acknowledgement): Promise<void> {
    const { log, metrics, reference } = this.#options
    const name = reference()
    metrics.interaction(kind, 'overdue')
    log.error({ kind, reference: name }, 'A listener did not acknowledge in time.')
    const sentence = `This is taking longer than Slack waits. It may still be done: please check before you try again. Reference: ${name}`
    await acknowledgement
      .instead(safeReply(kind, sentence))
      .catch((error: unknown) => log.warn({ err: error, kind }, 'An answer did not reach Slack.'))
  }
}
