import { attributesFrom, combinationsOf } from './attributes.ts'
import type { Attributes } from './attributes.ts'
import type { PoolRef } from './directory.ts'
import type { Facts, Operation, Values } from './operation.ts'
import type { Standing } from './person.ts'
import type { Policy, Pools } from './ports.ts'
import type { Verdict } from './verdict.ts'

/** What people may do, by the policy, from memory. */
export interface Rights {
  verdict(standing: Standing, operation: Facts, pool: PoolRef, values: Values): Verdict
  /** Operations this person may ask for in some pool with some choice of attributes. */
  permitted(standing: Standing): readonly Operation[]
  /** Whether the policy leaves a way to this choice, in the pool or, without one, anywhere. */
  offers(
    standing: Standing,
    operation: Facts,
    pool: PoolRef | undefined,
    choice: Attributes,
  ): boolean
}

export function createRights(
  operations: readonly Operation[],
  policy: Pick<Policy, 'decide' | 'readsPoolIdentity'>,
  pools: Pools,
): Rights {
  const samples = samplesOf(policy, pools)

  const ask = (standing: Standing, operation: Facts, pool: PoolRef, attributes: Attributes) =>
    policy.decide({
      person: standing.person.id,
      groups: standing.groups,
      operation: operation.name,
      pool,
      attributes,
    })

  const offers: Rights['offers'] = (standing, operation, pool, choice) => {
    const ways = combinationsOf(operation).filter((way) => agrees(way, choice))
    const places = pool ? [pool] : samples()
    return places.some((place) =>
      ways.some((way) => ask(standing, operation, place, way).kind !== 'refuse'),
    )
  }

  return {
    verdict: (standing, operation, pool, values) =>
      ask(standing, operation, pool, attributesFrom(operation, values)),
    permitted: (standing) =>
      operations.filter((one) => !one.pooled || offers(standing, one, undefined, {})),
    offers,
  }
}

/** One pool for each that the policy can tell apart. */
function samplesOf(
  policy: Pick<Policy, 'readsPoolIdentity'>,
  pools: Pools,
): () => readonly PoolRef[] {
  let last: { at: number | undefined; sample: readonly PoolRef[] } | undefined
  return () => {
    const at = pools.refreshedAt()
    if (last?.at !== at || at === undefined)
      last = { at, sample: distinct(pools.all(), policy.readsPoolIdentity) }
    return last?.sample ?? []
  }
}

function distinct(all: readonly PoolRef[], byIdentity: boolean): readonly PoolRef[] {
  const seen = new Map<string, PoolRef>()
  for (const pool of all) {
    const key = byIdentity
      ? [pool.environment, pool.account, pool.region, pool.name].join('\n')
      : pool.environment
    if (!seen.has(key)) seen.set(key, pool)
  }
  return [...seen.values()]
}

function agrees(way: Attributes, choice: Attributes): boolean {
  return Object.entries(choice).every(([name, value]) => way[name] === value)
}
