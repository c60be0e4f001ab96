import { attributesFrom } from '../attributes.ts'
import type { Standing } from '../person.ts'
import { barred } from '../person.ts'
import { Refusal } from '../refusal.ts'
import type { Request } from '../request.ts'
import type { Ruling, Verdict } from '../verdict.ts'
import { excluded } from '../vote.ts'
import type { Common } from './parts.ts'

const NO_VERDICT = 'The pool is no longer managed by Lifeguard, so nothing can be decided about it.'

/** What the policy says now of the request, for its requester. Never from the memo. */
export function judge(common: Common, request: Request, requester: Standing): Verdict {
  const operation = common.mutation(request.operation)
  const pool = common.placeOf(request)
  if (!pool) return { kind: 'refuse', policies: [], sentence: NO_VERDICT }
  return common.policy.judge({
    person: requester.person.id,
    groups: requester.groups,
    operation: request.operation,
    pool,
    attributes: attributesFrom(operation, request.input),
  })
}

/** Votes that have to be there: what the policy asks for now, and what code demands. */
export function needed(verdict: Verdict, { least }: Pick<Request, 'least'>): number {
  return Math.max(1, votesNeeded(verdict), least)
}

/** Votes that the policy asks for; 0 when one person may act alone. */
export function votesNeeded(verdict: Verdict): number {
  return verdict.kind === 'ask' ? verdict.approvals : 0
}

type Ask = Common['policy']['mayApprove']

/** Whether this person may decide about the request; `approvals` is the number of votes before theirs. */
function mayDecide(common: Common, request: Request, voter: Standing, approvals: number): Ruling {
  return ruling(common, request, voter, approvals, (ballot) => common.policy.mayApprove(ballot))
}

/** The same from memory, for cards and lists. */
export function couldDecide(common: Common, request: Request, voter: Standing): boolean {
  return ruling(common, request, voter, 0, (ballot) => common.policy.couldApprove(ballot)).allowed
}

function ruling(
  common: Common,
  request: Request,
  voter: Standing,
  approvals: number,
  ask: Ask,
): Ruling {
  const hard = barred(voter.person, common.homeTeam) ?? excluded(request, voter.person)
  if (hard !== undefined) return { allowed: false, policies: [], sentence: hard }
  const pool = common.placeOf(request)
  if (!pool) return { allowed: false, policies: [], sentence: NO_VERDICT }
  const { requester, operation } = request
  return ask({
    person: voter.person.id,
    groups: voter.groups,
    pool,
    requester,
    operation,
    approvals,
  })
}

/** Throws the refusal of somebody who may not decide. */
export function requireVoter(
  common: Common,
  request: Request,
  voter: Standing,
  approvals: number,
): void {
  const { allowed, policies, sentence } = mayDecide(common, request, voter, approvals)
  if (!allowed) throw new Refusal(sentence, { policies })
}

/** Of those who voted, the ones who may still approve, by rights read after `since`. Any failed read is a refusal. */
export async function stillCounting(
  common: Common,
  request: Request,
  voters: readonly string[],
  since: number,
): Promise<readonly string[]> {
  const standings = await Promise.all(voters.map((person) => common.people.fresh(person, since)))
  return standings
    .filter((standing, votesBefore) => mayDecide(common, request, standing, votesBefore).allowed)
    .map(({ person }) => person.id)
}
