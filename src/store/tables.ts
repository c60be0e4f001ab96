import type { GeneratedAlways } from 'kysely'

interface RequestTable {
  readonly id: string
  readonly version: number
  readonly state: string
  readonly requester: string
  readonly asked_at: number
  /** When it was asked, while somebody still has to do something about it. */
  readonly open_since: number | null
  /** The whole request as canonical JSON. */
  readonly body: string
}

interface VoteTable {
  readonly request: string
  readonly round: number
  readonly person: string
  readonly at: number
}

interface JobTable {
  readonly id: string
  readonly kind: string
  readonly request: string
  /** Canonical JSON. */
  readonly about: string
  readonly due_at: number
  /** Nobody takes it before then: it is not due, or somebody has it. Null once it is finished. */
  readonly ready_at: number | null
  readonly attempts: number
  readonly finished_at: number | null
}

interface CardTable {
  readonly request: string
  readonly channel: string
  readonly ts: string | null
}

/** One row for each execution that was begun: what the limits count. */
interface WriteTable {
  readonly request: string
  readonly attempt: number
  readonly requester: string
  readonly pool: string
  readonly at: number
}

/** A pool's settings at one moment of a request's life. */
interface PoolImageTable {
  readonly request: string
  readonly moment: 'planned' | 'before' | 'after'
  readonly at: number
  readonly pool: string
  /** Canonical JSON. */
  readonly body: string
}

/** One step of a request's work. */
interface WorkStepTable {
  readonly request: string
  readonly key: string
  readonly state: 'begun' | 'done' | 'failed' | 'unknown'
  readonly sentence: string
  readonly at: number
}

type Member = GeneratedAlways<string | null>

interface AuditTable {
  readonly seq: number
  /** What is hashed. The columns below are read from it by the database, so they cannot differ. */
  readonly line: string
  readonly at: Member
  readonly operation: Member
  readonly request: Member
  readonly actor: Member
  readonly pool: Member
  readonly target: Member
}

interface AuditNodeTable {
  readonly last: number
  readonly level: number
  readonly hash: Uint8Array
}

/** One row for each message that was begun in the audit channel. Rows touch: none is left out. */
interface AuditPostTable {
  readonly first: number
  readonly last: number
  readonly state: 'waiting' | 'posting' | 'posted'
  readonly attempts: number
  /** Nobody else takes this range before then. */
  readonly next_at: number
  readonly message_ts: string | null
}

interface MigrationTable {
  readonly version: number
  readonly at: number
}

/** Times are milliseconds since the epoch. */
export interface Tables {
  readonly request: RequestTable
  readonly vote: VoteTable
  readonly job: JobTable
  readonly card: CardTable
  readonly write: WriteTable
  readonly pool_image: PoolImageTable
  readonly work_step: WorkStepTable
  readonly audit: AuditTable
  readonly audit_node: AuditNodeTable
  readonly audit_post: AuditPostTable
  readonly migration: MigrationTable
}
