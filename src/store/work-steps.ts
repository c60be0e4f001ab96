import type { Kysely, Transaction } from 'kysely'
import type { StepRecord } from '../core/ports.ts'
import type { Tables } from './tables.ts'

/** In the order in which they were begun. */
export async function stepsOf(db: Kysely<Tables>, request: string): Promise<readonly StepRecord[]> {
  const rows = await db
    .selectFrom('work_step')
    .select(['request', 'key', 'state', 'sentence'])
    .where('request', '=', request)
    .orderBy('at')
    .orderBy('key')
    .execute()
  return rows.map(({ key, state, sentence }) => ({ request, key, as: state, sentence }))
}

/** False: a step of this key is known, nothing was written. */
export async function insertStep(
  trx: Transaction<Tables>,
  { request, key, as, sentence }: StepRecord,
  at: number,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('work_step')
    .values({ request, key, state: as, sentence, at })
    .onConflict((conflict) => conflict.columns(['request', 'key']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function updateStep(
  trx: Transaction<Tables>,
  { request, key, as, sentence }: StepRecord,
): Promise<void> {
  await trx
    .updateTable('work_step')
    .set({ state: as, sentence })
    .where('request', '=', request)
    .where('key', '=', key)
    .execute()
}
