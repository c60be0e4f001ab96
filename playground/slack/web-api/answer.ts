import type { JsonRecord } from '../json.ts'
import type { BlockKitFault } from '../types.ts'
import { methodNamed } from './index.ts'
import { type Host, type Method, Refused } from './method.ts'
import type { RateTiers } from './rate-tiers.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: JsonRecord
  readonly faults: readonly BlockKitFault[]
}

/** Refusals that a correct bot never meets; the others are facts of life, such as a closed modal. */
const ownFault = new Set([
  'unknown_method',
  'not_authed',
  'invalid_auth',
  'not_allowed_token_type',
  'missing_scope',
  'invalid_arguments',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_metadata_format',
  'no_text',
  'msg_too_long',
  'view_too_large',
  'invalid_trigger_id',
  'exchanged_trigger_id',
  'push_limit_reached',
  'duplicate_external_id',
  'cant_update_message',
  'cant_delete_message',
  'message_not_found',
  'user_not_in_channel',
  'cannot_dm_bot',
])

const ok = (body: JsonRecord): Answer => ({
  status: 200,
  headers: {},
  body: { ok: true, ...body },
  faults: [],
})

export const limited = (seconds: number): Answer => ({
  status: 429,
  headers: { 'retry-after': String(seconds) },
  body: { ok: false, error: 'ratelimited' },
  faults: [],
})

function refuseToken(method: Method, token: string | undefined, host: Host): void {
  if (token === undefined) throw new Refused('not_authed')
  const kind = token === host.tokens.bot ? 'bot' : token === host.tokens.app ? 'app' : undefined
  if (kind === undefined) throw new Refused('invalid_auth')
  if (method.token !== 'any' && kind !== (method.token ?? 'bot'))
    throw new Refused('not_allowed_token_type')
}

function refuseScope(method: Method, args: JsonRecord, host: Host): void {
  const anyOf = method.scopes?.(args, host)
  const provided = host.manifest?.scopes
  if (!anyOf || !provided || anyOf.some((scope) => provided.includes(scope))) return
  throw new Refused('missing_scope', { needed: anyOf.join(','), provided: provided.join(',') })
}

/** Answers one Web API call and notes what a correct bot would not have asked. */
export function answer(
  name: string,
  call: { readonly args: JsonRecord; readonly token: string | undefined },
  host: Host,
  tiers: RateTiers | undefined,
): Answer {
  host.problems.inspect(name, call.args)
  try {
    const method = methodNamed(name)
    if (!method) throw new Refused('unknown_method', { req_method: name })
    refuseToken(method, call.token, host)
    refuseScope(method, call.args, host)
    const wait = tiers?.exceeded(name, method, call.args, host.clock.now())
    if (wait !== undefined) return limited(wait)
    return ok(method.run(call.args, host))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (ownFault.has(error.code)) host.problems.add(`${name}: ${error.code}`)
    host.problems.faults(name, error.faults)
    const body = { ok: false, error: error.code, ...error.more }
    return { status: 200, headers: {}, body, faults: error.faults }
  }
}
