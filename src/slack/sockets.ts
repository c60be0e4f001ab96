import type { App, Receiver } from '@slack/bolt'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IntakeOptions } from './intake.ts'
import type { SocketConnectionOptions } from './socket-connection.ts'
import { Intake } from './intake.ts'
import { SocketConnection } from './socket-connection.ts'

export interface SocketReceiverOptions
  extends Omit<IntakeOptions, 'metrics'>, Omit<SocketConnectionOptions, 'metrics'> {
  readonly metrics: IntakeOptions['metrics'] &
    SocketConnectionOptions['metrics'] & { socketConnections(open: number): void }
  /** Milliseconds between the two connections, so that Slack does not renew both at once. */
  readonly staggerMs?: number
}

/** What the client emits for each envelope (socket-mode 3.1). */
interface SocketEnvelope {
  readonly ack: (reply?: unknown) => Promise<void>
  readonly body: unknown
  readonly retry_num?: number
  readonly retry_reason?: string
}

const STAGGER_MS = 6000
const DRAIN_MS = 10_000
const CLOSE_MS = 2000
/** Every answer is given within 2.5 s. */
const ANSWER_MS = 3000

/** Frames of any WebSocket of this process; it has no others. */
const SIGNS = ['undici:websocket:ping', 'undici:websocket:pong']

/**
 * Slack's deliveries over two overlapping connections: Slack renews each of them every few hours,
 * and one alone is deaf meanwhile (slack.md 2.2).
 */
export class SocketReceiver implements Receiver {
  readonly #options: SocketReceiverOptions
  readonly #intake: Intake
  readonly #connections: readonly [SocketConnection, SocketConnection]
  readonly #sign = (): void => void (this.#lastSignAt = this.#options.now())
  #lastSignAt: number | undefined
  #second: NodeJS.Timeout | undefined
  #closing = false

  constructor(options: SocketReceiverOptions) {
    this.#options = options
    this.#intake = new Intake(options)
    this.#connections = [this.#connection(), this.#connection()]
  }

  get inFlight(): number {
    return this.#intake.inFlight.count
  }

  /** Connections on which Slack has said hello. */
  get connections(): number {
    return this.#connections.filter((connection) => connection.open).length
  }

  /** When Slack last said hello, ping or pong, in milliseconds since the epoch. */
  get lastSignAt(): number | undefined {
    return this.#lastSignAt
  }

  init(app: App): void {
    this.#intake.init(app)
  }

  /** Resolves when the first connection is open; the second follows after the stagger. */
  async start(): Promise<void> {
    for (const sign of SIGNS) subscribe(sign, this.#sign)
    const [first, second] = this.#connections
    await first.start()
    const { staggerMs = STAGGER_MS, onFatal } = this.#options
    this.#second = setTimeout(() => {
      second.start().catch((error: Error) => onFatal(error.message))
    }, staggerMs)
  }

  /** Closes when nothing awaits its answer, then waits for what is in flight, at most 10 s. */
  async stop(): Promise<void> {
    clearTimeout(this.#second)
    await this.#intake.unanswered.whenNone(ANSWER_MS)
    this.#closing = true
    await Promise.all(this.#connections.map((connection) => connection.end(CLOSE_MS)))
    for (const sign of SIGNS) unsubscribe(sign, this.#sign)
    await this.#intake.inFlight.whenNone(DRAIN_MS)
  }

  #connection(): SocketConnection {
    const connection = new SocketConnection(this.#options)
    connection.on('slack_event', (envelope: SocketEnvelope) => void this.#take(envelope))
    connection.on('connected', () => {
      this.#sign()
      this.#count()
    })
    connection.on('close', () => this.#count())
    return connection
  }

  /** What arrives on a closing connection cannot be answered, so it is not begun. */
  async #take(envelope: SocketEnvelope): Promise<void> {
    if (this.#closing) return
    await this.#intake.take({
      body: envelope.body,
      ...(envelope.retry_num === undefined ? {} : { retryNum: envelope.retry_num }),
      ...(envelope.retry_reason === undefined ? {} : { retryReason: envelope.retry_reason }),
      send: (reply) => envelope.ack(reply),
      malformed: () => envelope.ack(),
    })
  }

  #count(): void {
    this.#options.metrics.socketConnections(this.connections)
  }
}
