import { Client } from 'pg'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { everyQuery } from './every-query.ts'
import { address } from './postgres-address.ts'
import { schemaBench } from './schema-bench.ts'

afterEach(() => void vi.restoreAllMocks())

const MANY = 100_000
/** More than any statement asks for, in rows and in the pages that hold them. */
const MOST = 100

const FILL = `
  insert into request select 'r' || i, 1, 'pending', 'U' || (i % 100), i, i, '{}'
    from generate_series(1, ${MANY}) i;
  insert into job select 'due' || i, 'expire', 'r' || i, '{}', i, i, 0, null
    from generate_series(1, ${MANY}) i;
  insert into job select 'old' || i, 'card', 'r' || i, '{}', i, null, 1, i
    from generate_series(1, ${MANY}) i;
  insert into vote select 'r' || i, 1, 'U1', i from generate_series(1, ${MANY}) i;
  insert into card select 'r' || i, 'C1', null from generate_series(1, ${MANY}) i;
  insert into write select 'r' || i, 1, 'U' || (i % 100), 'p' || (i % 100), i
    from generate_series(1, ${MANY}) i;
  insert into audit_post select i, i, 'posted', 1, 0, null from generate_series(1000, 20000) i;
  insert into audit select i, '{"at":"x","actor":"U' || (i % 100) || '","pool":"p' || (i % 100) || '"}'
    from generate_series(1000, 20000) i;
  insert into audit_node select i, 0, '' from generate_series(1000, 20000) i;
  analyze`

interface Node {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Actual Rows'?: number
  readonly 'Actual Loops'?: number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Shared Hit Blocks': number
  readonly 'Shared Read Blocks': number
  readonly Plans?: readonly Node[]
}

const nodesOf = (node: Node): readonly Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

const rowsOf = (node: Node) =>
  ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) * (node['Actual Loops'] ?? 1)

const pagesOf = (node: Node) => node['Shared Hit Blocks'] + node['Shared Read Blocks']

describe.skipIf(!address)('with a database', () => {
  it('PostgreSQL touches only the rows that are asked for, however many there are', async () => {
    await using bench = await schemaBench(address)
    const clock = { now: 10 * MANY }
    const store = await bench.open(() => clock.now)
    const query = vi.spyOn(Client.prototype, 'query')
    await everyQuery(store, clock)
    const statements = query.mock.calls.map((call) => call as unknown as [string, unknown[]])
    await store.close()

    const client = new Client({ connectionString: bench.place })
    await client.connect()
    await client.query(FILL)
    const unbounded: string[] = []
    for (const [text, values] of statements) {
      if (!/^(select|update|delete) /.test(text) || /advisory/.test(text)) continue
      await client.query('begin')
      const explain = `explain (analyze, buffers, format json) ${text}`
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(explain, values)
      await client.query('rollback')
      for (const node of nodesOf(rows[0]!['QUERY PLAN'][0].Plan))
        if (node['Node Type'] === 'Seq Scan' || Math.max(rowsOf(node), pagesOf(node)) > MOST)
          unbounded.push(`${node['Node Type']}, ${rowsOf(node)}, ${pagesOf(node)}: ${text}`)
    }
    await client.end()
    expect(statements.length).toBeGreaterThan(40)
    expect(unbounded).toEqual([])
  })
})
