import { Refusal } from '../refusal.ts'
import { advance, LEASE_MS } from '../request.ts'
import type { Request } from '../request.ts'
import { Moved, runApproved } from './approved.ts'
import { approversOf } from './cards.ts'
import { judge } from './eligibility.ts'
import { entryOn, rightsOf } from './entries.ts'
import { executeJob, follows, tellJob } from './jobs.ts'
import { nameOf } from './parts.ts'
import type { Common } from './parts.ts'
import type { Ending } from './workflow.ts'

const DAY_MS = 86_400_000
const LOOKED_AT = 50
const NEVER_ALONE =
  'This needs a colleague’s approval whatever the policy says, also in an emergency. Ask an approver.'

/** One person acts alone: the policy has to permit it, everybody skipped is told, a review stays open. */
export async function breakGlass(
  common: Common,
  request: Request,
  person: string,
  reason: string,
  since: number,
): Promise<Ending> {
  const { people, store, policy, now, times } = common
  const standing = await people.fresh(person, since)
  common.admit(standing)
  const verdict = judge(common, request, standing)
  if (verdict.kind === 'refuse') throw new Refusal(verdict.sentence, { policies: verdict.policies })
  const pool = common.placeOf(request)
  const ruling =
    pool &&
    policy.mayBreakGlass({
      person,
      groups: standing.groups,
      pool,
      operation: request.operation,
      approvals: 0,
    })
  if (!pool || !ruling?.allowed)
    throw new Refusal(ruling?.sentence ?? 'This pool is no longer managed.', {
      policies: ruling?.policies ?? [],
    })
  if (request.least > 0) throw new Refusal(NEVER_ALONE)
  await requireFirstToday(common, person)

  const skipped = approversOf(common, request).map((approver) => approver.person.id)
  const step = advance(request, {
    kind: 'break-glass',
    by: person,
    reason,
    skipped,
    revealUntil: now() + times.revealWithinMs,
  })
  if ('refused' in step) throw new Refusal(step.refused)
  const { next } = step
  const text = `${standing.person.name} acted alone in an emergency, without your approval: ${next.shown.label} in ${nameOf(pool)}. The reason given: “${reason}” Please look at it and close the review.`
  const swapped = await store.swap(request, next, {
    entries: [
      entryOn(next, 'broke-glass', person, {
        outcome: `${skipped.length} approvers were not asked.`,
        details: { ...rightsOf(standing), reason, skipped, policies: ruling.policies },
      }),
    ],
    jobs: [
      ...follows(next, now()),
      // It is run below; should this process die before, somebody else does.
      ...(next.secret ? [] : [executeJob(next, now() + LEASE_MS, since)]),
      ...skipped.map((approver) =>
        tellJob(next, now(), 'broke-glass', {
          person: approver,
          text,
          button: 'review',
        }),
      ),
    ],
  })
  if (swapped.kind !== 'swapped')
    throw new Moved('Somebody has just acted on this request. Look at its card.')
  return runApproved(common, next, since)
}

async function requireFirstToday({ store, now }: Common, person: string): Promise<void> {
  const recent = await store.requestsOf(person, LOOKED_AT)
  const used = recent.some(({ emergency, askedAt }) => emergency && askedAt > now() - DAY_MS)
  if (used)
    throw new Refusal(
      'You have broken the glass once today already. Ask an approver, or a colleague who may.',
    )
}
