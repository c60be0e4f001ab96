import type { Kysely } from 'kysely'
import { type AuditEntry, type EntryDraft, entryOf, lineOf } from '../core/audit.ts'
import {
  grow,
  meltingPeaksOf,
  peaksOf,
  type Place,
  rootOf,
  type TreeNode,
} from '../core/history-tree.ts'
import type { Change } from './change.ts'
import type { Tables } from './tables.ts'

/** Names one state of the log: the number of entries, and the root over them in hexadecimal. */
export interface Head {
  readonly size: number
  readonly root: string
}

export interface EntryFilter {
  readonly operation?: string
  readonly request?: string
  readonly actor?: string
  readonly pool?: string
  readonly target?: string
  /** ISO 8601, UTC, both inclusive. */
  readonly since?: string | undefined
  readonly until?: string | undefined
}

export interface EntryPage extends EntryFilter {
  /** The least `seq`. */
  readonly from: number
  readonly limit: number
}

/** Writes the entries and the nodes they add to the tree, in the transaction of what they describe. */
export async function append({ trx, engine, now }: Change, drafts: readonly EntryDraft[]) {
  if (drafts.length === 0) return
  await engine.lockHead(trx)
  const size = await sizeOf(trx)
  const at = new Date(now()).toISOString()
  const entries = drafts.map((draft, index) => {
    const seq = size + 1 + index
    return { seq, line: lineOf({ ...draft, seq, at }) }
  })
  // One entry melts the last peaks alone; the second may melt any.
  let peaks = await nodesAt(trx, drafts.length === 1 ? meltingPeaksOf(size) : peaksOf(size))
  const nodes: TreeNode[] = []
  for (const { seq, line } of entries) {
    const growth = grow(peaks, seq, line)
    nodes.push(...growth.added)
    peaks = growth.peaks
  }
  await trx.insertInto('audit').values(entries).execute()
  await trx.insertInto('audit_node').values(nodes).execute()
}

export async function headOf(db: Kysely<Tables>): Promise<Head> {
  const size = await sizeOf(db)
  return { size, root: rootOf(await nodesAt(db, peaksOf(size))) }
}

export async function entriesOf(
  db: Kysely<Tables>,
  page: EntryPage,
): Promise<readonly AuditEntry[]> {
  return (await linesOf(db, page)).map(({ line }) => entryOf(line))
}

/** Newest first. */
export async function historyOf(
  db: Kysely<Tables>,
  about: Pick<EntryFilter, 'pool' | 'target' | 'actor'>,
  limit: number,
): Promise<readonly AuditEntry[]> {
  const rows = await db
    .selectFrom('audit')
    .select('line')
    .where((eb) => eb.and(about))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ line }) => entryOf(line))
}

/** Numbered lines, oldest first. */
export async function linesOf(db: Kysely<Tables>, { from, limit, ...filter }: EntryPage) {
  const { since, until, ...equal } = filter
  return db
    .selectFrom('audit')
    .select(['seq', 'line'])
    .where((eb) => eb.and(equal))
    .where('seq', '>=', from)
    .$if(since !== undefined, (query) => query.where('at', '>=', since ?? null))
    .$if(until !== undefined, (query) => query.where('at', '<=', until ?? null))
    .orderBy('seq')
    .limit(limit)
    .execute()
}

export async function sizeOf(db: Kysely<Tables>): Promise<number> {
  const newest = await db
    .selectFrom('audit')
    .select('seq')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest?.seq ?? 0
}

async function nodesAt(db: Kysely<Tables>, places: readonly Place[]): Promise<readonly TreeNode[]> {
  if (places.length === 0) return []
  const nodes = await db
    .selectFrom('audit_node')
    .select(['last', 'level', 'hash'])
    .where((eb) => eb.or(places.map(({ last, level }) => eb.and({ last, level }))))
    .orderBy('last')
    .execute()
  if (nodes.length === places.length) return nodes
  throw new Error('Nodes of the audit tree are missing: run audit verify.')
}
