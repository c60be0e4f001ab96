import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import { parseJson } from './json.ts'
import type { Parcel, Receipt, Transport } from './transport.ts'
import type { Clock, JsonObject, RawDelivery } from './types.ts'

const formType = 'application/x-www-form-urlencoded'

/** Slack's v0 signature (docs.slack.dev, verifying requests from Slack). */
function signature(secret: string, timestamp: string, body: string | Uint8Array): string {
  const hmac = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body)
  return `v0=${hmac.digest('hex')}`
}

/** Commands are forms, interactions are JSON in a form's `payload`, events are JSON. */
function encoded(parcel: Parcel): { readonly type: string; readonly body: string } {
  if (parcel.kind === 'event')
    return { type: 'application/json', body: JSON.stringify(parcel.body) }
  if (parcel.kind === 'slash_commands') return { type: formType, body: form(parcel.body) }
  return { type: formType, body: form({ payload: JSON.stringify(parcel.body) }) }
}

const form = (fields: JsonObject): string =>
  new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()

const retryHeaders = (retry: number): Record<string, string> =>
  retry === 0 ? {} : { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' }

/** Posts signed requests to the app's endpoint. */
export class HttpDelivery implements Transport {
  readonly name = 'http'
  url: string | undefined
  readonly #secret: string
  readonly #clock: Clock
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 200 })

  constructor(url: string | undefined, secret: string, clock: Clock) {
    this.url = url
    this.#secret = secret
    this.#clock = clock
  }

  async send(parcel: Parcel, signal: AbortSignal): Promise<Receipt> {
    const { type, body } = encoded(parcel)
    const headers = { 'content-type': type, ...retryHeaders(parcel.retry) }
    const reply = await this.raw({ headers, body }, signal)
    return { status: reply.status, ack: parsed(reply) }
  }

  async raw(
    raw: RawDelivery,
    signal?: AbortSignal,
  ): Promise<{ status: number; body: string; type: string }> {
    if (this.url === undefined)
      throw new Error('There is no deliverTo URL: the app is not in HTTP mode.')
    const timestamp = String(raw.timestamp ?? Math.floor(this.#clock.now() / 1000))
    const signed = {
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature(this.#secret, timestamp, raw.body),
    }
    return this.#post(this.url, raw.body, signal, {
      'content-type': formType,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'content-length': String(Buffer.byteLength(raw.body)),
      ...(raw.sign === false ? {} : signed),
      ...raw.headers,
    })
  }

  #post(
    url: string,
    body: string | Uint8Array,
    signal: AbortSignal | undefined,
    headers: Record<string, string>,
  ): Promise<{ status: number; body: string; type: string }> {
    const { promise, resolve, reject } = Promise.withResolvers<{
      status: number
      body: string
      type: string
    }>()
    const sent = request(
      url,
      { method: 'POST', agent: this.#agent, headers, signal },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8'),
            type: response.headers['content-type'] ?? '',
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
    return promise
  }

  close(): void {
    this.#agent.destroy()
  }
}

/** An empty body is no acknowledgement body; text that is not JSON stays text. */
function parsed(reply: { readonly body: string }): unknown {
  return reply.body === '' ? undefined : (parseJson(reply.body) ?? reply.body)
}
