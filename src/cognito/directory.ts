import { setTimeout as wait } from 'node:timers/promises'
import type { PoolRef } from '../core/directory.ts'
import type { Directory } from '../core/ports.ts'
import { Refusal } from '../core/refusal.ts'
import type { PoolRule } from '../domain/pool-rules.ts'
import { createActing } from './acting.ts'
import { createClients, type ClientOptions } from './clients.ts'
import { readPoolsNamed } from './created-pools.ts'
import { createPoolIndex, type TargetState } from './pool-index.ts'
import { createPoolMemory } from './pool-memory.ts'
import { createPaces, type Rates } from './rates.ts'
import { listPools, readTags } from './reads.ts'
import { readSessions } from './session-reads.ts'
import { keyOf, targetsOf } from './target.ts'
import { describeUntil, refreshUntil } from './upkeep.ts'
import { createUserLookup } from './user-lookup.ts'
import { readFactors, readMembers, readUserGroups } from './user-reads.ts'

/** What lists show may be a minute old. */
const SHOWN_MS = 60_000

export interface DirectoryOptions extends ClientOptions {
  /** First match wins; a pool that matches nothing is not managed. */
  readonly rules: readonly PoolRule[]
  /** From 0 to 1: spreads the repeats of a throttled write. */
  readonly random: () => number
  /** Told of an account and region when it begins or ceases to fail. */
  readonly onTarget: (state: TargetState) => void
  /** Other rates than a fifth of the default quotas. */
  readonly rates?: Partial<Rates> | undefined
}

export interface CognitoDirectory extends Directory {
  /** One read per account and region: opens connections, proves credentials and rights. Never throws. */
  warmUp(): Promise<void>
  /** Reads the list of pools whole, once. Never throws. */
  refreshPools(): Promise<void>
  /** Reads it again and again until `close`. */
  keepFresh(): void
  targets(): readonly TargetState[]
  close(): void
}

/** Everything the bot asks of Cognito, over all accounts and regions: each part has a file of its own. */
export function createDirectory(options: DirectoryOptions): CognitoDirectory {
  const { accounts, rules, now, random, onTarget } = options
  const clients = createClients(options)
  const closing = new AbortController()
  const pause = (ms: number) => wait(ms, undefined, { signal: closing.signal })
  const paces = createPaces(options.rates, now, pause)

  const pools = createPoolIndex({
    targets: targetsOf(accounts),
    rules,
    list: async (target, token) => {
      await paces.poolReads(keyOf(target)).take()
      return listPools(clients.reading(target), token)
    },
    tags: async (target, pool) => {
      await paces.poolReads(keyOf(target)).take()
      return readTags(clients.reading(target), pool.id)
    },
    now,
    onTarget: (state) => {
      if (!closing.signal.aborted) onTarget(state)
    },
  })
  const managed = (id: string): PoolRef => {
    const pool = pools.get(id)
    if (!pool) throw notManaged(id, pools.refreshedAt() !== undefined)
    return pool
  }

  const memory = createPoolMemory({ pools, clients, paces, now })
  const traits = (pool: PoolRef) => memory.known(pool.id)?.traits
  const users = createUserLookup({ clients, paces, traits, now, pause })
  const act = createActing({
    clients,
    paces,
    managed,
    read: (pool) => memory.snapshot(pool),
    created: () => void pools.refresh(),
    now,
    random,
    pause,
  })

  return {
    pools,
    pool: async (id) => (await memory.reading(managed(id))).profile,
    knownPool: (id) => (pools.get(id) ? memory.known(id)?.profile : undefined),
    prefetch: (id, name) => {
      const pool = pools.get(id)
      if (!pool) return
      // Whoever needs these will meet the same failures and can tell of them.
      memory.reading(pool).catch(() => undefined)
      if (name?.includes('@')) users.meet(pool, name).catch(() => undefined)
    },
    snapshot: async (id) => {
      const pool = managed(id)
      const pace = paces.poolReads(keyOf(pool))
      // Two calls: DescribeUserPool and GetUserPoolMfaConfig.
      pace.spend()
      pace.spend()
      return memory.snapshot(pool)
    },
    described: async (id, maxAgeMs) => memory.described(managed(id), maxAgeMs),
    lastSeen: (id) => (pools.get(id) ? memory.lastSeen(id) : undefined),
    created: async (place) =>
      readPoolsNamed(clients.reading(place), place.name, () =>
        paces.poolReads(keyOf(place)).take(),
      ),

    user: async (id, name) => users.user(managed(id), name),
    search: async (id, text, limit) => users.search(managed(id), text, limit),
    find: async (id, text) => users.find(managed(id), text),
    knownUser: (id, name) => (pools.get(id) ? users.known(id, name) : undefined),
    userGroups: async (id, name) => {
      const pool = managed(id)
      return users.named(pool, name, (username) =>
        readUserGroups(clients.reading(pool), pool, username),
      )
    },
    poolGroups: async (id) => memory.groups(managed(id)),
    members: async (id, group) => readMembers(clients.reading(managed(id)), managed(id), group),
    factors: async (user) => readFactors(clients.reading(managed(user.pool.id)), user),
    sessions: async (user) => readSessions(clients.reading(managed(user.pool.id)), user),

    act,

    warmUp: () => pools.warmUp(),
    refreshPools: () => pools.refresh(),
    keepFresh: () => {
      void refreshUntil(closing.signal, pause, () => pools.refresh())
      void describeUntil(closing.signal, pause, async () => {
        const pool = memory.unseen()
        if (!pool) return false
        const pace = paces.poolReads(keyOf(pool))
        await pace.take()
        await pace.take()
        await memory.described(pool, SHOWN_MS)
        return memory.isAskedFor()
      })
    },
    targets: () => pools.targets(),
    close: () => {
      closing.abort()
      clients.close()
    },
  }
}

function notManaged(id: string, listed: boolean): Refusal {
  const message = listed
    ? `${id} is not a pool that Lifeguard manages. Choose one from the list.`
    : 'Lifeguard is still reading the list of pools. Try again in a moment.'
  return new Refusal(message, { field: 'pool' })
}
