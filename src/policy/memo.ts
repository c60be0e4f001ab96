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

/** What the loaded policies can tell apart beyond groups, environments and attributes. */
export interface Reading {
  /** One pool of an environment from another. */
  readonly pools: boolean
  /** One person from another of the same groups. */
  readonly people: boolean
}

/** Everything that the loaded policies read of a question, and the person's groups in any order. */
export const questionKeyOf =
  ({ pools, people }: Reading) =>
  ({ person, groups, operation, pool, attributes }: Question): string =>
    JSON.stringify([
      people ? person : null,
      groups.toSorted(),
      operation,
      placeOf(pool, pools),
      Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ])

/** The person always counts: a policy may compare them with the requester. */
export const ballotKeyOf =
  ({ pools }: Pick<Reading, 'pools'>) =>
  ({ person, groups, operation, pool, requester, approvals }: Ballot): string =>
    JSON.stringify([
      person,
      groups.toSorted(),
      operation,
      placeOf(pool, pools),
      requester,
      approvals,
    ])

/** Policies that read the environment alone decide ten thousand pools as they decide one. */
function placeOf(pool: PoolRef, byIdentity: boolean): readonly string[] {
  const { id, name, environment, account, region } = pool
  return byIdentity ? [environment, id, name, account, region] : [environment]
}
