import type { Kysely, Transaction } from 'kysely'
import { canonical } from '../core/canonical.ts'
import type { Executing, Request } from '../core/request.ts'
import type { Tables } from './tables.ts'

/** False: the id is known, nothing was written. */
export async function insertRequest(trx: Transaction<Tables>, request: Request): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('request')
    .values(rowOf(request))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** False: the stored request has another version than `from`, nothing was written. */
export async function swapRequest(
  trx: Transaction<Tables>,
  from: Request,
  to: Request,
): Promise<boolean> {
  const { id: _same, ...row } = rowOf(to)
  const { numUpdatedRows } = await trx
    .updateTable('request')
    .set(row)
    .where('id', '=', from.id)
    .where('version', '=', from.version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function findRequest(db: Kysely<Tables>, id: string): Promise<Request | undefined> {
  const row = await db.selectFrom('request').select('body').where('id', '=', id).executeTakeFirst()
  return row && requestOf(row.body)
}

export async function abandonedRequests(
  db: Kysely<Tables>,
  now: number,
): Promise<readonly Executing[]> {
  const rows = await db
    .selectFrom('request')
    .select('body')
    .where('lease_until', '<', now)
    .orderBy('asked_at')
    .execute()
  return rows.map(({ body }) => requestOf(body)).filter((request) => request.state === 'executing')
}

function rowOf(request: Request): Tables['request'] {
  return {
    id: request.id,
    version: request.version,
    state: request.state,
    asked_at: request.askedAt,
    lease_until: request.state === 'executing' ? request.leaseUntil : null,
    body: canonical(request),
  }
}

const requestOf = (body: string) => JSON.parse(body) as Request
