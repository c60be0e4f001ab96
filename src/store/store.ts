import { Kysely, type Transaction } from 'kysely'
import type { AuditEntry } from '../core/audit.ts'
import type { Clock, Store } from '../core/ports.ts'
import type { Engine } from './engine.ts'
import type { Tables } from './tables.ts'
import { append, entriesOf, type EntryPage, type Head, headOf } from './audit-log.ts'
import { prepareFolder } from './folder.ts'
import { migrate } from './migrations.ts'
import { type Outbox, outboxOf } from './outbox.ts'
import { abandonedRequests, findRequest, insertRequest, swapRequest } from './requests.ts'
import { sqlite } from './sqlite.ts'

export interface SqlStore extends Store {
  readonly outbox: Outbox
  head(): Promise<Head>
  /** Oldest first. */
  entries(page: EntryPage): Promise<readonly AuditEntry[]>
  /** Milliseconds since the epoch of the last write that became durable; at first, of opening. */
  lastCommitAt(): number
  close(): Promise<void>
}

/** The embedded store in a folder of this machine. Throws a `StoreFault` when it cannot be used. */
export async function openStore(at: { folder: string; now: Clock }): Promise<SqlStore> {
  return storeOn(sqlite(await prepareFolder(at.folder), 'write'), at.now)
}

async function storeOn(engine: Engine, now: Clock): Promise<SqlStore> {
  const db = new Kysely<Tables>({ dialect: engine.dialect })
  try {
    await migrate(db, engine, now())
  } catch (error) {
    await db.destroy()
    throw error
  }
  return sqlStore(db, now)
}

function sqlStore(db: Kysely<Tables>, now: Clock): SqlStore {
  const time = () => new Date(now()).toISOString()
  let committedAt = now()
  const commit = async <T>(write: (trx: Transaction<Tables>) => Promise<T>): Promise<T> => {
    const result = await db.transaction().execute(write)
    committedAt = now()
    return result
  }
  return {
    open: (request, entry) =>
      commit(async (trx) => {
        if (!(await insertRequest(trx, request))) return findRequest(trx, request.id)
        await append(trx, entry, time())
        return undefined
      }),
    swap: (from, to, entry) =>
      commit(async (trx) => {
        const swapped = await swapRequest(trx, from, to)
        if (swapped) await append(trx, entry, time())
        return swapped
      }),
    append: (entry) => commit((trx) => append(trx, entry, time())),
    request: (id) => findRequest(db, id),
    abandoned: (before) => abandonedRequests(db, before),
    outbox: outboxOf(db, now),
    head: () => headOf(db),
    entries: (page) => entriesOf(db, page),
    lastCommitAt: () => committedAt,
    close: () => db.destroy(),
  }
}
