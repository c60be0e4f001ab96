import { LRUCache } from 'lru-cache'
import type { Question, Verdict } from '../core/verdict.ts'

/** Verdicts kept: about 5 MB. */
const MOST = 10_000

/**
 * Remembers the verdicts of one loaded policy set, refusals too. What throws is not kept.
 * Memberships are part of the question and are not remembered here.
 */
export function memoised(decide: (question: Question) => Verdict): (question: Question) => Verdict {
  const verdicts = new LRUCache<string, Verdict>({ max: MOST })
  return (question) => {
    const key = keyOf(question)
    const known = verdicts.get(key)
    if (known) return known
    const verdict = decide(question)
    verdicts.set(key, verdict)
    return verdict
  }
}

/** Everything that a policy can read, whether this set does so or not. */
function keyOf({ person, groups, operation, pool, attributes }: Question): string {
  return JSON.stringify([
    person,
    groups.toSorted(),
    operation,
    [pool.id, pool.name, pool.environment, pool.account, pool.region],
    Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ])
}
