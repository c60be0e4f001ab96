import type { GeneratedAlways } from 'kysely'

interface RequestTable {
  readonly id: string
  readonly version: number
  readonly state: string
  readonly asked_at: number
  readonly lease_until: number | null
  /** The whole request as canonical JSON. */
  readonly body: string
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
  /** Milliseconds since the epoch: nobody else takes this range before then. */
  readonly next_at: number
  readonly message_ts: string | null
}

interface MigrationTable {
  readonly version: number
  /** Milliseconds since the epoch. */
  readonly at: number
}

export interface Tables {
  readonly request: RequestTable
  readonly audit: AuditTable
  readonly audit_node: AuditNodeTable
  readonly audit_post: AuditPostTable
  readonly migration: MigrationTable
}
