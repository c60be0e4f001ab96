import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Company } from '../company.ts'
import { personas } from '../world.ts'
import { act, perform } from './acts.ts'
import { appSurface } from './app-surface.ts'
import { createGate, pageHeaders } from './gate.ts'
import { pictureFor } from './picture.ts'
import type { PageParts } from './picture.ts'
import { recordOf } from './records.ts'
import { staticFiles } from './static-files.ts'
import type { StaticFile } from './static-files.ts'
import { openStreams } from './streams.ts'
import type { Streams } from './streams.ts'

export interface Page {
  /** With the key: for the person who started the playground. */
  readonly url: string
  close(): Promise<void>
}

const BODY_BYTES = 100_000

/** Serves the page on loopback; the port is free to choose (0 or absent: any free one). */
export async function startPage(company: Company, port = 0): Promise<Page> {
  const parts: PageParts = { company, app: await appSurface() }
  const files = await staticFiles()
  const streams = openStreams((person) => pictureFor(parts, person))
  const unwatch = [company.slack, company.cognito, company.bot].map((part) =>
    part.onChange(() => streams.changed()),
  )
  const key = randomBytes(18).toString('base64url')
  let gate = createGate(port, key)
  const server = createServer((request, response) => {
    const url = URL.parse(request.url ?? '/', 'http://page')
    if (!url) return send(response, 404, 'There is nothing here.')
    const { method = '', headers } = request
    const answer = gate({ method, headers, key: url.searchParams.get('key') ?? undefined })
    for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value)
    if (answer.kind === 'refuse') return send(response, answer.status, answer.sentence)
    if (answer.kind === 'welcome')
      return void response.writeHead(303, { location: '/', 'set-cookie': answer.cookie }).end()
    serve({ parts, files, streams, url, request, response }).catch((error: unknown) =>
      send(response, 500, { error: error instanceof Error ? error.message : String(error) }),
    )
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const at = typeof address === 'object' && address !== null ? address.port : port
  gate = createGate(at, key)
  return {
    url: `http://127.0.0.1:${at}/?key=${key}`,
    close: async () => {
      for (const stop of unwatch) stop()
      streams.close()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

interface Visit {
  readonly parts: PageParts
  readonly files: ReadonlyMap<string, StaticFile>
  readonly streams: Streams
  readonly url: URL
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

async function serve(visit: Visit): Promise<void> {
  const { parts, files, streams, url, request, response } = visit
  if (request.method === 'POST' && url.pathname === '/act') return actOn(visit)
  if (request.method !== 'GET') return send(response, 404, 'There is nothing here.')
  if (url.pathname === '/events') {
    const person = url.searchParams.get('as') ?? ''
    if (personas.some((persona) => persona.person.id === person))
      return streams.open(person, response)
  }
  if (url.pathname === '/record') return send(response, 200, recordOf(parts, url.searchParams))
  const file = files.get(url.pathname)
  if (!file) return send(response, 404, 'There is nothing here.')
  response.writeHead(200, { 'content-type': file.type }).end(await file.read())
}

async function actOn({ parts, request, response }: Visit): Promise<void> {
  if (!request.headers['content-type']?.startsWith('application/json'))
    return send(response, 415, { error: 'Acts are sent as JSON.' })
  const wish = act.safeParse(await bodyOf(request))
  if (!wish.success) return send(response, 400, { error: 'This is not something the page does.' })
  try {
    send(response, 200, { came: (await perform(parts.company, wish.data)) ?? null })
  } catch (error) {
    send(response, 409, { error: error instanceof Error ? error.message : String(error) })
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let size = 0
  const pieces: Buffer[] = []
  for await (const piece of request) {
    const bytes = Buffer.from(piece as Uint8Array)
    size += bytes.length
    // The rest is read and dropped, so that the connection stays usable.
    if (size <= BODY_BYTES) pieces.push(bytes)
  }
  if (size > BODY_BYTES) return undefined
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

function send(response: ServerResponse, status: number, answer: unknown): void {
  if (response.headersSent) return void response.end()
  const plain = typeof answer === 'string'
  response
    .writeHead(status, { 'content-type': plain ? 'text/plain; charset=utf-8' : 'application/json' })
    .end(plain ? answer : JSON.stringify(answer))
}
