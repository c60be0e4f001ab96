import { LRUCache } from 'lru-cache'
import { setTimeout as wait } from 'node:timers/promises'
import type { PoolRef, User, UserSummary } from '../core/directory.ts'
import type { Directory } from '../core/ports.ts'
import type { PoolRule } from '../domain/pool-rules.ts'
import { Refusal } from '../core/refusal.ts'
import { createClients, type ClientOptions } from './clients.ts'
import { byName, orNobody } from './by-name.ts'
import { paces, type Pause } from './pace.ts'
import { createPoolIndex, type TargetState } from './pool-index.ts'
import {
  readPool,
  listPools,
  listUsers,
  readGroups,
  readTags,
  readUser,
  type PoolReading,
} from './reads.ts'
import { remembered } from './remembered.ts'
import { emailIs } from './search-plan.ts'
import { keyOf, targetsOf } from './target.ts'
import { createUserSearch } from './user-search.ts'
import { createAct } from './writes.ts'

export interface DirectoryOptions extends ClientOptions {
  /** First match wins; a pool that matches nothing is not managed. */
  readonly rules: readonly PoolRule[]
  /** From 0 to 1: spreads the repeats of a throttled write. */
  readonly random: () => number
  /** Told of an account and region when it begins or ceases to fail. */
  readonly onTarget: (state: TargetState) => void
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

const PROFILE_MS = 60_000
const REFRESH_MS = 60_000
const SEEN_MS = 10 * 60_000
const MOST_ROWS = 25
/** A fifth of what the quotas allow per second (cognito.md 5). */
const POOL_READS = 3
const USER_LISTS = 6

export function createDirectory(options: DirectoryOptions): CognitoDirectory {
  const { accounts, rules, now, random, onTarget } = options
  const clients = createClients(options)
  const closing = new AbortController()
  const pause = (ms: number) => wait(ms, undefined, { signal: closing.signal })
  const poolReads = paces(POOL_READS, now, pause)
  const userLists = paces(USER_LISTS, now, pause)

  const pools = createPoolIndex({
    targets: targetsOf(accounts),
    rules,
    list: async (target, token) => {
      await poolReads(keyOf(target)).take()
      return listPools(clients.reading(target), token)
    },
    tags: async (target, pool) => {
      await poolReads(keyOf(target)).take()
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

  const readings = remembered<PoolReading>(PROFILE_MS, 1_000, now)
  const reading = (pool: PoolRef) =>
    readings.get(pool.id, () => {
      poolReads(keyOf(pool)).spend()
      return readPool(clients.reading(pool), pool)
    })

  const list = async (pool: PoolRef, filter: string | undefined, enough = 1) => {
    await userLists(keyOf(pool)).take()
    return listUsers(clients.reading(pool), pool, filter, enough)
  }
  const traits = (pool: PoolRef) => readings.known(pool.id)?.traits
  const search = createUserSearch({ list, traits, now, pause })

  const named = <T>(pool: PoolRef, name: string, read: (name: string) => Promise<T>) =>
    byName(pool, name, read, (email) => list(pool, emailIs(email), 2))

  const seen = new LRUCache<string, UserSummary>({
    max: 5_000,
    ttl: SEEN_MS,
    ttlResolution: 0,
    perf: { now },
  })
  const see = (pool: PoolRef, user: UserSummary) => {
    for (const name of [user.username, user.sub]) seen.set(`${pool.id} ${name}`, user)
  }

  const read = (pool: PoolRef) => (name: string) => readUser(clients.reading(pool), pool, name)

  /** Learns the username behind an e-mail before it is needed. */
  const meet = async (pool: PoolRef, email: string) => {
    const { rows, complete } = await list(pool, emailIs(email), 2)
    const [only] = rows
    if (only && rows.length === 1 && complete) seen.set(`${pool.id} ${email}`, only)
  }

  /** The user whose e-mail was looked up before, if it is still theirs: saves asking by alias first. */
  const expected = async (pool: PoolRef, name: string): Promise<User | undefined> => {
    const known = name.includes('@') ? seen.get(`${pool.id} ${name}`) : undefined
    if (!known || known.username === name) return undefined
    const user = await orNobody(read(pool)(known.username))
    return user?.found.email === known.email ? user?.found : undefined
  }

  return {
    pools,
    pool: async (id) => (await reading(managed(id))).profile,
    prefetch: (id, name) => {
      const pool = pools.get(id)
      if (!pool) return
      // Whoever needs these will meet the same failures and can tell of them.
      reading(pool).catch(() => undefined)
      if (name?.includes('@')) meet(pool, name).catch(() => undefined)
    },
    knownPool: (id) => (pools.get(id) ? readings.known(id)?.profile : undefined),
    user: async (id, name) => {
      const pool = managed(id)
      const user = (await expected(pool, name)) ?? (await named(pool, name, read(pool)))
      see(pool, user)
      return user
    },
    search: async (id, text, limit) => {
      const pool = managed(id)
      const rows = (await search(pool, text)).slice(0, Math.min(limit, MOST_ROWS))
      for (const user of rows) see(pool, user)
      return rows
    },
    knownUser: (id, name) => (pools.get(id) ? seen.get(`${id} ${name}`) : undefined),
    groups: async (id, name) => {
      const pool = managed(id)
      return named(pool, name, (username) => readGroups(clients.reading(pool), pool, username))
    },
    act: (person, witness) =>
      createAct({
        wireFor: (user) =>
          clients.writing(managed(user.pool.id), { team: person.team, user: person.id }),
        witness,
        now,
        random,
      }),
    warmUp: () => pools.warmUp(),
    refreshPools: () => pools.refresh(),
    keepFresh: () => void refreshUntil(closing.signal, () => pools.refresh(), pause),
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

/** A pool that was just created or deleted shows within a minute or so. */
async function refreshUntil(
  closed: AbortSignal,
  refresh: () => Promise<void>,
  pause: Pause,
): Promise<void> {
  while (!closed.aborted) {
    await refresh()
    await pause(REFRESH_MS).catch(() => undefined)
  }
}
