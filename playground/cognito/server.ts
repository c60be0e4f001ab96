import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

import type { Letter } from './dialects.ts'
import { exchange } from './exchange.ts'
import type { Counter, Ending, Visit } from './exchange.ts'
import type { RequestRecord } from './request-log.ts'

interface Office extends Counter {
  readonly requests: RequestRecord[]
  /** Added to every answer. */
  latencyMs: number
}

export function createOffice(office: Office): Server {
  const server = createServer((request, response) => {
    serve(office, request, response).catch(() => response.destroy())
  })
  // Longer than a client keeps an idle socket, so that none is closed under a request.
  server.keepAliveTimeout = 120_000
  return server
}

async function serve(
  office: Office,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const started = performance.now()
  const at = office.state.now()
  const letter = await read(request)
  const visit: Visit = {
    operation: '',
    caller: undefined,
    input: undefined,
    fault: undefined,
    committed: false,
    error: undefined,
  }
  const ending = exchange(office, letter, visit)
  const slowMs = visit.fault?.kind === 'slow' ? (visit.fault.ms ?? 1000) : 0
  if (office.latencyMs + slowMs > 0) await wait(office.latencyMs + slowMs)
  office.requests.push(record(visit, ending, letter.requestId, at, performance.now() - started))
  if (ending.kind === 'reset') request.socket.destroy()
  if (ending.kind !== 'answer') return
  const head = { 'content-type': ending.type, 'x-amzn-requestid': letter.requestId }
  response.writeHead(ending.status, head).end(ending.body)
}

async function read(request: IncomingMessage): Promise<Letter> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array))
  const { method = '', headers } = request
  const body = Buffer.concat(chunks).toString()
  const ip = request.socket.remoteAddress ?? ''
  return { requestId: randomUUID(), ip, method, headers, body }
}

function record(
  visit: Visit,
  ending: Ending,
  requestId: string,
  at: number,
  ms: number,
): RequestRecord {
  const { operation, caller, input, fault, committed, error } = visit
  return {
    at,
    operation,
    requestId,
    accessKeyId: caller?.accessKeyId,
    account: caller?.account,
    region: caller?.region,
    sourceIdentity: caller?.sourceIdentity,
    input,
    status: ending.kind === 'answer' ? ending.status : undefined,
    error,
    fault: fault?.kind,
    committed,
    ms,
  }
}
