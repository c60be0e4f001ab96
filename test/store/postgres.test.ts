import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { Kysely, sql } from 'kysely'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Secret } from '../../src/core/secret.ts'
import { postgres } from '../../src/store/postgres.ts'
import type { Tables } from '../../src/store/tables.ts'
import type { Bench } from './store-contract.ts'
import { readerAt, storeAt } from './place.ts'
import { address } from './postgres-address.ts'
import { draft, job } from './samples.ts'
import { schemaBench, sendTo } from './schema-bench.ts'
import { storeContract } from './store-contract.ts'

if (!address)
  process.stdout.write(
    'Skipped: the store on PostgreSQL. To test it too: scripts/with-postgres.sh npm test\n',
  )

/** Waits until the server answers one row. */
const seen = (statement: string) =>
  vi.waitFor(async () => expect(await sendTo(address, statement)).toHaveLength(1), 5_000)

describe.skipIf(!address)('with a database', () => {
  storeContract('PostgreSQL', () => schemaBench(address))

  describe('PostgreSQL', () => {
    let bench: Bench
    beforeEach(async () => {
      bench = await schemaBench(address)
    })
    afterEach(() => bench[Symbol.asyncDispose]())

    const sessionOf = (access: 'write' | 'read', place = bench.place, silenceMs?: number) =>
      new Kysely<Tables>({ dialect: postgres(new Secret(place), access, silenceMs).dialect })

    /** The same place for sessions that the server tells from all others, by `who`. */
    const named = () => {
      const place = new URL(bench.place)
      const name = `lifeguard ${bench.place.slice(-12)}`
      place.searchParams.set('application_name', name)
      const who = `from pg_stat_activity where application_name = '${name}'`
      return { place: place.href, who, end: `select pg_terminate_backend(pid) ${who}` }
    }

    it.each([
      ['write', 'synchronous_commit', 'on'],
      ['write', 'default_transaction_isolation', 'read committed'],
      ['write', 'statement_timeout', '10s'],
      ['write', 'idle_in_transaction_session_timeout', '10s'],
      ['write', 'default_transaction_read_only', 'off'],
      ['read', 'default_transaction_read_only', 'on'],
    ] as const)('is opened to %s with %s = %s', async (access, name, value) => {
      const db = sessionOf(access)
      const { rows } = await sql`show ${sql.raw(name)}`.execute(db)
      await db.destroy()
      expect(rows).toEqual([{ [name]: value }])
    })

    it.each([
      'update audit set line = line',
      'delete from audit',
      'truncate audit',
      'update audit_node set hash = hash',
      'delete from audit_node',
      'truncate audit_node',
    ])('refuses to %s', async (statement) => {
      const store = await storeAt(bench.place)
      await store.append(draft('done'))
      await store.close()
      await expect(sendTo(bench.place, statement)).rejects.toThrow('The audit log only grows')
      await using reader = await readerAt(bench.place)
      expect(await reader.verify()).toMatchObject({ ok: true, head: { size: 1 } })
    })

    it.each([
      [`update audit set line = replace(line, 'U0ADA', 'U0EVE') where seq = 2`, /^Entry 2 is not/],
      ['delete from audit where seq = 3', /^Entry 3 is missing/],
    ])('notices when somebody did so all the same: %s', async (statement, sentence) => {
      const store = await storeAt(bench.place)
      await store.append(draft('done'), draft('done'), draft('done'))
      await store.close()
      await sendTo(bench.place, `alter table audit disable trigger all; ${statement}`)
      await using reader = await readerAt(bench.place)
      const result = await reader.verify()
      expect(result.ok || result.sentence).toMatch(sentence)
    })

    it('lets a reader write nothing', async () => {
      await (await storeAt(bench.place)).close()
      const db = sessionOf('read')
      const write = db.insertInto('migration').values({ version: 2, at: 0 }).execute()
      await expect(write).rejects.toThrow('read-only transaction')
      await db.destroy()
    })

    it('tells a reader that there is no store yet', async () => {
      await expect(readerAt(bench.place)).rejects.toThrow(
        /^DATABASE_URL: .*"migration" does not exist.*Name the database that Lifeguard runs with/,
      )
    })

    it('refuses a store that a newer Lifeguard wrote, and names the variable', async () => {
      await (await storeAt(bench.place)).close()
      await sendTo(bench.place, 'insert into migration values (99, 0)')
      await expect(storeAt(bench.place)).rejects.toThrow(/^DATABASE_URL: .*newer Lifeguard/)
    })

    it.each([
      ['password', 'wrong', /password authentication failed.*Check the user and the password/],
      ['pathname', '/nowhere', /database "nowhere" does not exist.*Create this database/],
    ] as const)('says what is wrong with the %s of the address', async (part, value, sentence) => {
      const place = new URL(address)
      place[part] = value
      await expect(storeAt(place.href)).rejects.toThrow(sentence)
      await expect(storeAt(place.href)).rejects.toThrow(/^DATABASE_URL: /)
    })

    it('says what to do when the user may not make tables', async () => {
      const user = new URL(bench.place)
      user.username = `guest_${bench.place.slice(-12)}`
      user.password = 'guest'
      await sendTo(address, `create role ${user.username} login password 'guest'`)
      const refused = await storeAt(user.href).catch(String)
      await sendTo(address, `drop role ${user.username}`)
      expect(refused).toMatch(/DATABASE_URL: .*(no schema has been selected|permission denied)/)
      expect(refused).toMatch(/Let the user create tables there|Create a schema in this database/)
    })

    it('survives a connection that is ended inside a transaction', async () => {
      const { place, end } = named()
      const db = sessionOf('write', place)
      const lost = db.transaction().execute(async (trx) => {
        await sql`select 1`.execute(trx)
        await sendTo(address, end)
        await vi.waitFor(() => expect(sql`select 1`.execute(trx)).rejects.toThrow('not queryable'))
        await sql`select 1`.execute(trx)
      })
      await expect(lost).rejects.toThrow()
      expect(await sql`select 1 as one`.execute(db)).toMatchObject({ rows: [{ one: 1 }] })
      await db.destroy()
    })

    it('goes on with new connections when those it had were ended', async () => {
      const { place, who, end } = named()
      const store = await storeAt(place)
      await store.enqueue(job('j1'))
      await sendTo(address, end)
      await vi.waitFor(() => store.enqueue(job('j2')))
      await sendTo(
        bench.place,
        'create function wait() returns trigger language plpgsql as ' +
          "'begin perform pg_sleep(60); return new; end'; " +
          'create trigger wait before insert on audit for each row execute function wait()',
      )
      const lost = store.append(draft('done')).catch(String)
      await seen(`select 1 ${who} and wait_event = 'PgSleep'`)
      await sendTo(address, end)
      expect(await lost).toMatch(/terminat/)
      await sendTo(bench.place, 'drop trigger wait on audit')
      await vi.waitFor(() => store.append(draft('done')))
      expect(await store.head()).toMatchObject({ size: 1 })
      await store.close()
    })

    it('waits for another process that writes the same jobs, and never each for the other', async () => {
      const { place, who } = named()
      const store = await storeAt(place)
      const other = new Client({ connectionString: bench.place })
      await other.connect()
      const insert = (id: string) =>
        other.query(`insert into job values ('${id}', 'card', 'r1', '{}', 1, 1, 0, null)`)
      await other.query('begin')
      await insert('a')
      const written = store.enqueue(job('b'), job('a'))
      await seen(`select 1 ${who} and wait_event = 'transactionid'`)
      await insert('b')
      await other.query('commit')
      await written
      await other.end()
      expect(await store.take(1, 9, 1)).toMatchObject([{ id: 'a' }, { id: 'b' }])
      await store.close()
    })

    it('gives up on a server that falls silent', async () => {
      const { hostname, port } = new URL(address)
      const ends: Socket[] = []
      const between = createServer((client) => {
        const server = connect(Number(port), hostname)
        ends.push(client, server)
        for (const end of [client, server]) end.on('error', () => undefined)
        client.pipe(server).pipe(client)
      }).listen(0, '127.0.0.1')
      await once(between, 'listening')
      const place = new URL(bench.place)
      place.port = String((between.address() as AddressInfo).port)
      const db = sessionOf('read', place.href, 300)
      await sql`select 1`.execute(db)
      for (const end of ends) end.unpipe().pause()
      await expect(sql`select 1`.execute(db)).rejects.toThrow(/silent|terminated/)
      expect(await sql`select 1 as one`.execute(db)).toMatchObject({ rows: [{ one: 1 }] })
      await db.destroy()
      for (const end of ends) end.destroy()
      between.close()
    })
  })
})
