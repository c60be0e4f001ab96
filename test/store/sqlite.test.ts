import { stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely, sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { sqlite } from '../../src/store/sqlite.ts'
import { openStore } from '../../src/store/store.ts'
import { folderBench } from './folder-bench.ts'
import { draft, temporaryFolder } from './samples.ts'
import { storeContract } from './store-contract.ts'

storeContract('SQLite', folderBench)

const now = () => 0

describe('SQLite', () => {
  it.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
  ])('is opened with %s = %s', async (pragma, value) => {
    await using folder = await temporaryFolder()
    const db = new Kysely({ dialect: sqlite(join(folder.path, 'x.db'), 'write').dialect })
    const { rows } = await sql`pragma ${sql.raw(pragma)}`.execute(db)
    await db.destroy()
    expect(rows).toEqual([{ [pragma]: value }])
  })

  it('takes the write lock when a transaction begins', async () => {
    await using folder = await temporaryFolder()
    const file = join(folder.path, 'x.db')
    const db = new Kysely({ dialect: sqlite(file, 'write').dialect })
    using other = new DatabaseSync(file, { timeout: 0 })
    await db.transaction().execute(async () => {
      expect(() => other.exec('begin immediate')).toThrow('locked')
    })
    expect(() => other.exec('begin immediate')).not.toThrow()
    await db.destroy()
  })

  it('keeps the folder and its files to their owner', async () => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, 'store')
    const store = await openStore({ folder: path, now })
    const modes = await Promise.all(
      ['', 'lifeguard.db', 'lifeguard.db-wal', 'lifeguard.db-shm'].map(
        async (name) => (await stat(join(path, name))).mode & 0o777,
      ),
    )
    await store.close()
    expect(modes).toEqual([0o700, 0o600, 0o600, 0o600])
  })

  it.each([
    'update audit set line = line',
    'delete from audit',
    'update audit_node set hash = hash',
    'delete from audit_node',
  ])('refuses to %s', async (statement) => {
    await using folder = await temporaryFolder()
    const store = await openStore({ folder: folder.path, now })
    await store.append(draft('done'))
    await store.close()
    using database = new DatabaseSync(join(folder.path, 'lifeguard.db'))
    expect(() => database.exec(statement)).toThrow('The audit log only grows')
  })

  it('answers each search from an index, in the order of the log', async () => {
    await using folder = await temporaryFolder()
    await (await openStore({ folder: folder.path, now })).close()
    using database = new DatabaseSync(join(folder.path, 'lifeguard.db'))
    const searches = ['actor', 'pool', 'target', 'request', 'actor,pool,operation']
    for (const columns of searches) {
      const where = columns.split(',').map((column) => `${column} = 'x'`)
      const plan = database
        .prepare(
          `explain query plan select line from audit where ${where.join(' and ')} and seq > 1 order by seq`,
        )
        .all()
      expect(plan).toHaveLength(1)
      expect(plan[0]!['detail']).toMatch(/^SEARCH audit USING INDEX .*seq>\?\)$/)
    }
  })

  it('does without the library of the shared store', async () => {
    await using folder = await temporaryFolder()
    await (await openStore({ folder: folder.path, now })).close()
    const loaded = Object.keys(createRequire(import.meta.url).cache)
    expect(loaded.filter((file) => file.includes('/node_modules/pg/'))).toEqual([])
  })

  it('refuses a store that a newer Lifeguard wrote, and leaves it closed', async () => {
    await using folder = await temporaryFolder()
    await (await openStore({ folder: folder.path, now })).close()
    using database = new DatabaseSync(join(folder.path, 'lifeguard.db'))
    database.exec('insert into migration values (99, 0)')
    await expect(openStore({ folder: folder.path, now })).rejects.toThrow(
      /written by a newer Lifeguard \(version 99/,
    )
  })
})
