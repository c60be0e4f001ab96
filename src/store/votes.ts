import type { Kysely, Transaction } from 'kysely'
import type { Vote } from '../core/vote.ts'
import type { Tables } from './tables.ts'

/** False: this person has voted in this round, nothing was written. */
export async function insertVote(trx: Transaction<Tables>, vote: Vote): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('vote')
    .values(vote)
    .onConflict((conflict) => conflict.columns(['request', 'round', 'person']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Oldest first. */
export async function votesOf(
  db: Kysely<Tables>,
  request: string,
  round: number,
): Promise<readonly Vote[]> {
  return db
    .selectFrom('vote')
    .selectAll()
    .where('request', '=', request)
    .where('round', '=', round)
    .orderBy('at')
    .orderBy('person')
    .execute()
}
