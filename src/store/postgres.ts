import { type Kysely, PostgresDialect, sql } from 'kysely'
import type { Secret } from '../core/secret.ts'
import type { Engine } from './engine.ts'
import type { Tables } from './tables.ts'
import { connectionsTo } from './connections.ts'
import { addressOf, databaseFault } from './database-fault.ts'
import { StoreFault } from './fault.ts'

const OLDEST = 15

/** Any number, the same in every process: whoever holds it adds to the audit log. */
const HEAD_LOCK = 5_433_712

/** A btree entry holds 2,704 bytes and an index up to three of these columns, of 4 bytes a letter. */
const MEMBER_LETTERS = 200

/** PostgreSQL, shared by the processes of several machines. Nothing is sent before the first query. */
export function postgres(url: Secret, access: 'write' | 'read', silenceMs?: number): Engine {
  const { place, options } = addressOf(url)
  return {
    dialect: new PostgresDialect({
      pool: connectionsTo({ url, access, place, options, silenceMs }),
    }),
    place,
    setting: 'DATABASE_URL',
    integer: 'bigint',
    bytes: 'bytea',
    table: sql``,
    indexTable: sql``,
    locksRows: true,
    memberOfLine: (name) => (column) => column.generatedAlwaysAs(memberOf(name)).stored(),
    growOnly,
    lockHead: async (trx) => {
      await sql`select pg_advisory_xact_lock(${sql.lit(HEAD_LOCK)})`.execute(trx)
    },
    edition,
    explain: (error) => databaseFault(error, place),
  }
}

/**
 * JSON of PostgreSQL knows no NUL and no half of a surrogate pair, which `canonical` writes as
 * escapes: they are left out here, and here alone. Escaped backslashes are stepped over.
 */
function memberOf(name: string) {
  const escapes = sql.lit(String.raw`(\\\\)|\\u(0000|d[89a-f][0-9a-f]{2})`)
  const readable = sql`regexp_replace(line, ${escapes}, ${sql.lit(String.raw`\1`)}, 'g')`
  return sql`left(${readable}::json ->> ${sql.lit(name)}, ${sql.lit(MEMBER_LETTERS)})`
}

function growOnly(table: string): readonly string[] {
  return [
    'create or replace function refuse_change() returns trigger language plpgsql as $$ ' +
      "begin raise exception 'The audit log only grows: no entry is changed or deleted.'; end $$",
    `create trigger ${table}_only_grows before update or delete or truncate on ${table} ` +
      'for each statement execute function refuse_change()',
  ]
}

async function edition(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ number: number; encoding: string }>`
    select current_setting('server_version_num')::int as number,
      current_setting('server_encoding') as encoding`.execute(db)
  const { number = 0, encoding = '' } = rows[0] ?? {}
  const version = `PostgreSQL ${Math.floor(number / 10_000)}.${number % 10_000}`
  if (number < OLDEST * 10_000)
    throw fault(`This is ${version}. Lifeguard needs ${OLDEST} or newer.`)
  if (encoding !== 'UTF8')
    throw fault(`The database is encoded in ${encoding}. Create one with ENCODING 'UTF8'.`)
  return version
}

const fault = (sentence: string) => new StoreFault(sentence, 'DATABASE_URL')
