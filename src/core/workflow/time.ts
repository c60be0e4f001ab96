import type { Taken } from '../job.ts'
import { Refusal } from '../refusal.ts'
import { advance } from '../request.ts'
import type { Executing, Request } from '../request.ts'
import { attempt, foundAfter, resolve } from './attempt.ts'
import { runApproved, SentBack } from './approved.ts'
import { cardOf } from './cards.ts'
import { entryOn, thingOf } from './entries.ts'
import { follows, remindJob, tellJob } from './jobs.ts'
import type { Common } from './parts.ts'
import { digestsFor } from './submit.ts'

const STOPPED = 'Lifeguard stopped before it knew the result'

function noReport(request: Request): string {
  const thing = thingOf(request)
  return `${STOPPED}: the ${thing} may have been changed. Look at the ${thing} before you try again.`
}

/** A deadline has passed: whoever sees it first acts on it. */
export async function workExpire(common: Common, { request: id }: Taken): Promise<void> {
  const request = await common.store.request(id)
  if (!request) return
  return request.state === 'executing' ? recover(common, request) : expire(common, request)
}

async function expire(common: Common, request: Request): Promise<void> {
  const { store, now } = common
  const step = advance(request, { kind: 'expire', now: now() })
  if ('refused' in step) return
  const { next } = step
  const text = `Your request for ${next.shown.label} has expired. Ask again if it is still needed.`
  await store.swap(request, next, {
    entries: [entryOn(next, 'expired', 'lifeguard')],
    jobs: [
      ...follows(next, now()),
      tellJob(next, now(), 'expired', { person: next.requester, text }),
    ],
  })
}

/** An attempt that never reported back: its outcome is unknown, unless a read can tell. */
async function recover(common: Common, request: Executing): Promise<void> {
  const { store, now } = common
  if (request.leaseUntil > now()) return
  if (common.mutation(request.operation).resumable && (await resume(common, request))) return
  const seen = await resolve(common, request, common.mutation(request.operation))
  const as = ({ applied: 'done', 'not-applied': 'failed', unknown: 'unknown' } as const)[seen]
  const outcome = seen === 'unknown' ? noReport(request) : foundOut(request, seen === 'applied')
  const step = advance(request, { kind: 'end', as, attempt: request.attempt, outcome })
  if ('refused' in step) return
  const { next } = step
  const again = next.secret && request.revealUntil > now()
  const found = seen === 'applied' ? await foundAfter(common, request) : undefined
  await store.swap(request, next, {
    entries: [entryOn(next, as, request.requester, { outcome, details: { recovered: true } })],
    jobs: [
      ...follows(next, now()),
      tellJob(next, now(), `recovered-${request.attempt}`, {
        person: next.requester,
        text: outcome,
        ...(again ? { button: 'reveal' } : {}),
      }),
    ],
    images: found ? [{ request: request.id, moment: 'after', snapshot: found }] : [],
  })
  common.onEnd(request.operation, as)
}

/** Work in steps goes on where it stopped, as it was approved. False: it no longer can. */
async function resume(common: Common, request: Executing): Promise<boolean> {
  const { store, people, now } = common
  const operation = common.mutation(request.operation)
  const requester = await people.fresh(request.requester, now() - FRESH_MS)
  common.admit(requester)
  const look = common.look(requester, { operation, request: request.id })
  const prepared = await operation.prepare(request.input, look)
  if (digestsFor(common, prepared).lasting !== request.lasting) return false
  const step = advance(request, { kind: 'resume', now: now() })
  if ('refused' in step || step.next.state !== 'executing') return true
  const { next } = step
  const swapped = await store.swap(request, next, {
    entries: [
      entryOn(next, 'intent', next.requester, {
        details: { recovered: true, attempt: next.attempt },
      }),
    ],
    jobs: follows(next, now()),
  })
  if (swapped.kind === 'swapped') await attempt(common, next, prepared, requester.person)
  return true
}

const FRESH_MS = 60_000

function foundOut(request: Request, applied: boolean): string {
  return `${STOPPED}. A look at the ${thingOf(request)} shows that it was ${applied ? '' : 'not '}done.`
}

/** The approvers hear again, after ever longer pauses. */
export async function workRemind(common: Common, job: Taken): Promise<void> {
  const { store, board, now, times } = common
  const request = await store.request(job.request)
  if (request?.state !== 'pending' || !job.id.startsWith(`remind-${request.id}-${request.round}-`))
    return
  const card = await cardOf(common, request)
  const missing = Math.max(1, request.approvals - card.votes.length)
  const text = `Still waiting: ${missing} more ${missing === 1 ? 'approval is' : 'approvals are'} needed.`
  await board.nudge(card, text, card.approverGroups)
  await store.append(entryOn(request, 'reminded', 'lifeguard'))
  const already = Number(job.about['times'])
  const next = now() + times.remindAfterMs * 2 ** already
  if (next < request.expiresAt) await store.enqueue(remindJob(request, next, already + 1))
}

/** A second group hears of a request that nobody has answered. */
export async function workEscalate(common: Common, job: Taken): Promise<void> {
  const { store, board, times } = common
  const request = await store.request(job.request)
  if (request?.state !== 'pending' || !times.escalation) return
  if (job.id !== `escalate-${request.id}-${request.round}`) return
  const { group } = times.escalation
  await board.nudge(await cardOf(common, request), 'Nobody has answered yet. Can you help?', [
    group,
  ])
  await store.append(entryOn(request, 'escalated', 'lifeguard', { details: { group } }))
}

/** Runs what was approved and yields no secret. */
export async function workExecute(common: Common, job: Taken): Promise<void> {
  const request = await common.store.request(job.request)
  if (request?.state !== 'approved') return
  try {
    await runApproved(common, request, Number(job.about['since']))
  } catch (error) {
    if (error instanceof SentBack) return
    if (!(error instanceof Refusal)) throw error
    await refuse(common, request, job, error)
  }
}

/** What could not be run stays approved until its time is up; its requester learns why. */
async function refuse(
  common: Common,
  request: Request,
  job: Taken,
  refusal: Refusal,
): Promise<void> {
  const { store, now } = common
  await store.append(
    entryOn(request, 'refused', request.requester, {
      outcome: refusal.message,
      details: { policies: refusal.policies },
    }),
  )
  const note = { person: request.requester, text: refusal.message }
  await store.enqueue(tellJob(request, now(), job.id, note))
}
