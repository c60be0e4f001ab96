import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, it, vi } from 'vitest'
import { openStore } from '../../src/store/store.ts'
import { everyQuery } from './every-query.ts'
import { temporaryFolder } from './samples.ts'

afterEach(() => void vi.restoreAllMocks())

const MANY = 100_000

/** Open requests, jobs that are due, and jobs that were finished long ago. */
const FILL = `
  with recursive n(i) as (select 1 union all select i + 1 from n where i < ${MANY})
  insert into request select printf('r%06d', i), 1, 'pending', 'U' || (i % 100), i, i,
    '{"id":"r' || i || '"}' from n;
  with recursive n(i) as (select 1 union all select i + 1 from n where i < ${MANY})
  insert into job select printf('due%06d', i), 'expire', 'r' || i, '{}', i, i, 0, null from n;
  with recursive n(i) as (select 1 union all select i + 1 from n where i < ${MANY})
  insert into job select printf('old%06d', i), 'card', 'r' || i, '{}', i, null, 1, i from n;`

/** Steps that touch only the rows that are asked for. */
const BOUNDED = [
  /^(SEARCH|SCAN) \S+ USING (COVERING )?(INDEX|INTEGER PRIMARY KEY|PRIMARY KEY)/,
  /^SCAN \d+-ROW VALUES CLAUSE$/,
  /^(MULTI-INDEX OR|INDEX \d+|LIST SUBQUERY.*)$/,
]

/** Read from the newest row, which is where the key ends, as far as the limit. */
const FROM_THE_END = /^SCAN audit(_post)?$/

/** The votes of a round and the peaks of a tree are few: they may be put in order. */
const FEW = /from "(vote|audit_node)"/

function isBounded(step: string, text: string): boolean {
  if (BOUNDED.some((known) => known.test(step))) return true
  if (FROM_THE_END.test(step)) return text.endsWith('limit ?')
  return step === 'USE TEMP B-TREE FOR ORDER BY' && FEW.test(text)
}

it('SQLite finds what is asked for by an index, however much there is', async () => {
  await using folder = await temporaryFolder()
  const clock = { now: 10 * MANY }
  const seen = new Set<string>()
  const prepare = vi.spyOn(DatabaseSync.prototype, 'prepare')
  const store = await openStore({ folder: folder.path, now: () => clock.now })
  using database = new DatabaseSync(join(folder.path, 'lifeguard.db'))
  database.exec(FILL)
  prepare.mockClear()
  await everyQuery(store, clock)
  for (const [text] of prepare.mock.calls) seen.add(text)
  await store.close()

  const unbounded: string[] = []
  for (const text of seen) {
    if (!/^(select|insert|update|delete)/.test(text)) continue
    for (const { detail } of database.prepare(`explain query plan ${text}`).all())
      if (!isBounded(String(detail), text)) unbounded.push(`${String(detail)}: ${text}`)
  }
  expect(seen.size).toBeGreaterThan(30)
  expect(unbounded).toEqual([])
})
