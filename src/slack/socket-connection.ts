import { SocketModeClient } from '@slack/socket-mode'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from '@slack/bolt'
import type { FetchFunction } from '@slack/web-api'
import type { Secret } from '../core/secret.ts'
import type { Log } from './log.ts'
import { slackFault } from './slack-fault.ts'

export interface SocketConnectionOptions {
  readonly appToken: Secret
  /** Slack's API root; Slack's own when absent. */
  readonly slackApiUrl?: string
  readonly fetch?: FetchFunction
  readonly log: Log
  readonly slackLog: Logger
  readonly metrics: { slackCall(method: string, result: string): void }
  /** A reconnect was refused for good: the process should end with this sentence. */
  readonly onFatal: (sentence: string) => void
}

type Opened = Awaited<ReturnType<SocketModeClient['start']>>

/** A third of it is the ping's interval; it is also the wait before a reconnect (measured, slack.md 2.2). */
const PING_TIMEOUT_MS = 1500
const SLOWEST_RETRY_MS = 10_000

/** Answers of `apps.connections.open` that no retry mends. */
const REFUSALS: ReadonlySet<string> = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'user_removed_from_team',
  'team_disabled',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'missing_scope',
])

/** Slack refused the app token for good. Its message is for whoever runs the bot. */
export class SocketRefused extends Error {
  override readonly name = 'SocketRefused'

  constructor(code: string) {
    super(
      `Slack refused the app token (${code}). Check SLACK_APP_TOKEN: an app-level token with the scope connections:write.`,
    )
  }
}

/** One Socket Mode connection that outlives what ends Bolt's: bad frames and failed reconnects. */
export class SocketConnection extends SocketModeClient {
  readonly #options: SocketConnectionOptions
  readonly #ending: AbortController
  #greeted = false
  #opened = false

  constructor(options: SocketConnectionOptions) {
    const { appToken, slackApiUrl, fetch = globalThis.fetch, slackLog } = options
    const ending = new AbortController()
    super({
      appToken: appToken.reveal(),
      logger: slackLog,
      clientPingTimeout: PING_TIMEOUT_MS,
      clientOptions: {
        ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
        fetch: until(ending.signal, fetch),
        timeout: 10_000,
        retryConfig: { retries: 0 },
        allowAbsoluteUrls: false,
      },
    })
    this.#options = options
    this.#ending = ending
    this.on('authenticated', () => options.metrics.slackCall('apps.connections.open', 'ok'))
    this.on('connected', () => this.#greet())
    this.on('close', () => (this.#greeted = false))
  }

  /** Slack has said hello and the socket is open. */
  get open(): boolean {
    return this.#greeted && this.websocket?.isActive() === true
  }

  /**
   * Resolves at Slack's hello, however long Slack is out of reach; `SocketRefused` when the token is
   * refused at first. The client calls this for every reconnect and awaits it nowhere.
   */
  override async start(): Promise<Opened> {
    for (let failures = 0; ; failures += 1) {
      try {
        const opened = await super.start()
        this.#opened = true
        return opened
      } catch (error) {
        if (this.#ending.signal.aborted) return { ok: false }
        const refused = this.#explain(error)
        if (refused !== undefined && !this.#opened) throw refused
        if (refused !== undefined) this.#options.onFatal(refused.message)
        if (refused !== undefined) return { ok: false }
        await this.#wait(failures)
      }
    }
  }

  /** Closes; gives the closing handshake `ms` to complete. */
  async end(ms: number): Promise<void> {
    this.#ending.abort()
    await Promise.race([this.disconnect(), pause(ms, undefined, { ref: false })])
  }

  /** A frame that is no envelope rejects inside the client, where nobody listens. */
  protected override async onWebSocketMessage(
    frame: string | ArrayBuffer,
    isBinary: boolean,
  ): Promise<void> {
    try {
      await super.onWebSocketMessage(frame, isBinary)
    } catch (error) {
      this.#options.log.warn({ err: error }, 'A frame from Slack could not be read.')
    }
  }

  /** A connection that was being opened when it ended is closed as soon as it is there. */
  #greet(): void {
    this.#greeted = true
    if (this.#ending.signal.aborted) void this.disconnect()
  }

  #explain(error: unknown): SocketRefused | undefined {
    const { code } = slackFault(error)
    this.#options.metrics.slackCall('apps.connections.open', code)
    this.#options.log.warn({ code }, 'Slack did not open a Socket Mode connection.')
    return REFUSALS.has(code) ? new SocketRefused(code) : undefined
  }

  async #wait(failures: number): Promise<void> {
    const ms = Math.min(1000 * 1.5 ** failures, SLOWEST_RETRY_MS)
    await pause(ms, undefined, { signal: this.#ending.signal }).catch(() => undefined)
  }
}

function until(ended: AbortSignal, fetch: FetchFunction): FetchFunction {
  return (url, init) =>
    fetch(url, {
      ...init,
      signal: init?.signal ? AbortSignal.any([init.signal, ended]) : ended,
    })
}
