import { canonical, type Json } from './canonical.ts'

/** What happened. `intent` stands before a write call; `done`, `failed`, `unknown` after it. */
export type AuditEvent =
  | 'started'
  | 'answered'
  | 'refused'
  /** A request was put to its approvers. */
  | 'asked'
  | 'claimed'
  | 'approved-by'
  /** A vote that does not count, with the reason. */
  | 'vote-refused'
  /** The votes are enough. */
  | 'approved'
  | 'denied'
  | 'withdrawn'
  | 'expired'
  /** The plan had to be made again: the votes were cleared. */
  | 'replanned'
  | 'reminded'
  | 'escalated'
  | 'broke-glass'
  | 'reviewed'
  | 'intent'
  | 'done'
  | 'failed'
  | 'unknown'
  /** What a read showed after an unknown outcome. */
  | 'resolved'
  | 'stale-outcome'
  /** One step of a request's work, for one of its users. */
  | 'step-done'
  | 'step-failed'
  | 'step-unknown'
  | 'revealed'
  | 'not-revealed'

/** An entry before the store gives it its number and time. No secret is ever part of it. */
export interface EntryDraft {
  readonly event: AuditEvent
  readonly operation?: string | undefined
  readonly request?: string | undefined
  /** Slack user id; `lifeguard` when the bot acts by itself. */
  readonly actor: string
  /** Pool id. */
  readonly pool?: string | undefined
  /** The user concerned: their username. */
  readonly target?: string | undefined
  /** One sentence for people. */
  readonly outcome?: string | undefined
  readonly awsRequestIds?: readonly string[]
  /** Evidence: reason, verification, policies, digest, groups and their age. */
  readonly details?: Readonly<Record<string, Json | undefined>>
}

/** An entry as it is remembered: numbered from 1 without a gap. */
export interface AuditEntry extends EntryDraft {
  readonly seq: number
  /** ISO 8601, UTC. */
  readonly at: string
}

interface Line {
  readonly seq: number
  readonly at: string
  readonly event: AuditEvent
  readonly operation: string | null
  readonly request: string | null
  readonly actor: string
  readonly pool: string | null
  readonly target: string | null
  readonly outcome: string | null
  readonly aws_request_ids: readonly string[]
  readonly details: Readonly<Record<string, Json>>
}

/**
 * The entry as one line of JSON. These very bytes are stored, hashed and exported, so that an
 * export alone is enough to compute the root. Every member is there; what is not known is null.
 */
export function lineOf(entry: AuditEntry): string {
  const { seq, at, event, actor } = entry
  const { operation = null, request = null, pool = null, target = null, outcome = null } = entry
  const { awsRequestIds: aws_request_ids = [], details = {} } = entry
  const known = { operation, request, pool, target, outcome, aws_request_ids, details }
  return canonical({ seq, at, event, actor, ...known })
}

/** The entry that `lineOf` wrote. */
export function entryOf(line: string): AuditEntry {
  const { operation, request, pool, target, outcome, aws_request_ids, ...rest } = JSON.parse(
    line,
  ) as Line
  return {
    ...rest,
    operation: operation ?? undefined,
    request: request ?? undefined,
    pool: pool ?? undefined,
    target: target ?? undefined,
    outcome: outcome ?? undefined,
    awsRequestIds: aws_request_ids,
  }
}
