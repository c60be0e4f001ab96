import type { Transaction } from 'kysely'
import type { Ceiling, Over } from '../core/ports.ts'
import type { Request } from '../core/request.ts'
import type { Change } from './change.ts'
import type { Tables } from './tables.ts'

/** The reached ceiling that stays longest; undefined while there is room under every one. */
export async function reached(
  { trx, engine, now }: Change,
  ceilings: readonly Ceiling[],
): Promise<Over | undefined> {
  if (ceilings.length === 0) return undefined
  // Of two that count at once, the second must see what the first wrote.
  await engine.lockHead(trx)
  const at = now()
  let longest: Over | undefined
  for (const ceiling of ceilings) {
    const freeAt = await freeAtOf(trx, ceiling, at)
    if (freeAt !== undefined && freeAt > (longest?.freeAt ?? 0))
      longest = { kind: 'over', ceiling, freeAt }
  }
  return longest
}

/** Counts an execution that begins. */
export async function countWrite({ trx, now }: Change, request: Request): Promise<void> {
  const { id, attempt, requester, pool } = request
  await trx
    .insertInto('write')
    .values({ request: id, attempt, requester, pool, at: now() })
    .execute()
}

/** When fewer than `most` are left in the window; undefined when that is so now. */
async function freeAtOf(
  trx: Transaction<Tables>,
  { requester, pool, most, perMs }: Ceiling,
  now: number,
): Promise<number | undefined> {
  const write = await trx
    .selectFrom('write')
    .select('at')
    .where('at', '>', now - perMs)
    .$if(requester !== undefined, (query) => query.where('requester', '=', requester ?? ''))
    .$if(pool !== undefined, (query) => query.where('pool', '=', pool ?? ''))
    .orderBy('at', 'desc')
    .offset(most - 1)
    .limit(1)
    .executeTakeFirst()
  return write && write.at + perMs
}
