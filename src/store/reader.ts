import { access } from 'node:fs/promises'
import { Kysely } from 'kysely'
import type { Secret } from '../core/secret.ts'
import type { Engine } from './engine.ts'
import type { Tables } from './tables.ts'
import { type EntryFilter, linesOf } from './audit-log.ts'
import { StoreFault } from './fault.ts'
import { databaseIn } from './folder.ts'
import { versionOf } from './migrations.ts'
import { sharedEngine } from './place.ts'
import { sqlite } from './sqlite.ts'
import { type PostedHead, type Verification, verify } from './verify.ts'

/** The audit log, read beside a running Lifeguard. Nothing is written. */
export interface AuditReader extends AsyncDisposable {
  /** Pages of lines, oldest first. */
  lines(filter: EntryFilter): AsyncIterable<readonly string[]>
  verify(posted?: PostedHead): Promise<Verification>
}

const PAGE = 1000

/** `at` is a folder, or the address of a shared store. Throws a `StoreFault` when there is none. */
export async function openReader(at: string | Secret): Promise<AuditReader> {
  const engine = typeof at === 'string' ? await fileEngine(at) : await sharedEngine(at, 'read')
  const db = new Kysely<Tables>({ dialect: engine.dialect })
  try {
    await versionOf(db, engine)
  } catch (error) {
    await db.destroy()
    throw engine.explain(error)
  }
  return {
    lines: (filter) => pagesOf(db, filter),
    verify: (posted) => verify(db, posted),
    [Symbol.asyncDispose]: () => db.destroy(),
  }
}

async function fileEngine(folder: string): Promise<Engine> {
  const file = databaseIn(folder)
  const found = await access(file).then(
    () => true,
    () => false,
  )
  if (found) return sqlite(file, 'read')
  throw new StoreFault(`There is no store in ${folder}. Name the folder that Lifeguard runs with.`)
}

async function* pagesOf(db: Kysely<Tables>, filter: EntryFilter) {
  for (let from = 1; ;) {
    const page = await linesOf(db, { ...filter, from, limit: PAGE })
    const newest = page.at(-1)
    if (!newest) return
    yield page.map(({ line }) => line)
    from = newest.seq + 1
  }
}
