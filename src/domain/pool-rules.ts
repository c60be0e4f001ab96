/** Several conditions in one rule must all hold. */
export interface PoolMatch {
  /** A glob over the pool's name: `*` stands for any text, `?` for one character. */
  readonly name?: string
  readonly id?: string
  readonly tags?: Readonly<Record<string, string>>
}

/** Pools that match belong to the environment. */
export interface PoolRule {
  readonly match: PoolMatch
  readonly environment: string
}

interface Named {
  readonly id: string
  readonly name: string
}

/** The first rule that matches; a pool without one is not managed. */
export function poolRuleFor(
  rules: readonly PoolRule[],
  pool: Named & { readonly tags: Readonly<Record<string, string>> },
): PoolRule | undefined {
  return rules.find(({ match }) => namedBy(match, pool) && taggedBy(match, pool.tags))
}

/** Whether the tags, which cost a call per pool, can make a difference for this one. */
export function needsTags(rules: readonly PoolRule[], pool: Named): boolean {
  const first = rules.find(({ match }) => namedBy(match, pool))
  return first?.match.tags !== undefined
}

function namedBy(match: PoolMatch, { id, name }: Named): boolean {
  return (
    (match.id === undefined || match.id === id) &&
    (match.name === undefined || globMatches(match.name, name))
  )
}

function taggedBy({ tags = {} }: PoolMatch, actual: Readonly<Record<string, string>>): boolean {
  return Object.entries(tags).every(
    ([key, value]) => Object.hasOwn(actual, key) && actual[key] === value,
  )
}

/** Never looks back past the last `*`, so that no pattern takes exponential time. */
function globMatches(pattern: string, text: string): boolean {
  let p = 0
  let t = 0
  let star = -1
  let retry = 0
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++
      retry = t
    } else if (pattern[p] === '?' || pattern[p] === text[t]) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++retry
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}
