import type { Kysely, Transaction } from 'kysely'
import { canonical } from '../core/canonical.ts'
import type { Request } from '../core/request.ts'
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
  return row && requestOf(row)
}

/** Newest first. */
export async function openRequests(db: Kysely<Tables>, limit: number): Promise<readonly Request[]> {
  const rows = await db
    .selectFrom('request')
    .select('body')
    .where('open_since', 'is not', null)
    .orderBy('open_since', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(requestOf)
}

/** Newest first. */
export async function requestsOf(
  db: Kysely<Tables>,
  person: string,
  limit: number,
): Promise<readonly Request[]> {
  const rows = await db
    .selectFrom('request')
    .select('body')
    .where('requester', '=', person)
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(requestOf)
}

function rowOf(request: Request): Tables['request'] {
  return {
    id: request.id,
    version: request.version,
    state: request.state,
    requester: request.requester,
    asked_at: request.askedAt,
    open_since: isOpen(request) ? request.askedAt : null,
    body: canonical(request),
  }
}

/** Somebody still has to do something about it: decide, execute, or review an emergency. */
function isOpen({ state, emergency }: Request): boolean {
  if (state === 'pending' || state === 'approved' || state === 'executing') return true
  return emergency !== undefined && emergency.reviewedBy === undefined
}

const requestOf = ({ body }: { readonly body: string }) => JSON.parse(body) as Request
