import type { AuditEvent, EntryDraft } from '../audit.ts'
import type { Json, JsonObject } from '../canonical.ts'
import type { Values } from '../operation.ts'
import type { Standing } from '../person.ts'
import type { CallRecord } from '../ports.ts'
import type { Request } from '../request.ts'

type Details = NonNullable<EntryDraft['details']>

/** An entry about a request. */
export function entryOn(
  request: Request,
  event: AuditEvent,
  actor: string,
  about: { outcome?: string; details?: Details; awsRequestIds?: readonly string[] } = {},
): EntryDraft {
  const { id, operation, pool, target } = request
  return { event, actor, request: id, operation, pool, target, ...about }
}

const ABOUT_USERS = ['user', 'users', 'username', 'email', 'phone_number']

/** What a request is about, as sentences name it. */
export function thingOf({ input }: Pick<Request, 'input'>): 'user' | 'pool' {
  return ABOUT_USERS.some((field) => field in input) ? 'user' : 'pool'
}

/** What the requester gave as grounds, and all else that was asked for. */
export function evidenceOf(input: Values): Details {
  return { input: input as JsonObject, reason: input['reason'] as Json }
}

/** By which rights somebody acted, and how old that knowledge was. */
export function rightsOf({ groups, readAt }: Standing): Details {
  return { groups, rightsReadAt: new Date(readAt).toISOString() }
}

export function callsOf(
  calls: readonly CallRecord[],
): Pick<EntryDraft, 'awsRequestIds' | 'details'> {
  return {
    awsRequestIds: calls.flatMap(({ awsRequestId }) => awsRequestId ?? []),
    details: {
      calls: calls.map(({ call, awsRequestId, ms, error }) => ({ call, awsRequestId, ms, error })),
    },
  }
}
