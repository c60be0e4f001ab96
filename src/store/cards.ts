import type { Kysely } from 'kysely'
import type { Card } from '../core/ports.ts'
import type { Tables } from './tables.ts'

export async function findCard(db: Kysely<Tables>, request: string): Promise<Card | undefined> {
  const card = await db
    .selectFrom('card')
    .selectAll()
    .where('request', '=', request)
    .executeTakeFirst()
  return card && { ...card, ts: card.ts ?? undefined }
}

/** False: the request had a card already; then a time stamp replaces the old one, and nothing else does. */
export async function keepCard(
  db: Kysely<Tables>,
  { request, channel, ts }: Card,
): Promise<boolean> {
  const place = { channel, ts: ts ?? null }
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('card')
    .values({ request, ...place })
    .onConflict((conflict) => conflict.column('request').doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows === 1n) return true
  if (ts !== undefined)
    await db.updateTable('card').set(place).where('request', '=', request).execute()
  return false
}
