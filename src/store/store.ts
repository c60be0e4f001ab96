import { Kysely } from 'kysely'
import type { AuditEntry } from '../core/audit.ts'
import type { Clock, Store } from '../core/ports.ts'
import type { Engine } from './engine.ts'
import type { Tables } from './tables.ts'
import { append, entriesOf, type EntryPage, type Head, headOf, historyOf } from './audit-log.ts'
import { findCard, keepCard } from './cards.ts'
import { changesOn } from './change.ts'
import { finishJob, insertJobs, nextDue, postponeJob, takeJobs } from './jobs.ts'
import { migrate } from './migrations.ts'
import { type Outbox, outboxOf } from './outbox.ts'
import { engineAt, type Place } from './place.ts'
import { findRequest, openRequests, requestsOf } from './requests.ts'
import { findImage, poolChanges } from './images.ts'
import { beginStep, endStep, open, swap, vote } from './steps.ts'
import { votesOf } from './votes.ts'
import { stepsOf } from './work-steps.ts'

/** The database as it was opened. */
export interface Database {
  /** Name and version, such as `PostgreSQL 15.18`. */
  readonly edition: string
  /** A file, or `host:port/database`: no password in it. */
  readonly place: string
  /** Of its tables. */
  readonly version: number
}

export interface SqlStore extends Store {
  readonly database: Database
  readonly outbox: Outbox
  head(): Promise<Head>
  /** Oldest first. */
  entries(page: EntryPage): Promise<readonly AuditEntry[]>
  /** Milliseconds since the epoch of the last write that became durable; at first, of opening. */
  lastCommitAt(): number
  close(): Promise<void>
}

/** The store, its tables brought up to date. Throws a `StoreFault` when it cannot be used. */
export async function openStore(at: Place & { readonly now: Clock }): Promise<SqlStore> {
  const engine = await engineAt(at)
  const db = new Kysely<Tables>({ dialect: engine.dialect })
  try {
    const edition = await engine.edition(db)
    const version = await migrate(db, engine, at.now())
    return sqlStore(db, engine, at.now, { edition, place: engine.place, version })
  } catch (error) {
    await db.destroy()
    throw engine.explain(error)
  }
}

function sqlStore(db: Kysely<Tables>, engine: Engine, now: Clock, database: Database): SqlStore {
  const { commit, decide, send, lastCommitAt } = changesOn(db, engine, now)
  return {
    database,
    open: (request, along) => decide((change) => open(change, request, along)),
    swap: (from, to, along) => decide((change) => swap(change, from, to, along)),
    vote: (ballot, from, to, along) => decide((change) => vote(change, ballot, from, to, along)),
    append: (...entries) => commit((change) => append(change, entries)),
    enqueue: (...jobs) => send((on) => insertJobs(on, jobs)),
    request: (id) => findRequest(db, id),
    votes: (request, round) => votesOf(db, request, round),
    openRequests: (limit) => openRequests(db, limit),
    requestsOf: (person, limit) => requestsOf(db, person, limit),
    image: (request, moment) => findImage(db, request, moment),
    poolChanges: (pool, limit) => poolChanges(db, pool, limit),
    steps: (request) => stepsOf(db, request),
    beginStep: (step, along) => commit((change) => beginStep(change, step, along)),
    endStep: (step, along) => commit((change) => endStep(change, step, along)),
    history: (about, limit) => historyOf(db, about, limit),
    card: (request) => findCard(db, request),
    keepCard: (card) => commit(({ trx }) => keepCard(trx, card)),
    take: (at, limit, leaseMs) => commit((change) => takeJobs(change, at, limit, leaseMs)),
    finish: (job) => commit((change) => finishJob(change, job)),
    postpone: (job, dueAt) => send((on) => postponeJob(on, job, dueAt)),
    nextDue: () => nextDue(db),
    outbox: outboxOf(db, now),
    head: () => headOf(db),
    entries: (page) => entriesOf(db, page),
    lastCommitAt,
    close: () => db.destroy(),
  }
}
