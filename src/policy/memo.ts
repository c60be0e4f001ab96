import { LRUCache } from 'lru-cache'
import type { PoolRef } from '../core/directory.ts'
import type { Ballot, Question } from '../core/verdict.ts'

/** Verdicts kept: about 5 MB. */
const MOST = 10_000

/**
 * Remembers the answers of one loaded policy set, refusals too. What throws is not kept.
 * Memberships are part of the question and are not remembered here.
 */
export function memoised<Q, V extends object>(
  keyOf: (question: Q) => string,
  decide: (question: Q) => V,
): (question: Q) => V {
  const answers = new LRUCache<string, V>({ max: MOST })
  return (question) => {
    const key = keyOf(question)
    const known = answers.get(key)
    if (known) return known
    const answer = decide(question)
    answers.set(key, answer)
    return answer
  }
}

/** Everything that a policy can read of a question, whether this set does so or not. */
export function questionKey({ person, groups, operation, pool, attributes }: Question): string {
  return JSON.stringify([
    person,
    groups.toSorted(),
    operation,
    placeOf(pool),
    Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ])
}

export function ballotKey({
  person,
  groups,
  operation,
  pool,
  requester,
  approvals,
}: Ballot): string {
  return JSON.stringify([person, groups.toSorted(), operation, placeOf(pool), requester, approvals])
}

function placeOf({ id, name, environment, account, region }: PoolRef): readonly string[] {
  return [id, name, environment, account, region]
}
