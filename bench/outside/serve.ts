import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { monotonicMs } from '../clock.ts'
import type { Calls } from './calls.ts'

interface Received {
  readonly url: string
  /** `X-Amz-Target` */
  readonly target: string
  readonly text: string
}

interface Service {
  /** There and back. */
  readonly latencyMs: () => number
  /** `arrive` runs after half the latency. */
  readonly read: (received: Received) => { readonly name: string; readonly arrive?: () => void }
  readonly answer: (call: Received & { readonly name: string }) => object
}

/** A service on loopback that answers every call after its latency. */
export async function serve(calls: Calls, service: Service) {
  let connections = 0
  const server = createServer((request, response) => {
    answer(calls, service, request, response).catch(() => response.destroy())
  })
  server.on('connection', () => (connections += 1))
  // Longer than any client keeps an idle socket, so that none is closed under a request.
  server.keepAliveTimeout = 600_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: portOf(server), connections: () => connections }
}

async function answer(
  calls: Calls,
  { latencyMs, read, answer: say }: Service,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const at = monotonicMs()
  const text = await textOf(request)
  const target = String(request.headers['x-amz-target'] ?? '')
  const received = { url: request.url ?? '', target, text }
  const { name, arrive } = read(received)
  const half = latencyMs() / 2
  if (half > 0) await pause(half)
  arrive?.()
  if (half > 0) await pause(half)
  const type = target === '' ? 'application/json' : 'application/x-amz-json-1.1'
  response.writeHead(200, { 'content-type': type, 'x-amzn-requestid': 'bench' })
  response.end(JSON.stringify(say({ ...received, name })))
  calls.add({ name, at, answered: monotonicMs() })
}

async function textOf(request: IncomingMessage): Promise<string> {
  request.setEncoding('utf8')
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No TCP port was given.')
  return address.port
}
