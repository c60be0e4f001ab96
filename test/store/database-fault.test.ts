import { createServer } from 'node:net'
import { once } from 'node:events'
import { DummyDriver, Kysely, PostgresAdapter } from 'kysely'
import { PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { expect, it } from 'vitest'
import { Secret } from '../../src/core/secret.ts'
import { addressOf, databaseFault } from '../../src/store/database-fault.ts'
import { StoreFault } from '../../src/store/fault.ts'
import { postgres } from '../../src/store/postgres.ts'
import { openStore } from '../../src/store/store.ts'
import type { Tables } from '../../src/store/tables.ts'

const PASSWORD = 'correct-horse'

it.each([
  ['postgres://u:p@db.example.com/lifeguard', 'db.example.com:5432/lifeguard', ''],
  ['postgresql://u:p@10.0.0.1:6432/x?options=-c%20a%3Db', '10.0.0.1:6432/x', '-c a=b'],
  ['postgres:///x?host=/run/postgresql', '/run/postgresql:5432/x', ''],
  ['postgres:///x', 'localhost:5432/x', ''],
])('the place of %s is %s', (url, place, options) => {
  expect(addressOf(new Secret(url))).toEqual({ place, options })
})

it.each([`mysql://u:${PASSWORD}@host/db`, `postgres://u:${PASSWORD}@host:port/db`, PASSWORD])(
  'what is no address is a fault that repeats nothing of it',
  async (url) => {
    const opened = openStore({ url: new Secret(url), now: Date.now })
    await expect(opened).rejects.toThrow(StoreFault)
    await expect(opened).rejects.toThrow(/^DATABASE_URL: Give an address such as postgres:/)
    expect(await opened.catch((error: unknown) => String(error))).not.toContain(PASSWORD)
  },
)

it('a database that nobody answers for is a fault that says where, without the password', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  const url = new Secret(`postgres://u:${PASSWORD}@127.0.0.1:${port}/db`)
  const opened = openStore({ url, now: Date.now })
  await expect(opened).rejects.toThrow(StoreFault)
  const told = await opened.catch((error: unknown) => String(error))
  expect(told).toContain(`The database at 127.0.0.1:${port}/db cannot be used (`)
  expect(told).toContain('Check the host and the port')
  expect(told).not.toContain(PASSWORD)
})

it.each([
  [{ code: '53300', message: 'sorry, too many clients already' }, 'let the database have as many'],
  [{ code: '57P03', message: 'the database system is starting up' }, 'try again in a moment'],
  [{ code: 'XX000', message: 'odd' }, 'the log of the database'],
  [{ code: 'ECONNREFUSED', message: '' }, '(ECONNREFUSED). Check the host and the port'],
])('an error is told with what to do about it: %j', (error, advice) => {
  const fault = databaseFault(Object.assign(new Error(error.message), error), 'host:5432/db')
  expect(fault.message).toContain('The database at host:5432/db cannot be used (')
  expect(fault.message).toContain(advice)
})

/** A database that answers every query with this row. */
const answering = (row: object) =>
  new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    plugins: [
      {
        transformQuery: ({ node }) => node,
        transformResult: ({ result }) => Promise.resolve({ ...result, rows: [{ ...row }] }),
      },
    ],
  })

it.each([
  [{ number: 150_018, encoding: 'UTF8' }, 'PostgreSQL 15.18'],
  [{ number: 180_001, encoding: 'UTF8' }, 'PostgreSQL 18.1'],
])('a server that can serve says what it is: %j', async (row, edition) => {
  const engine = postgres(new Secret('postgres://u@h/d'), 'write')
  expect(await engine.edition(answering(row))).toBe(edition)
})

it.each([
  [{ number: 140_012, encoding: 'UTF8' }, 'This is PostgreSQL 14.12. Lifeguard needs 15 or newer.'],
  [{ number: 150_018, encoding: 'LATIN1' }, "encoded in LATIN1. Create one with ENCODING 'UTF8'."],
])('a server that cannot serve is a fault: %j', async (row, sentence) => {
  const engine = postgres(new Secret('postgres://u@h/d'), 'write')
  await expect(engine.edition(answering(row))).rejects.toThrow(sentence)
})
