import type { Ceiling } from '../../src/core/ports.ts'
import type { Request } from '../../src/core/request.ts'
import type { SqlStore } from '../../src/store/store.ts'
import { done, draft, executing, job, pending, vote } from './samples.ts'

const DAY_MS = 24 * 3_600_000
const ceiling: Ceiling = { whom: 'everybody', most: 5, perMs: 1e12 }
const ceilings = [ceiling, { ...ceiling, requester: 'U0ADA' }, { ...ceiling, pool: 'p1' }]

/** Sends every statement that a store ever sends. `clock.now` is moved on by more than a day. */
export async function everyQuery(store: SqlStore, clock: { now: number }): Promise<void> {
  const asked = pending('q1')
  await store.open(asked, { entries: [draft('asked'), draft('claimed')], jobs: [job('q1')] })
  const voted: Request = { ...asked, version: 2 }
  await store.vote(vote('q1', 'U0BEA'), asked, voted, { entries: [draft('approved-by')] })
  const begun = executing('q1', { version: 3 })
  await store.swap(voted, begun, { entries: [draft('intent')] })
  await store.swap(begun, done(begun, 'Done.'), { entries: [draft('done')] })
  await store.open(asked, { entries: [draft('asked')] })
  await store.open(executing('q2'), { entries: [draft('intent')], ceilings })
  await store.votes('q1', 1)
  await store.openRequests(50)
  await store.requestsOf('U0ADA', 20)
  await store.keepCard({ request: 'q1', channel: 'C1', ts: undefined })
  await store.card('q1')
  await everyJobQuery(store, clock)
  await everyAuditQuery(store, clock)
}

async function everyJobQuery(store: SqlStore, clock: { now: number }): Promise<void> {
  for (const one of await store.take(clock.now, 8, 1_000)) await store.finish(one)
  await store.postpone(job('q1'), clock.now)
  clock.now += DAY_MS + 1
  await store.finish(job('q1'))
  await store.nextDue()
}

async function everyAuditQuery(store: SqlStore, clock: { now: number }): Promise<void> {
  const page = { from: 1, limit: 50 }
  for (const filter of [{}, { request: 'q1' }, { pool: 'p1' }, { target: 't' }, { actor: 'U0ADA' }])
    await store.entries({ ...page, ...filter })
  const batch = await store.outbox.nextBatch(clock.now, 40)
  if (!batch || !(await store.outbox.posting(batch))) throw new Error('Nothing was to be posted.')
  await store.outbox.retryAt(batch, clock.now, 'new')
  await store.outbox.posted(batch, '1.1')
  await store.outbox.backlog()
  await store.head()
}
