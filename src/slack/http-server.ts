import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { Log } from './log.ts'

export interface Page {
  readonly status: number
  readonly type: string
  readonly text: string
}

/** The page at a path, such as `/healthz`; undefined when there is none. */
export type Routes = (path: string) => Promise<Page> | undefined

export interface HttpServerOptions {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly routes: Routes
  readonly log: Log
  /** Takes `POST /slack/events`. Never rejects. Absent in Socket Mode. */
  readonly slack?: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

/** Longer than the 60 s for which load balancers reuse a connection: the reverse loses requests. */
const KEEP_ALIVE_MS = 75_000

/** The one server of the process: pages for machines, and Slack's deliveries in HTTP mode. */
export class HttpServer {
  readonly #options: HttpServerOptions
  readonly #server: Server
  #closed: Promise<unknown> = Promise.resolve()

  constructor(options: HttpServerOptions) {
    this.#options = options
    this.#server = createServer(
      { headersTimeout: 3000, requestTimeout: 5000, connectionsCheckingInterval: 1000 },
      (request, response) => void this.#answer(request, response),
    )
    this.#server.maxConnections = 200
    this.#server.keepAliveTimeout = KEEP_ALIVE_MS
  }

  /** The port listened on; 0 before `start`. */
  get port(): number {
    const address = this.#server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  async start(): Promise<void> {
    this.#server.listen(this.#options.port, this.#options.host)
    await once(this.#server, 'listening')
  }

  /** No new connections; requests that are being answered go on. */
  close(): void {
    if (!this.#server.listening) return
    this.#closed = once(this.#server, 'close')
    this.#server.close()
  }

  /** Ends what is left. */
  async end(): Promise<void> {
    this.close()
    this.#server.closeAllConnections()
    await this.#closed
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '' } = request
    if (!this.#server.listening) response.setHeader('connection', 'close')
    const { slack, routes } = this.#options
    if (slack !== undefined && method === 'POST' && url === '/slack/events')
      return slack(request, response)
    const page = method === 'GET' ? routes(url) : undefined
    if (page === undefined) return refuse(response, 404)
    try {
      write(response, await page)
    } catch (error) {
      this.#options.log.error({ err: error, url }, 'A page failed.')
      refuse(response, 500)
    }
  }
}

/** An empty answer that ends the connection: the rest of the request is not read. */
export function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close' }).end()
}

function write(response: ServerResponse, page: Page): void {
  response.writeHead(page.status, { 'content-type': page.type }).end(page.text)
}
