import type { App, Receiver } from '@slack/bolt'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Secret } from '../core/secret.ts'
import type { HttpServerOptions } from './http-server.ts'
import type { IntakeOptions } from './intake.ts'
import type { Body } from './envelope.ts'
import { readBody } from './body.ts'
import { HttpServer, refuse } from './http-server.ts'
import { Intake } from './intake.ts'
import { holds, readClaim } from './signature.ts'

export interface HttpReceiverOptions extends IntakeOptions, Omit<HttpServerOptions, 'slack'> {
  readonly signingSecret: Secret
}

const MAX_BODY_BYTES = 262_144
const DRAIN_MS = 10_000
const SHORTEST_SECRET = 32

/** Slack's deliveries over HTTP, in the order of slack.md 3: nothing is read before its headers fit. */
export class HttpReceiver implements Receiver {
  readonly #options: HttpReceiverOptions
  readonly #intake: Intake
  readonly #server: HttpServer

  constructor(options: HttpReceiverOptions) {
    if (options.signingSecret.reveal().length < SHORTEST_SECRET)
      throw new Error(
        'The Slack signing secret is too short. Copy it from the app’s Basic Information page.',
      )
    this.#options = options
    this.#intake = new Intake(options)
    this.#server = new HttpServer({
      ...options,
      slack: (request, response) => this.#receive(request, response),
    })
  }

  get port(): number {
    return this.#server.port
  }

  get inFlight(): number {
    return this.#intake.inFlight.count
  }

  init(app: App): void {
    this.#intake.init(app)
  }

  async start(): Promise<void> {
    await this.#server.start()
  }

  /** Takes nothing new, waits for what is in flight, at most 10 s. */
  async stop(): Promise<void> {
    this.#server.close()
    await this.#intake.inFlight.whenNone(DRAIN_MS)
    await this.#server.end()
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { now, signingSecret } = this.#options
    const claim = readClaim(request.headers, now())
    if (claim === undefined) return this.#refuse(response, 401, 'unsigned')
    if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES)
      return this.#refuse(response, 413, 'too-long')
    const raw = await bytesOf(request)
    if (raw === 'gone') return
    if (raw === 'too-long') return this.#refuse(response, 413, 'too-long')
    if (!holds(claim, raw, signingSecret)) return this.#refuse(response, 401, 'unsigned')
    const body = readBody(request.headers['content-type'], raw)
    if (body === undefined) return this.#refuse(response, 400, 'malformed')
    await this.#deliver(body, request, response)
  }

  async #deliver(body: Body, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (body['type'] === 'url_verification' && typeof body['challenge'] === 'string')
      return send(response, { challenge: body['challenge'] }).catch(() => undefined)
    await this.#intake.take({
      body,
      ...retryOf(request),
      send: (reply) => send(response, reply),
      malformed: async () => refuse(response, 400),
    })
  }

  #refuse(response: ServerResponse, status: number, outcome: string): void {
    this.#options.metrics.interaction('other', outcome)
    this.#options.log.debug({ status, outcome }, 'A request was refused.')
    refuse(response, status)
  }
}

function bytesOf(request: IncomingMessage): Promise<Buffer | 'too-long' | 'gone'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let length = 0
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > MAX_BODY_BYTES) resolve('too-long')
      else chunks.push(chunk)
    })
    request.once('end', () => resolve(Buffer.concat(chunks, length)))
    request.once('error', () => resolve('gone'))
    request.once('close', () => resolve('gone'))
  })
}

/** Resolves once the answer has left; rejects when the connection went away before. */
function send(response: ServerResponse, reply: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    if (response.destroyed) return reject(new Error('The connection is closed.'))
    response.once('finish', resolve)
    response.once('close', () => {
      if (!response.writableFinished) reject(new Error('The connection closed before the answer.'))
    })
    const [type, text] = contentOf(reply)
    // With its length known, head and body leave in one write.
    const length = Buffer.byteLength(text)
    response.writeHead(200, { ...type, 'content-length': length }).end(text)
  })
}

function contentOf(reply: unknown): readonly [{ 'content-type'?: string }, string] {
  if (reply === undefined || reply === '') return [{}, '']
  if (typeof reply === 'string') return [{ 'content-type': 'text/plain; charset=utf-8' }, reply]
  return [{ 'content-type': 'application/json' }, JSON.stringify(reply)]
}

function retryOf(request: IncomingMessage): { retryNum?: number; retryReason?: string } {
  const retryNum = Number(request.headers['x-slack-retry-num'])
  const reason = request.headers['x-slack-retry-reason']
  return {
    ...(Number.isInteger(retryNum) ? { retryNum } : {}),
    ...(typeof reason === 'string' ? { retryReason: reason } : {}),
  }
}
