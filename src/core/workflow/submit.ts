import { digestOf } from '../canonical.ts'
import { CloudFault } from '../cloud-fault.ts'
import type { EntryDraft } from '../audit.ts'
import type { PoolRef } from '../directory.ts'
import { mintedAt } from '../ids.ts'
import { overSentence } from '../limits.ts'
import { fieldsOf } from '../field.ts'
import type { Operation, Prepared, Values } from '../operation.ts'
import type { Standing } from '../person.ts'
import type { Image, Over } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import { LEASE_MS } from '../request.ts'
import type { Executing, Pending, Request } from '../request.ts'
import { attempt } from './attempt.ts'
import { cardOf } from './cards.ts'
import { votesNeeded } from './eligibility.ts'
import { entryOn, evidenceOf, rightsOf } from './entries.ts'
import { escalateJob, follows, remindJob } from './jobs.ts'
import type { Common } from './parts.ts'
import type { Submission, Submitted } from './workflow.ts'

/** A form was sent: run it, put it to the approvers, or refuse it. */
export async function submit(common: Common, submission: Submission): Promise<Submitted> {
  const { store, people, now } = common
  const openedAt = mintedAt(submission.id)
  if (openedAt === undefined) throw new Refusal('This form is not one of mine. Open it again.')
  const known = await store.request(submission.id)
  if (known) return repeated(known, submission)

  const standing = await people.fresh(submission.person, openedAt)
  common.admit(standing)
  refuseWhileHalted(common)
  const { operation, values } = submission
  const pool = common.place(operation, values)
  const verdict = common.rights.verdict(standing, operation, pool, values)
  if (verdict.kind === 'refuse') throw new Refusal(verdict.sentence, { policies: verdict.policies })
  requireOthers(common, standing, operation, values)

  const { prepared, inGroups } = await plan(common, submission, standing, pool)
  const least = leastOf(common, prepared, inGroups)
  const approvals = Math.max(least, votesNeeded(verdict))
  const request = newRequest(common, submission, prepared, { approvals, least })
  if (request.state === 'pending') return ask(common, request, prepared, submission, standing)

  const opened = await store.open(request, {
    entries: [
      entryOn(request, 'intent', request.requester, {
        details: { ...groundsOf(request), ...rightsOf(standing) },
      }),
    ],
    jobs: follows(request, now()).filter(({ kind }) => kind === 'expire'),
    ceilings: common.ceilings(request.requester, request.pool),
    images: imagesOf(request, prepared, 'before'),
  })
  if (opened.kind === 'known') return repeated(opened.request, submission)
  if (opened.kind === 'over') throw tooMany(opened, now())
  return attempt(common, request, prepared, standing.person)
}

export function refuseWhileHalted({ halted }: Common): void {
  const why = halted()
  if (why !== undefined) throw new Refusal(why)
}

export const tooMany = (over: Over, now: number): Refusal => new Refusal(overSentence(over, now))

/** What code demands whatever the policy says: members of protected groups are never changed on one person's word. */
function leastOf(
  { inventory: { protectedGroups } }: Common,
  { plan: { least = 0 } }: Prepared,
  inGroups: readonly string[],
): number {
  return inGroups.some((group) => protectedGroups.includes(group)) ? Math.max(1, least) : least
}

/** Whoever uses a second pool as a source or for comparison has to be allowed to see it. */
export function requireOthers(
  { rights, directory, operations }: Common,
  standing: Standing,
  operation: Operation,
  values: Values,
): void {
  const see = operations.find(({ name }) => name === 'show-pool') ?? operation
  for (const [field, { widget }] of fieldsOf(operation.input)) {
    const id = values[field]
    if (widget.as !== 'pool' || field === 'pool' || typeof id !== 'string') continue
    const pool = directory.pools.get(id)
    if (!pool)
      throw new Refusal('Lifeguard does not manage this pool. Choose one from the list.', { field })
    const verdict = rights.verdict(standing, see, pool, {})
    if (verdict.kind !== 'run')
      throw new Refusal(verdict.sentence, { field, policies: verdict.policies })
  }
}

/** What is kept of the pool beside the request. */
export function imagesOf(
  { id }: Request,
  { plan: { image } }: Prepared,
  moment: Image['moment'],
): readonly Image[] {
  return image ? [{ request: id, moment, snapshot: image }] : []
}

