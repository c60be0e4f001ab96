import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Kysely,
  sql,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely'
import type { Engine } from './engine.ts'
import type { Tables } from './tables.ts'

const BUSY_TIMEOUT_MS = 5000

/** SQLite in one file: durable at each commit, shared by the processes of one machine. */
export function sqlite(file: string, access: 'write' | 'read'): Engine {
  const database = open(file, access)
  return {
    dialect: new ImmediateDialect({ database: statementsOf(database) }),
    place: file,
    setting: 'LIFEGUARD_DATA',
    integer: 'integer',
    bytes: 'blob',
    table: sql`strict`,
    indexTable: sql`strict, without rowid`,
    locksRows: false,
    memberOfLine: (name) => (column) =>
      column.generatedAlwaysAs(sql`json_extract(line, ${sql.lit(`$.${name}`)})`),
    growOnly: (table) =>
      ['update', 'delete'].map(
        (change) =>
          `create trigger ${table}_no_${change} before ${change} on ${table} ` +
          `begin select raise(abort, 'The audit log only grows: no entry is changed or deleted.'); end`,
      ),
    // Each transaction has the write lock from its beginning.
    lockHead: async () => undefined,
    edition,
    explain: (error) => error,
  }
}

async function edition(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ version: string }>`select sqlite_version() as version`.execute(db)
  return `SQLite ${rows[0]?.version ?? ''}`
}

function open(file: string, access: 'write' | 'read'): DatabaseSync {
  const database = new DatabaseSync(file, {
    readOnly: access === 'read',
    timeout: BUSY_TIMEOUT_MS,
    enableForeignKeyConstraints: true,
  })
  if (access === 'write') database.exec('pragma journal_mode = wal; pragma synchronous = full')
  return database
}

/** kysely begins a deferred transaction, which can fail when it first writes; ours locks at once. */
class ImmediateDialect extends SqliteDialect {
  readonly #config: { readonly database: SqliteDatabase }

  constructor(config: { readonly database: SqliteDatabase }) {
    super(config)
    this.#config = config
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#config)
  }
}

class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

/** node:sqlite in the shape that kysely expects, which is that of better-sqlite3. */
function statementsOf(database: DatabaseSync): SqliteDatabase {
  // Our queries have a few hundred texts at most: none depends on a value.
  const prepared = new Map<string, SqliteStatement>()
  return {
    close: () => database.close(),
    prepare: (text) => {
      const statement = prepared.get(text) ?? statementOf(database.prepare(text))
      prepared.set(text, statement)
      return statement
    },
  }
}

function statementOf(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (values) => statement.all(...values.map(bindable)),
    run: (values) => statement.run(...values.map(bindable)),
    iterate: (values) => statement.iterate(...values.map(bindable)),
  }
}

function bindable(value: unknown): SQLInputValue {
  if (value === null || value instanceof Uint8Array) return value
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value
  throw new TypeError(`SQLite has no column type for a ${typeof value}.`)
}
