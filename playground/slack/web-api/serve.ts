import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PlannedFaults } from '../faults.ts'
import { type JsonRecord, string } from '../json.ts'
import type { CallRecord, Fault } from '../types.ts'
import { answer, type Answer, limited } from './answer.ts'
import { readCall } from './arguments.ts'
import type { Host } from './method.ts'
import type { RateTiers } from './rate-tiers.ts'

const nothing: Answer = { status: 200, headers: {}, body: {}, faults: [] }
type Struck = Answer | 'hang' | 'reset'

/** What these faults do instead of serving; the others strike the reply alone. */
function withoutEffect(fault: Fault | undefined): Struck | undefined {
  if (fault?.kind === 'ratelimited') return limited(fault.retryAfter)
  if (fault?.kind === 'status') return { ...nothing, status: fault.status }
  if (fault?.kind === 'error') return { ...nothing, body: { ok: false, error: fault.error } }
  if (fault?.kind === 'hang') return 'hang'
  if (fault?.kind === 'reset' && fault.afterEffect !== true) return 'reset'
  return undefined
}

function write(response: ServerResponse, { status, headers, body }: Answer, fault?: Fault): void {
  const text = status >= 500 ? '' : JSON.stringify(body)
  const sent = fault?.kind === 'truncated' ? text.slice(0, Math.floor(text.length / 2)) : text
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(sent)
}

/** The Web API over HTTP: records every call, and lets planned faults strike. */
export class WebApi {
  readonly calls: CallRecord[] = []
  readonly #host: Host
  readonly #planned: PlannedFaults
  readonly #tiers: RateTiers | undefined
  readonly #latencyMs: number

  constructor(host: Host, planned: PlannedFaults, tiers: RateTiers | undefined, latencyMs: number) {
    this.#host = host
    this.#planned = planned
    this.#tiers = tiers
    this.#latencyMs = latencyMs
  }

  async serve(
    method: string,
    query: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const at = this.#host.clock.now()
    const call = await readCall(request, query)
    const fault = this.#planned.forCall(method)
    await this.#wait(this.#latencyMs + (fault?.kind === 'slow' ? fault.ms : 0))
    const struck = withoutEffect(fault)
    const result = struck ?? answer(method, call, this.#host, this.#tiers)
    this.#record(method, call.args, at, result, fault)
    if (result === 'hang' || fault?.kind === 'timeout-after-effect') return
    if (result === 'reset' || fault?.kind === 'reset') request.socket.resetAndDestroy()
    else write(response, result, fault)
  }

  #wait(ms: number): Promise<void> {
    if (ms === 0) return Promise.resolve()
    return new Promise((resolve) => {
      this.#host.clock.after(ms, resolve)
    })
  }

  #record(
    method: string,
    args: JsonRecord,
    at: number,
    result: Struck,
    fault: Fault | undefined,
  ): void {
    const served = typeof result === 'string' ? undefined : result
    const ok = served?.body['ok'] === true
    const code = string(served?.body['error'])
    const failure = typeof result === 'string' ? result : `http_${result.status}`
    this.calls.push({
      method,
      args,
      at,
      ms: this.#host.clock.now() - at,
      ok,
      error: ok ? undefined : (code ?? failure),
      response: served?.body,
      faults: served?.faults ?? [],
      injected: fault?.kind,
    })
    this.#host.changes.tell()
  }
}
