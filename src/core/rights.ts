import { attributesFrom, combinationsOf } from './attributes.ts'
import type { Attributes } from './attributes.ts'
import type { PoolRef } from './directory.ts'
import type { Facts, Operation, Values } from './operation.ts'
import type { Standing } from './person.ts'
import { permittedPools } from './permitted-pools.ts'
import type { PermittedPools, Policy, Pools } from './ports.ts'
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
  /** The pools in which the policy leaves a way to the operation. */
  pools(standing: Standing, operation: Facts): PermittedPools
}

export function createRights(
  operations: readonly Operation[],
  policy: Pick<Policy, 'decide' | 'readsPoolIdentity'>,
  pools: Pools,
): Rights {
  const kindOf = kindsFor(policy)
  const samples = samplesOf(pools, kindOf)

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
    pools: (standing, operation) =>
      permittedPools(pools, kindOf, (pool) => offers(standing, operation, pool, {})),
  }
}

/** Pools of one kind are alike to the policy. */
function kindsFor({ readsPoolIdentity }: Pick<Policy, 'readsPoolIdentity'>) {
  return ({ environment, account, region, id, name }: PoolRef): string =>
    readsPoolIdentity ? [environment, account, region, id, name].join('\n') : environment
}

/** One pool of each kind. */
function samplesOf(pools: Pools, kindOf: (pool: PoolRef) => string): () => readonly PoolRef[] {
  let last: { at: number | undefined; sample: readonly PoolRef[] } | undefined
  return () => {
    const at = pools.refreshedAt()
    if (last?.at !== at || at === undefined) last = { at, sample: distinct(pools.all(), kindOf) }
    return last?.sample ?? []
  }
}

function distinct(all: readonly PoolRef[], kindOf: (pool: PoolRef) => string): readonly PoolRef[] {
  const seen = new Map<string, PoolRef>()
  for (const pool of all) {
    const kind = kindOf(pool)
    if (!seen.has(kind)) seen.set(kind, pool)
  }
  return [...seen.values()]
}

function agrees(way: Attributes, choice: Attributes): boolean {
  return Object.entries(choice).every(([name, value]) => way[name] === value)
}
