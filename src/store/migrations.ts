import { type Kysely, sql, type Transaction } from 'kysely'
import type { Engine } from './engine.ts'
import type { Tables } from './tables.ts'
import { StoreFault } from './fault.ts'

type Migration = (trx: Transaction<Tables>, engine: Engine) => Promise<void>

/** Forward only. A released migration is never changed: add one at the end. */
const MIGRATIONS: readonly Migration[] = [requestsAndAudit]

/** Brings the tables up to date. Several processes may do so at once: one does, the others wait. */
export async function migrate(db: Kysely<Tables>, engine: Engine, at: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await createMigrationTable(trx, engine)
    const done = await versionOf(trx)
    for (const [index, migration] of MIGRATIONS.entries()) {
      if (index < done) continue
      await migration(trx, engine)
      await trx
        .insertInto('migration')
        .values({ version: index + 1, at })
        .execute()
    }
  })
}

/** The version of the tables. Refuses those of a newer Lifeguard. */
export async function versionOf(db: Kysely<Tables>): Promise<number> {
  const { version } = await db
    .selectFrom('migration')
    .select((eb) => eb.fn.coalesce(eb.fn.max('version'), sql.lit(0)).as('version'))
    .executeTakeFirstOrThrow()
  if (version <= MIGRATIONS.length) return version
  throw new StoreFault(
    `The store was written by a newer Lifeguard (version ${version} of its tables, this one knows ` +
      `${MIGRATIONS.length}). Start the newer Lifeguard, or restore a backup from before.`,
  )
}

async function createMigrationTable(trx: Transaction<Tables>, engine: Engine): Promise<void> {
  await trx.schema
    .createTable('migration')
    .ifNotExists()
    .addColumn('version', engine.integer, (column) => column.primaryKey())
    .addColumn('at', engine.integer, (column) => column.notNull())
    .modifyEnd(engine.table)
    .execute()
}

async function requestsAndAudit(trx: Transaction<Tables>, engine: Engine): Promise<void> {
  await createRequest(trx, engine)
  await createAudit(trx, engine)
  await createAuditNode(trx, engine)
  await createAuditPost(trx, engine)
  for (const statement of [...engine.growOnly('audit'), ...engine.growOnly('audit_node')])
    await sql.raw(statement).execute(trx)
}

async function createRequest({ schema }: Transaction<Tables>, engine: Engine): Promise<void> {
  await schema
    .createTable('request')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('version', engine.integer, (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('asked_at', engine.integer, (column) => column.notNull())
    .addColumn('lease_until', engine.integer)
    .addColumn('body', 'text', (column) => column.notNull())
    .modifyEnd(engine.table)
    .execute()
  await schema
    .createIndex('request_lease')
    .on('request')
    .column('lease_until')
    .where('lease_until', 'is not', null)
    .execute()
}

async function createAudit({ schema }: Transaction<Tables>, engine: Engine): Promise<void> {
  await schema
    .createTable('audit')
    .addColumn('seq', engine.integer, (column) => column.primaryKey())
    .addColumn('line', 'text', (column) => column.notNull())
    .addColumn('at', 'text', engine.memberOfLine('at'))
    .addColumn('operation', 'text', engine.memberOfLine('operation'))
    .addColumn('request', 'text', engine.memberOfLine('request'))
    .addColumn('actor', 'text', engine.memberOfLine('actor'))
    .addColumn('pool', 'text', engine.memberOfLine('pool'))
    .addColumn('target', 'text', engine.memberOfLine('target'))
    .modifyEnd(engine.table)
    .execute()
  const searches = [['actor'], ['actor', 'pool', 'operation'], ['pool'], ['target'], ['request']]
  for (const columns of searches)
    await schema
      .createIndex(`audit_${columns.join('_')}`)
      .on('audit')
      .columns([...columns, 'seq'])
      .execute()
}

async function createAuditNode({ schema }: Transaction<Tables>, engine: Engine): Promise<void> {
  await schema
    .createTable('audit_node')
    .addColumn('last', engine.integer, (column) => column.notNull())
    .addColumn('level', engine.integer, (column) => column.notNull())
    .addColumn('hash', engine.bytes, (column) => column.notNull())
    .addPrimaryKeyConstraint('audit_node_key', ['last', 'level'])
    .modifyEnd(engine.indexTable)
    .execute()
}

async function createAuditPost({ schema }: Transaction<Tables>, engine: Engine): Promise<void> {
  await schema
    .createTable('audit_post')
    .addColumn('first', engine.integer, (column) => column.primaryKey())
    .addColumn('last', engine.integer, (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', engine.integer, (column) => column.notNull())
    .addColumn('next_at', engine.integer, (column) => column.notNull())
    .addColumn('message_ts', 'text')
    .modifyEnd(engine.table)
    .execute()
}
