import type { Kysely } from 'kysely'
import type { AuditEntry } from '../core/audit.ts'
import type { Clock } from '../core/ports.ts'
import type { Tables } from './tables.ts'
import { entriesOf, sizeOf } from './audit-log.ts'

/**
 * Entries that go to the audit channel as one message: all from `from` to `to`, `intent`s too.
 * `uncertain`: a post was begun and its answer never recorded, so look in the channel first.
 */
interface Batch {
  readonly from: number
  readonly to: number
  readonly entries: readonly AuditEntry[]
  readonly state: 'new' | 'uncertain'
  readonly attempts: number
}

/**
 * The audit log is its own queue: what no message covers is still to be posted, so an entry is
 * queued by the transaction that writes it. Ranges are taken in order, one at a time.
 */
export interface Outbox {
  /**
   * The range to post next, or undefined while there is none, it waits for its time, or another
   * process is posting it. Ask again after an append, at a time given to `retryAt`, and every 10 s.
   */
  nextBatch(now: number, atMost: number): Promise<Batch | undefined>
  /** Takes the batch, before Slack hears of it. False: another process has it, do nothing. */
  posting(batch: Batch): Promise<boolean>
  posted(batch: Batch, messageTs: string): Promise<void>
  /** `new` only when the message is certainly not in the channel. */
  retryAt(batch: Batch, at: number, as: Batch['state']): Promise<void>
  /** Entries that no posted message covers yet. */
  backlog(): Promise<number>
}

/** A post that has not ended by then is taken for lost: longer than any call to Slack may take. */
const POSTING_MS = 30_000

/** How long intents wait for an outcome to be posted with. A lease ends sooner. */
const INTENT_PATIENCE_MS = 60_000

export function outboxOf(db: Kysely<Tables>, now: Clock): Outbox {
  return {
    nextBatch: (at, atMost) => nextBatch(db, at, atMost),
    posting: (batch) => claim(db, batch, now() + POSTING_MS),
    posted: (batch, messageTs) => markPosted(db, batch, messageTs),
    retryAt: (batch, at, as) => postpone(db, batch, at, as),
    backlog: () => backlog(db),
  }
}

async function nextBatch(
  db: Kysely<Tables>,
  now: number,
  atMost: number,
): Promise<Batch | undefined> {
  const newest = await db
    .selectFrom('audit_post')
    .selectAll()
    .orderBy('first', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!newest || newest.state === 'posted') return fresh(db, now, (newest?.last ?? 0) + 1, atMost)
  if (newest.next_at > now) return undefined
  const { first: from, last: to, attempts } = newest
  const entries = await entriesOf(db, { from, limit: to - from + 1 })
  return { from, to, entries, attempts, state: newest.state === 'posting' ? 'uncertain' : 'new' }
}

async function fresh(
  db: Kysely<Tables>,
  now: number,
  from: number,
  atMost: number,
): Promise<Batch | undefined> {
  const entries = await entriesOf(db, { from, limit: atMost })
  const [oldest] = entries
  if (!oldest) return undefined
  const onlyIntents = entries.every(({ event }) => event === 'intent')
  if (onlyIntents && entries.length < atMost && Date.parse(oldest.at) + INTENT_PATIENCE_MS > now)
    return undefined
  return { from, to: from + entries.length - 1, entries, attempts: 0, state: 'new' }
}

/** Compare-and-swap on the number of attempts, so that of two processes one posts. */
async function claim(db: Kysely<Tables>, batch: Batch, until: number): Promise<boolean> {
  const taken = { state: 'posting', attempts: batch.attempts + 1, next_at: until } as const
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('audit_post')
    .values({ ...taken, first: batch.from, last: batch.to, message_ts: null })
    .onConflict((conflict) =>
      conflict
        .column('first')
        .doUpdateSet(taken)
        .where('audit_post.attempts', '=', batch.attempts)
        .where('audit_post.state', '<>', 'posted'),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Whoever posted it, and however late: the message is there. */
async function markPosted(db: Kysely<Tables>, { from }: Batch, messageTs: string): Promise<void> {
  await db
    .updateTable('audit_post')
    .set({ state: 'posted', message_ts: messageTs })
    .where('first', '=', from)
    .where('state', '<>', 'posted')
    .execute()
}

/** Only while no other process has taken the batch since. */
async function postpone(
  db: Kysely<Tables>,
  { from, attempts }: Batch,
  at: number,
  as: Batch['state'],
): Promise<void> {
  await db
    .updateTable('audit_post')
    .set({ state: as === 'new' ? 'waiting' : 'posting', next_at: at })
    .where('first', '=', from)
    .where('attempts', '<=', attempts + 1)
    .where('state', '<>', 'posted')
    .execute()
}

/** In this order: what others post in between must not count before its entries do. */
async function backlog(db: Kysely<Tables>): Promise<number> {
  const posted = await postedUpTo(db)
  return (await sizeOf(db)) - posted
}

async function postedUpTo(db: Kysely<Tables>): Promise<number> {
  const newest = await db
    .selectFrom('audit_post')
    .select('last')
    .where('state', '=', 'posted')
    .orderBy('first', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest?.last ?? 0
}
