import { Kysely, sql } from 'kysely'
import type { StorePlace } from '../../config.ts'
import type { Engine } from '../../store/engine.ts'
import { StoreFault } from '../../store/fault.ts'
import { versionOf } from '../../store/migrations.ts'
import { engineAt } from '../../store/place.ts'
import { openStore } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'
import type { Finding } from './finding.ts'
import { ill, well } from './finding.ts'

const WHAT = 'Store'

/**
 * Whether Lifeguard can keep what it must not forget. An existing store is only looked at; where
 * there is none, it is made as at a first start. Throws a `StoreFault`.
 */
export async function checkStore(place: StorePlace): Promise<readonly Finding[]> {
  const engine = await engineAt(place)
  const db = new Kysely<Tables>({ dialect: engine.dialect })
  try {
    const edition = await engine.edition(db)
    const danger = await (engine.setting === 'DATABASE_URL' ? serverDanger(db) : fileDanger(db))
    if (danger !== undefined) return [ill(WHAT, `${edition} at ${engine.place}: ${danger}`)]
    const tables = await tablesIn(db, engine, place)
    return [well(WHAT, `${edition} at ${engine.place}, every commit is synced, ${tables}.`)]
  } catch (error) {
    throw explained(engine, error)
  } finally {
    await db.destroy()
  }
}

function explained(engine: Engine, error: unknown): Error {
  const reason = engine.explain(error)
  return reason instanceof Error ? reason : new Error('The store cannot be opened.')
}

async function tablesIn(db: Kysely<Tables>, engine: Engine, place: StorePlace): Promise<string> {
  try {
    return `tables of version ${await versionOf(db, engine)}`
  } catch (error) {
    if (error instanceof StoreFault) throw error
    // There are no tables yet, or what keeps us from reading them keeps us from making them too.
    const store = await openStore({ ...place, now: Date.now })
    await store.close()
    return `tables of version ${store.database.version}, just made`
  }
}

/** SQLite: what makes a commit outlive a power cut. */
async function fileDanger(db: Kysely<Tables>): Promise<string | undefined> {
  const [journal, synchronous] = await Promise.all([
    sql<{ journal_mode: string }>`pragma journal_mode`.execute(db),
    sql<{ synchronous: number }>`pragma synchronous`.execute(db),
  ])
  const full = 2
  if (journal.rows[0]?.journal_mode === 'wal' && (synchronous.rows[0]?.synchronous ?? 0) >= full)
    return undefined
  return 'it cannot keep a write-ahead log there, so a power cut could lose entries. Choose a folder on a local disk.'
}

/** PostgreSQL: settings of the server; those of a session are set with each connection. */
async function serverDanger(db: Kysely<Tables>): Promise<string | undefined> {
  const { rows } = await sql<ServerSettings>`
    select current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
      pg_is_in_recovery() as copy`.execute(db)
  return rows[0] && dangerIn(rows[0])
}

interface ServerSettings {
  readonly fsync: string
  readonly full_page_writes: string
  readonly copy: boolean
}

export function dangerIn({ copy, ...settings }: ServerSettings): string | undefined {
  if (copy) return 'this is a copy that can only be read. Name the database that takes writes.'
  const off = Object.entries(settings).flatMap(([name, value]) => (value === 'off' ? [name] : []))
  if (off.length === 0) return undefined
  const verb = off.length === 1 ? 'is' : 'are'
  return `${off.join(' and ')} ${verb} off, so a crash of the server could lose entries. Ask whoever runs it to turn that on.`
}
