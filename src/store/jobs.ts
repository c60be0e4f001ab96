import type { Kysely } from 'kysely'
import { canonical } from '../core/canonical.ts'
import type { Job, Taken } from '../core/job.ts'
import type { Change } from './change.ts'
import type { Tables } from './tables.ts'

/** So long a click that is delivered again is known to be done. */
const REMEMBERED_MS = 24 * 3_600_000
/** Forgotten with each job that is finished: more than one, so that old ones never pile up. */
const FORGOTTEN_AT_ONCE = 10

/** Jobs whose id is known are left as they are. */
export async function insertJobs(db: Kysely<Tables>, jobs: readonly Job[]): Promise<void> {
  if (jobs.length === 0) return
  // In the order of ids, so that two who write the same jobs do not wait for each other.
  const rows = jobs.toSorted((one, other) => (one.id < other.id ? -1 : 1)).map(rowOf)
  await db
    .insertInto('job')
    .values(rows)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** Those that are due and nobody has, oldest first; nobody else gets them until the lease ends. */
export async function takeJobs(
  { trx, engine }: Change,
  now: number,
  limit: number,
  leaseMs: number,
): Promise<readonly Taken[]> {
  const jobs = await trx
    .selectFrom('job')
    .selectAll()
    .where('ready_at', '<=', now)
    .orderBy('ready_at')
    .orderBy('id')
    .limit(limit)
    .$if(engine.locksRows, (query) => query.forUpdate().skipLocked())
    .execute()
  if (jobs.length === 0) return []
  await trx
    .updateTable('job')
    .set((eb) => ({ ready_at: now + leaseMs, attempts: eb('attempts', '+', 1) }))
    .where('id', 'in', idsOf(jobs))
    .execute()
  return jobs.map(takenOf)
}

export async function finishJob(change: Change, { id }: Job): Promise<void> {
  const at = change.now()
  await change.trx
    .updateTable('job')
    .set({ ready_at: null, finished_at: at })
    .where('id', '=', id)
    .where('ready_at', 'is not', null)
    .execute()
  await forgetFinished(change, at - REMEMBERED_MS)
}

/** A finished job stays finished. */
export async function postponeJob(db: Kysely<Tables>, { id }: Job, dueAt: number): Promise<void> {
  await db
    .updateTable('job')
    .set({ due_at: dueAt, ready_at: dueAt })
    .where('id', '=', id)
    .where('ready_at', 'is not', null)
    .execute()
}

export async function nextDue(db: Kysely<Tables>): Promise<number | undefined> {
  const next = await db
    .selectFrom('job')
    .select('ready_at')
    .where('ready_at', 'is not', null)
    .orderBy('ready_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return next?.ready_at ?? undefined
}

async function forgetFinished({ trx, engine }: Change, before: number): Promise<void> {
  const old = await trx
    .selectFrom('job')
    .select('id')
    .where('finished_at', '<', before)
    .orderBy('finished_at')
    .orderBy('id')
    .limit(FORGOTTEN_AT_ONCE)
    .$if(engine.locksRows, (query) => query.forUpdate().skipLocked())
    .execute()
  if (old.length > 0) await trx.deleteFrom('job').where('id', 'in', idsOf(old)).execute()
}

function rowOf({ id, kind, request, about, dueAt }: Job): Tables['job'] {
  const never = { attempts: 0, finished_at: null }
  return { id, kind, request, about: canonical(about), due_at: dueAt, ready_at: dueAt, ...never }
}

function takenOf({ id, kind, request, about, due_at, attempts }: Tables['job']): Taken {
  return {
    id,
    kind: kind as Job['kind'],
    request,
    about: JSON.parse(about) as Job['about'],
    dueAt: due_at,
    attempts: attempts + 1,
  }
}

const idsOf = (jobs: readonly Pick<Job, 'id'>[]) => jobs.map(({ id }) => id)
