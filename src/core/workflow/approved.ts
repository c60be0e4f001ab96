import type { Fact, Prepared } from '../operation.ts'
import type { Standing } from '../person.ts'
import type { Image } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import { advance } from '../request.ts'
import type { Executing, Request } from '../request.ts'
import { attempt } from './attempt.ts'
import { judge, needed, stillCounting } from './eligibility.ts'
import { entryOn, rightsOf } from './entries.ts'
import { follows, tellJob } from './jobs.ts'
import type { Common } from './parts.ts'
import { calls, digestsFor, groundsOf, imagesOf, refuseWhileHalted } from './submit.ts'
import { shownOf, tooMany } from './submit.ts'
import type { Ending } from './workflow.ts'

/** Somebody has changed the request between our read and our write: look again. */
export class Moved extends Refusal {}

/** It went back to the approvers: that is audited and told already. */
export class SentBack extends Refusal {}

const BACK =
  'What was approved is not what would happen now, so it went back to the approvers. They see what differs.'

/**
 * Carries out what was approved: rights, votes and plan are checked once more, by what is true now.
 * `since`: rights must have been read after that.
 */
export async function runApproved(
  common: Common,
  request: Request,
  since: number,
): Promise<Ending> {
  const { people, store, now } = common
  refuseWhileHalted(common)
  const voters = request.approvals === 0 || request.emergency ? [] : await votersOf(common, request)
  // Side by side, so that a reveal waits for Slack once; the checks below then find them in memory.
  const [requester] = await Promise.all(
    [request.requester, ...voters].map(async (person) => people.fresh(person, since)),
  )
  if (!requester) throw new Error('Nobody was read.')
  common.admit(requester)
  const shortfall = await shortfallOf(common, request, requester, { voters, since })
  const operation = common.mutation(request.operation)
  const look = common.look(requester, { operation, request: request.id })
  const prepared = await operation.prepare(request.input, look)
  const digests = digestsFor(common, prepared)
  const moved = isAsApproved(request, digests) ? [] : await differences(common, request, prepared)
  if (shortfall || moved.length > 0) {
    const least = Math.max(request.least, prepared.plan.least ?? 0)
    return sendBack(common, request, [...(shortfall ? [shortfall] : []), ...moved], {
      ...digests,
      least,
      // What would happen now, or the policy, may ask for more than was asked for before.
      approvals: Math.max(request.approvals, needed(judge(common, request, requester), { least })),
      shown: shownOf(prepared),
      images: imagesOf(request, prepared, 'planned'),
    })
  }

  const step = advance(request, { kind: 'begin', now: now() })
  if ('refused' in step) throw new Refusal(step.refused)
  const executing = step.next as Executing
  const begun = await store.swap(request, executing, {
    entries: [
      entryOn(executing, 'intent', executing.requester, {
        details: { ...groundsOf(executing), ...rightsOf(requester), attempt: executing.attempt },
      }),
    ],
    jobs: follows(executing, now()),
    ceilings: common.ceilings(executing.requester, executing.pool),
    images: imagesOf(executing, prepared, 'before'),
  })
  if (begun.kind === 'over') throw tooMany(begun, now())
  if (begun.kind === 'moved')
    throw new Moved('Somebody has just acted on this request. Look at its card.')
  return attempt(common, executing, prepared, requester.person)
}

/** The first attempt has to find what was shown; a further one, what the first has left as it was. */
function isAsApproved(request: Request, now: Pick<Request, 'digest' | 'lasting'>): boolean {
  return request.attempt === 0 ? now.digest === request.digest : now.lasting === request.lasting
}

/** Why the votes no longer carry the request; undefined when they do. An emergency needs none. */
async function shortfallOf(
  common: Common,
  request: Request,
  requester: Standing,
  { voters, since }: { voters: readonly string[]; since: number },
): Promise<Fact | undefined> {
  const verdict = judge(common, request, requester)
  if (verdict.kind === 'refuse') throw new Refusal(verdict.sentence, { policies: verdict.policies })
  if (request.emergency || request.approvals === 0) return undefined
  const counting = await stillCounting(common, request, voters, since)
  const asked = needed(verdict, request)
  if (counting.length >= asked) return undefined
  return {
    term: 'Votes',
    text: `${counting.length} of ${asked} still count: an approver lost the right to approve, or the policy asks for more now.`,
  }
}

async function votersOf({ store }: Common, { id, round }: Request): Promise<readonly string[]> {
  return (await store.votes(id, round)).map(({ person }) => person)
}

interface Replanned extends Pick<Request, 'digest' | 'lasting' | 'shown' | 'least' | 'approvals'> {
  readonly images: readonly Image[]
}

/** Back to the approvers, with what differs; the votes are cleared. */
async function sendBack(
  common: Common,
  request: Request,
  changed: readonly Fact[],
  { images, ...plan }: Replanned,
): Promise<never> {
  const { store, now, times, policy } = common
  const step = advance(request, {
    kind: 'replan',
    ...plan,
    policyVersion: policy.version,
    changed,
    expiresAt: now() + times.expireAfterMs,
  })
  if ('refused' in step || step.next.state !== 'pending')
    throw new Refusal('This request can no longer be run. Ask again.')
  const pending = step.next
  const swapped = await store.swap(request, pending, {
    entries: [
      entryOn(pending, 'replanned', 'lifeguard', {
        outcome: BACK,
        details: {
          ...groundsOf(pending),
          changed: changed.map(({ term, text }) => `${term}: ${text}`),
        },
      }),
    ],
    jobs: [
      ...follows(pending, now()),
      ...calls(pending, now(), times),
      tellJob(pending, now(), `back-${pending.round}`, { person: pending.requester, text: BACK }),
    ],
    images,
  })
  if (swapped.kind !== 'swapped')
    throw new Moved('Somebody has just acted on this request. Look at its card.')
  throw new SentBack(BACK)
}

function otherTarget({ input }: Request): Fact {
  const what = typeof input['user'] === 'string' ? 'user' : 'pool'
  const term = what === 'user' ? 'User' : 'Pool'
  return { term, text: `The name now belongs to another ${what}.` }
}

/** What the approvers had before them against what would happen now. */
async function differences(
  common: Common,
  request: Request,
  prepared: Prepared,
): Promise<readonly Fact[]> {
  const { shown } = request
  const fresh = shownOf(prepared)
  const before = new Map(shown.facts.map(({ term, text }) => [term, text]))
  const facts = fresh.facts
    .filter(({ term, text }) => before.get(term) !== text)
    .map(({ term, text }) => ({ term, text: `${before.get(term) ?? 'not there'} → ${text}` }))
  const fewer = fresh.warnings.every((warning) => shown.warnings.includes(warning))
  const warnings = fewer ? [] : [{ term: 'Warnings', text: 'There are new ones.' }]
  const policy =
    request.policyVersion === common.policy.version
      ? []
      : [{ term: 'Policy', text: 'The policy has been changed since.' }]
  const seen = await common.store.image(request.id, 'planned')
  const drift = seen ? prepared.drift(seen) : []
  const found = [...facts, ...drift, ...warnings, ...policy]
  return found.length > 0 ? found : [otherTarget(request)]
}
