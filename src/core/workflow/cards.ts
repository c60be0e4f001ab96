import type { CardModel } from '../board.ts'
import type { Standing } from '../person.ts'
import type { Request } from '../request.ts'
import { couldDecide } from './eligibility.ts'
import { nameOf } from './parts.ts'
import type { Common } from './parts.ts'

const MOST_SHOWN = 20

/** The card as the store and the memory of people have it. */
export async function cardOf(common: Common, request: Request): Promise<CardModel> {
  const votes = await common.store.votes(request.id, request.round)
  const approvers = approversOf(common, request)
  const pool = common.placeOf(request)
  const groups = new Set(approvers.flatMap((standing) => standing.groups))
  return {
    request,
    title: titleOf(common, request),
    pool,
    poolName: pool ? nameOf(pool) : request.pool,
    votes: votes.map(({ person }) => person),
    approverGroups: [...groups].filter((group) => approvesByGroup(common, request, group)),
    approvers: approvers.map(({ person }) => person.id),
    steps: await stepsOf(common, request),
  }
}

async function stepsOf({ operations, store }: Common, { id, operation, state }: Request) {
  const found = operations.find(({ name }) => name === operation)
  const inSteps = found?.kind === 'mutation' && found.resumable
  return inSteps && state !== 'pending' && state !== 'approved' ? store.steps(id) : []
}

/** The cards of several requests, one after the other. */
export async function cardsOf(
  common: Common,
  requests: readonly Request[],
): Promise<readonly CardModel[]> {
  const cards: CardModel[] = []
  for (const request of requests) {
    await common.breathe()
    cards.push(await cardOf(common, request))
  }
  return cards
}

/** Members of configured groups who may decide, as far as memory can tell. */
export function approversOf(common: Common, request: Request): readonly Standing[] {
  return common.people.members().filter((member) => couldDecide(common, request, member))
}

/** Asked for a member of this group alone who is nobody in particular. */
function approvesByGroup(common: Common, request: Request, group: string): boolean {
  const [sample] = common.people.members()
  if (!sample) return false
  const person = { ...sample.person, id: 'U0000000000', email: undefined }
  return couldDecide(common, request, { ...sample, person, groups: [group] })
}

function titleOf({ operations }: Common, { operation }: Request): string {
  return operations.find(({ name }) => name === operation)?.title ?? operation
}

export async function own(common: Common, { person }: Standing): Promise<readonly Request[]> {
  return common.store.requestsOf(person.id, MOST_SHOWN)
}

/** Open requests and reviews that this person could settle, newest first. */
export async function waiting(common: Common, standing: Standing): Promise<readonly Request[]> {
  const open = await common.store.openRequests(OPEN_LOOKED_AT)
  const found: Request[] = []
  for (const [index, request] of open.entries()) {
    // Each ruling may cost a fifth of a millisecond.
    if (index % RULINGS_AT_ONCE === 0) await common.breathe()
    const settleable = request.state === 'pending' || reviewOpen(request)
    if (settleable && couldDecide(common, request, standing)) found.push(request)
    if (found.length === MOST_SHOWN) break
  }
  return found
}

const OPEN_LOOKED_AT = 100
const RULINGS_AT_ONCE = 5

function reviewOpen({ emergency }: Request): boolean {
  return emergency !== undefined && emergency.reviewedBy === undefined
}
