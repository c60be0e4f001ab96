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

/** Everything that the loaded policies read of a question, and the person's groups in any order. */
export const questionKeyOf =
  (byIdentity: boolean) =>
  ({ person, groups, operation, pool, attributes }: Question): string =>
    JSON.stringify([
      person,
      groups.toSorted(),
      operation,
      placeOf(pool, byIdentity),
      Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ])

export const ballotKeyOf =
  (byIdentity: boolean) =>
  ({ person, groups, operation, pool, requester, approvals }: Ballot): string =>
    JSON.stringify([
      person,
      groups.toSorted(),
      operation,
      placeOf(pool, byIdentity),
      requester,
      approvals,
    ])

/** Policies that read the environment alone decide ten thousand pools as they decide one. */
function placeOf(pool: PoolRef, byIdentity: boolean): readonly string[] {
  const { id, name, environment, account, region } = pool
  return byIdentity ? [environment, id, name, account, region] : [environment]
}
