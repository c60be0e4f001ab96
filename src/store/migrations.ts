import { type Kysely, sql, type Transaction } from 'kysely'
import type { Engine } from './engine.ts'
import type { Tables } from './tables.ts'
import { StoreFault } from './fault.ts'

type Migration = (trx: Transaction<Tables>, engine: Engine) => Promise<void>

/** Forward only. A released migration is never changed: add one at the end. */
const MIGRATIONS: readonly Migration[] = [firstTables, imagesAndSteps]

/** Brings the tables up to date. Several processes may do so at once: one does, the others wait. Answers the version. */
export async function migrate(db: Kysely<Tables>, engine: Engine, at: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await engine.lockHead(trx)
    await createMigrationTable(trx, engine)
    const done = await versionOf(trx, engine)
    for (const [index, migration] of MIGRATIONS.entries()) {
      if (index < done) continue
      await migration(trx, engine)
      await trx
        .insertInto('migration')
        .values({ version: index + 1, at })
        .execute()
    }
    return MIGRATIONS.length
  })
}

/** The version of the tables. Refuses those of a newer Lifeguard. */
export async function versionOf(db: Kysely<Tables>, { setting }: Engine): Promise<number> {
  const { version } = await db
    .selectFrom('migration')
    .select((eb) => eb.fn.coalesce(eb.fn.max('version'), sql.lit(0)).as('version'))
    .executeTakeFirstOrThrow()
  if (version <= MIGRATIONS.length) return version
  throw new StoreFault(
    `The store was written by a newer Lifeguard (version ${version} of its tables, this one knows ` +
      `${MIGRATIONS.length}). Start the newer Lifeguard, or restore a backup from before.`,
    setting,
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

async function firstTables(trx: Transaction<Tables>, engine: Engine): Promise<void> {
  await createRequest(trx, engine)
  await createVote(trx, engine)
  await createJob(trx, engine)
  await createCard(trx, engine)
  await createWrite(trx, engine)
  await createAudit(trx, engine)
  await createAuditNode(trx, engine)
  await createAuditPost(trx, engine)
  for (const statement of [...engine.growOnly('audit'), ...engine.growOnly('audit_node')])
    await sql.raw(statement).execute(trx)
}

/** Pools as they were around a change, and the steps of work that has several. */
async function imagesAndSteps(trx: Transaction<Tables>, engine: Engine): Promise<void> {
  await createPoolImage(trx, engine)
  await createWorkStep(trx, engine)
}

async function createPoolImage({ schema }: Transaction<Tables>, engine: Engine): Promise<void> {
  await schema
    .createTable('pool_image')
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('moment', 'text', (column) => column.notNull())
    .addColumn('at', engine.integer, (column) => column.notNull())
    .addColumn('pool', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('pool_image_key', ['request', 'moment'])
    .modifyEnd(engine.table)
    .execute()
  await schema
    .createIndex('pool_image_pool')
    .on('pool_image')
    .columns(['pool', 'moment', 'at', 'request'])
    .execute()
}

async function createWorkStep({ schema }: Transaction<Tables>, engine: Engine): Promise<void> {
  await schema
    .createTable('work_step')
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('sentence', 'text', (column) => column.notNull())
    .addColumn('at', engine.integer, (column) => column.notNull())
    .addPrimaryKeyConstraint('work_step_key', ['request', 'key'])
    .modifyEnd(engine.table)
    .execute()
}

async function createRequest({ schema }: Transaction<Tables>, engine: Engine): Promise<void> {
  await schema
    .createTable('request')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('version', engine.integer, (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('requester', 'text', (column) => column.notNull())
    .addColumn('asked_at', engine.integer, (column) => column.notNull())
    .addColumn('open_since', engine.integer)
    .addColumn('body', 'text', (column) => column.notNull())
    .modifyEnd(engine.table)
    .execute()
  await schema
    .createIndex('request_open')
    .on('request')
    .columns(['open_since', 'id'])
    .where('open_since', 'is not', null)
    .execute()
  await schema
    .createIndex('request_requester')
    .on('request')
    .columns(['requester', 'asked_at', 'id'])
    .execute()
}

async function createVote({ schema }: Transaction<Tables>, engine: Engine): Promise<void> {
  await schema
    .createTable('vote')
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('round', engine.integer, (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('at', engine.integer, (column) => column.notNull())
    .addPrimaryKeyConstraint('vote_key', ['request', 'round', 'person'])
    .modifyEnd(engine.indexTable)
    .execute()
}

async function createJob({ schema }: Transaction<Tables>, engine: Engine): Promise<void> {
  await schema
    .createTable('job')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('about', 'text', (column) => column.notNull())
    .addColumn('due_at', engine.integer, (column) => column.notNull())
    .addColumn('ready_at', engine.integer)
    .addColumn('attempts', engine.integer, (column) => column.notNull())
    .addColumn('finished_at', engine.integer)
    .modifyEnd(engine.table)
    .execute()
  for (const when of ['ready_at', 'finished_at'] as const)
    await schema
      .createIndex(`job_${when}`)
      .on('job')
      .columns([when, 'id'])
      .where(when, 'is not', null)
      .execute()
}

async function createCard({ schema }: Transaction<Tables>, engine: Engine): Promise<void> {
  await schema
    .createTable('card')
    .addColumn('request', 'text', (column) => column.primaryKey())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('ts', 'text')
    .modifyEnd(engine.table)
    .execute()
}

async function createWrite({ schema }: Transaction<Tables>, engine: Engine): Promise<void> {
  await schema
    .createTable('write')
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('attempt', engine.integer, (column) => column.notNull())
    .addColumn('requester', 'text', (column) => column.notNull())
    .addColumn('pool', 'text', (column) => column.notNull())
    .addColumn('at', engine.integer, (column) => column.notNull())
    .addPrimaryKeyConstraint('write_key', ['request', 'attempt'])
    .modifyEnd(engine.table)
    .execute()
  for (const columns of [['requester', 'at'], ['pool', 'at'], ['at']])
    await schema
      .createIndex(`write_${columns.join('_')}`)
      .on('write')
      .columns(columns)
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
