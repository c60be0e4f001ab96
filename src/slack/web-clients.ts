import type { Logger } from '@slack/bolt'
import type { FetchFunction, WebAPICallResult, WebClientOptions } from '@slack/web-api'
import { WebAPIPlatformError, WebClient } from '@slack/web-api'
import { Agent, fetch as pooled } from 'undici'
import type { Secret } from '../core/secret.ts'
import { slackFault } from './slack-fault.ts'

export interface WebClientsOptions {
  readonly botToken: Secret
  /** Slack's API root; Slack's own when absent. */
  readonly slackApiUrl?: string
  readonly slackLog: Logger
  readonly metrics: CallMetrics
}

interface CallMetrics {
  slackCall(method: string, result: string): void
}

export interface WebClients {
  /** For calls that a person waits for: 2.5 s. */
  readonly interactive: WebClient
  /** For posts: 10 s. Both never retry and never wait for a limit: the caller knows what is safe. */
  readonly background: WebClient
  /** Keeps connections warm between a person's clicks. Socket Mode opens its connections through it. */
  readonly fetch: FetchFunction
  close(): Promise<void>
}

/** Two clients, because one rate limit holds up every call of a client (slack.md 2.4). */
export function createWebClients(options: WebClientsOptions): WebClients {
  const { botToken, slackApiUrl, slackLog, metrics } = options
  const dispatcher = new Agent({ keepAliveTimeout: 300_000, keepAliveMaxTimeout: 600_000 })
  const fetch = fetchThrough(dispatcher)
  const common: WebClientOptions = {
    ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
    fetch,
    allowAbsoluteUrls: false,
    logger: slackLog,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  }
  const client = (timeout: number): WebClient =>
    new CountingClient(botToken.reveal(), { ...common, timeout }, metrics)
  return {
    interactive: client(2500),
    background: client(10_000),
    fetch,
    close: () => dispatcher.destroy(),
  }
}

/** undici's own fetch takes the dispatcher; the global one drops a connection after 4 s. */
function fetchThrough(dispatcher: Agent): FetchFunction {
  return (url, init) =>
    // The two differ in `FormData` alone, which only an upload would send.
    pooled(url, { ...init, dispatcher } as Parameters<typeof pooled>[1])
}

class CountingClient extends WebClient {
  readonly #metrics: CallMetrics

  constructor(token: string, options: WebClientOptions, metrics: CallMetrics) {
    super(token, options)
    this.#metrics = metrics
  }

  override async apiCall(
    method: string,
    options?: Record<string, unknown>,
  ): Promise<WebAPICallResult> {
    try {
      const result = await super.apiCall(method, options)
      this.#metrics.slackCall(method, 'ok')
      return result
    } catch (error) {
      const { code } = slackFault(error)
      this.#metrics.slackCall(method, code)
      throw code === 'unreadable' ? unreadable() : error
    }
  }
}

/** A cut reply is quoted whole in the client's error, and the reply to `views.*` holds the view. */
function unreadable(): WebAPIPlatformError {
  return new WebAPIPlatformError({ ok: false, error: 'unreadable' })
}
