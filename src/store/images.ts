import type { Kysely, Transaction } from 'kysely'
import { canonical } from '../core/canonical.ts'
import type { PoolSnapshot } from '../core/directory.ts'
import type { Image, PoolChange } from '../core/ports.ts'
import type { Request } from '../core/request.ts'
import type { Tables } from './tables.ts'

/** The latest image of a moment stands for it: a plan made anew, or a further attempt, replaces it. */
export async function insertImages(
  trx: Transaction<Tables>,
  images: readonly Image[],
  at: number,
): Promise<void> {
  for (const { request, moment, snapshot } of images) {
    const row = { request, moment, at, pool: snapshot.pool.id, body: canonical(snapshot) }
    await trx
      .insertInto('pool_image')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['request', 'moment']).doUpdateSet({ at, body: row.body }),
      )
      .execute()
  }
}

export async function findImage(
  db: Kysely<Tables>,
  request: string,
  moment: Image['moment'],
): Promise<PoolSnapshot | undefined> {
  const row = await db
    .selectFrom('pool_image')
    .select('body')
    .where('request', '=', request)
    .where('moment', '=', moment)
    .executeTakeFirst()
  return row && snapshotOf(row.body)
}

/** Newest first. */
export async function poolChanges(
  db: Kysely<Tables>,
  pool: string,
  limit: number,
): Promise<readonly PoolChange[]> {
  const rows = await db
    .selectFrom('pool_image as after')
    .innerJoin('pool_image as before', (join) =>
      join.onRef('before.request', '=', 'after.request').on('before.moment', '=', 'before'),
    )
    .innerJoin('request', 'request.id', 'after.request')
    .select(['after.at', 'after.body', 'before.body as earlier', 'request.body as request'])
    .where('after.pool', '=', pool)
    .where('after.moment', '=', 'after')
    .orderBy('after.at', 'desc')
    .orderBy('after.request', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ at, body, earlier, request }) => {
    const { id, operation, requester } = JSON.parse(request) as Request
    return {
      request: id,
      operation,
      requester,
      at,
      before: snapshotOf(earlier),
      after: snapshotOf(body),
    }
  })
}

const snapshotOf = (body: string) => JSON.parse(body) as PoolSnapshot