/** The plan, and beside it the Cognito groups of its target where they matter. */
async function plan(common: Common, submission: Submission, standing: Standing, pool: PoolRef) {
  const { operation, values, id } = submission
  const look = common.look(standing, { operation, request: id })
  const typed = values['user']
  if (typeof typed !== 'string')
    return { prepared: await operation.prepare(values, look), inGroups: [] }
  const known = common.directory.knownUser(pool.id, typed)?.username ?? typed
  const [prepared, seen] = await Promise.all([
    operation.prepare(values, look),
    groupsOf(common, pool.id, known),
  ])
  const { name, id: sub } = prepared.plan.target
  // An alias may have been moved between the two reads: ask again by the name that will be written to.
  const inGroups = [name, sub].includes(known) ? seen : await groupsOf(common, pool.id, name)
  return { prepared, inGroups }
}

async function groupsOf({ inventory, directory }: Common, pool: string, name: string) {
  if (inventory.protectedGroups.length === 0) return []
  return (await directory.userGroups(pool, name)).map((group) => group.name)
}

/** What a vote is for: the plan, whom it concerns, and the policy it was asked under. */
export function digestsFor({ policy }: Common, { digest, lasting }: Prepared) {
  return {
    digest: digestOf({ plan: digest, policy: policy.version }),
    lasting: digestOf({ plan: lasting, policy: policy.version }),
  }
}

function newRequest(
  common: Common,
  { id, operation, person, values }: Submission,
  prepared: Prepared,
  { approvals, least }: Pick<Request, 'approvals' | 'least'>,
): Pending | Executing {
  const { now, times, policy } = common
  const { pool, target, secret, keep } = prepared.plan
  const at = now()
  const asked = {
    id,
    operation: operation.name,
    requester: person,
    pool: pool.id,
    target: target.name,
    targetEmails: target.emails,
    input: keep ?? values,
    sent: digestOf(values),
    shown: shownOf(prepared),
    ...digestsFor(common, prepared),
    policyVersion: policy.version,
    approvals,
    least,
    secret,
    emergency: undefined,
    askedAt: at,
    version: 1,
    round: 1,
  }
  return approvals > 0
    ? {
        ...asked,
        attempt: 0,
        state: 'pending',
        expiresAt: at + times.expireAfterMs,
        claimedBy: undefined,
        changed: [],
      }
    : {
        ...asked,
        attempt: 1,
        state: 'executing',
        leaseUntil: at + LEASE_MS,
        revealUntil: at + times.revealWithinMs,
      }
}

export function shownOf({ plan: { target, facts, warnings } }: Prepared): Request['shown'] {
  return { label: target.label, facts, warnings }
}

async function ask(
  common: Common,
  request: Pending,
  prepared: Prepared,
  submission: Submission,
  standing: Standing,
): Promise<Submitted> {
  const { store, now, times, policy } = common
  const opened = await store.open(request, {
    entries: [
      entryOn(request, 'asked', request.requester, {
        outcome: `${request.approvals} ${request.approvals === 1 ? 'approval is' : 'approvals are'} needed.`,
        details: { ...groundsOf(request), ...rightsOf(standing), approvals: request.approvals },
      }),
    ],
    jobs: [...follows(request, now()), ...calls(request, now(), times)],
    images: imagesOf(request, prepared, 'planned'),
  })
  if (opened.kind === 'known') return repeated(opened.request, submission)
  const pool = common.placeOf(request)
  const breakGlass =
    request.least === 0 &&
    pool !== undefined &&
    policy.mayBreakGlass({
      person: request.requester,
      groups: standing.groups,
      pool,
      operation: request.operation,
      approvals: 0,
    }).allowed
  return { kind: 'asked', card: await cardOf(common, request), breakGlass }
}

/** What reminds the approvers while a request waits. */
export function calls(
  request: Pending,
  now: number,
  { remindAfterMs, escalation }: Common['times'],
) {
  return [
    remindJob(request, now + remindAfterMs, 1),
    ...(escalation ? [escalateJob(request, now + escalation.afterMs)] : []),
  ]
}

export function groundsOf(request: Request): NonNullable<EntryDraft['details']> {
  const { input, digest, policyVersion } = request
  return { ...evidenceOf(input), digest, policyVersion }
}

function repeated(known: Request, { person, operation, values }: Submission): Submitted {
  const same =
    known.requester === person &&
    known.operation === operation.name &&
    known.sent === digestOf(values)
  if (!same) throw new Refusal('This form was already sent with other values. Open it again.')
  return { kind: 'repeated', request: known }
}

/** What a refused form was about, for its audit entry. */
export function aboutOf({
  operation,
  values,
}: Pick<Submission, 'values'> & { readonly operation: Operation }): Partial<EntryDraft> {
  return {
    operation: operation.name,
    pool: operation.place(values)?.id ?? textIn(values['pool']),
    target: textIn(values['user']),
    details: evidenceOf(values),
  }
}

const textIn = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** The refusal as the audit log keeps it: of a failed read, its sentence. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  return error instanceof CloudFault ? new Refusal(error.message) : undefined
}
