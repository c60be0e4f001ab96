import { LRUCache } from 'lru-cache'
import { setTimeout as wait } from 'node:timers/promises'
import type { PoolRef, PoolSnapshot, User, UserGroup, UserSummary } from '../core/directory.ts'
import type { CreatedPool, Directory } from '../core/ports.ts'
import type { PoolRule } from '../domain/pool-rules.ts'
import { Refusal } from '../core/refusal.ts'
import { createClients, type ClientOptions } from './clients.ts'
import { byName, orNobody } from './by-name.ts'
import { paces, type Pause } from './pace.ts'
import { createPoolIndex, type TargetState } from './pool-index.ts'
import { readPool, listPools, listUsers, readTags, readUser, type PoolReading } from './reads.ts'
import { remembered } from './remembered.ts'
import { emailIs, filterOf, findingOf, wordsOf } from './search-plan.ts'
import { keyOf, targetsOf } from './target.ts'
import { createUserSearch } from './user-search.ts'
import { createPoolAct } from './pool-writes.ts'
import { readSessions } from './session-reads.ts'
import { readSnapshot } from './snapshot.ts'
import { readFactors, readMembers, readPoolGroups, readUserGroups } from './user-reads.ts'
import { createUserAct, type WriteKind } from './writes.ts'

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

/** Calls per second of one account and region that Lifeguard allows itself (cognito.md 5). */
export interface Rates {
  readonly poolReads: number
  readonly userLists: number
  readonly recovery: number
  readonly update: number
  readonly creation: number
  readonly groups: number
}

/** At most a fifth of what the quotas allow. */
const RATES: Rates = {
  poolReads: 3,
  userLists: 6,
  recovery: 5,
  update: 5,
  creation: 10,
  groups: 5,
}

const PROFILE_MS = 60_000
const REFRESH_MS = 60_000
const SEEN_MS = 10 * 60_000
const MOST_ROWS = 25
/** Pools whose settings are kept in memory: about 5 KB each. */
const MOST_SNAPSHOTS = 10_000
/** The list of pools is read again within a minute and shares this pace: settings are read with what is left. */
const SWEEP_MS = 1_000
const SWEEP_AFTER_MS = 60_000

export function createDirectory(options: DirectoryOptions): CognitoDirectory {
  const { accounts, rules, now, random, onTarget } = options
  const clients = createClients(options)
  const closing = new AbortController()
  const pause = (ms: number) => wait(ms, undefined, { signal: closing.signal })
  const rates = { ...RATES, ...options.rates }
  const poolReads = paces(rates.poolReads, now, pause)
  const userLists = paces(rates.userLists, now, pause)
  const writePaces = {
    recovery: paces(rates.recovery, now, pause),
    update: paces(rates.update, now, pause),
    creation: paces(rates.creation, now, pause),
    groups: paces(rates.groups, now, pause),
  }

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

  const snapshots = new LRUCache<string, PoolSnapshot>({ max: MOST_SNAPSHOTS })
  const snapshot = async (pool: PoolRef) => {
    const read = await readSnapshot(clients.reading(pool), pool, now)
    snapshots.set(pool.id, read)
    return read
  }
  const descriptions = remembered<PoolSnapshot>(PROFILE_MS, 1_000, now)
  const groupsOfPools = remembered<readonly UserGroup[]>(PROFILE_MS, 1_000, now)
  const changing = alone()

  /** Pools that a list has shown without their settings. */
  const wanted = new Set<string>()
  const startedAt = now()
  /** Those first; all others once the start is over. */
  const nextUnseen = (): PoolRef | undefined => {
    const asked = Array.from(wanted, (id) => pools.get(id)).find((pool) => pool !== undefined)
    if (asked || now() - startedAt < SWEEP_AFTER_MS) return asked
    return pools.all().find(({ id }) => !snapshots.has(id))
  }

  const list = async (pool: PoolRef, filter: string | undefined, enough = 1, pages?: number) => {
    await userLists(keyOf(pool)).take()
    return listUsers(clients.reading(pool), pool, filter, enough, pages)
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
    userGroups: async (id, name) => {
      const pool = managed(id)
      return named(pool, name, (username) => readUserGroups(clients.reading(pool), pool, username))
    },
    snapshot: async (id) => {
      const pool = managed(id)
      const pace = poolReads(keyOf(pool))
      // Two calls: DescribeUserPool and GetUserPoolMfaConfig.
      pace.spend()
      pace.spend()
      return snapshot(pool)
    },
    described: async (id, maxAgeMs) => {
      const pool = managed(id)
      const known = snapshots.get(id)
      if (known && now() - known.readAt <= maxAgeMs) return known
      return descriptions.get(id, async () => snapshot(pool))
    },
    lastSeen: (id) => {
      if (!pools.get(id)) return undefined
      const known = snapshots.peek(id)
      if (!known) wanted.add(id)
      return known
    },
    poolGroups: async (id) => {
      const pool = managed(id)
      return groupsOfPools.get(id, async () => readPoolGroups(clients.reading(pool), pool))
    },
    members: async (id, group) => readMembers(clients.reading(managed(id)), managed(id), group),
    find: async (id, text) => {
      const pool = managed(id)
      const match = findingOf(text)
      if (!match) throw new Refusal(TOO_SHORT, { field: 'text' })
      const { rows, complete } = await list(pool, filterOf(match), MOST_ROWS, 1)
      for (const user of rows) see(pool, user)
      const shown = rows.slice(0, MOST_ROWS)
      return {
        rows: shown,
        searched: wordsOf(match),
        complete: complete && shown.length === rows.length,
      }
    },
    factors: async (user) => readFactors(clients.reading(managed(user.pool.id)), user),
    sessions: async (user) => readSessions(clients.reading(managed(user.pool.id)), user),
    created: async (place) => {
      const wire = clients.reading(place)
      const found: CreatedPool[] = []
      let token: string | undefined
      do {
        await poolReads(keyOf(place)).take()
        const page = await listPools(wire, token)
        for (const pool of page.pools.filter(({ name }) => name === place.name))
          found.push({
            id: pool.id,
            createdAt: pool.createdAt,
            tags: await readTags(wire, pool.id),
          })
        token = page.next
      } while (token !== undefined)
      return found
    },
    act: (person, witness, { paced = false } = {}) => {
      const wireFor = (pool: PoolRef) =>
        clients.writing(pool, { team: person.team, user: person.id })
      const performing = { witness, now, random }
      const turn = async (pool: PoolRef, kind: WriteKind) => {
        const pace = writePaces[kind](keyOf(pool))
        if (paced) await pace.take()
        else pace.spend()
      }
      return {
        ...createUserAct({ ...performing, wireFor: (pool) => wireFor(managed(pool.id)), turn }),
        ...createPoolAct({
          ...performing,
          wireFor,
          read: snapshot,
          pause,
          alone: changing,
          created: () => void pools.refresh(),
        }),
      }
    },
    warmUp: () => pools.warmUp(),
    refreshPools: () => pools.refresh(),
    keepFresh: () => {
      void refreshUntil(closing.signal, () => pools.refresh(), pause)
      void describeUntil(closing.signal, pause, async () => {
        const pool = nextUnseen()
        if (!pool) return
        wanted.delete(pool.id)
        const pace = poolReads(keyOf(pool))
        await pace.take()
        await pace.take()
        await snapshot(pool)
      })
    },
    targets: () => pools.targets(),
    close: () => {
      closing.abort()
      clients.close()
    },
  }
}

/** The settings of pools that nobody has looked at yet, one pool after the other, for lists. */
async function describeUntil(
  closed: AbortSignal,
  pause: Pause,
  next: () => Promise<void>,
): Promise<void> {
  while (!closed.aborted) {
    // A pool that cannot be read must not keep the others from being read.
    await next().catch(() => pause(SWEEP_MS).catch(() => undefined))
    await pause(SWEEP_MS).catch(() => undefined)
  }
}

/** Work on the same pool waits for the work before it. */
function alone() {
  const last = new Map<string, Promise<unknown>>()
  return async <T>(pool: string, work: () => Promise<T>): Promise<T> => {
    const before = last.get(pool) ?? Promise.resolve()
    const result = before.then(work, work)
    last.set(pool, result)
    try {
      return await result
    } finally {
      if (last.get(pool) === result) last.delete(pool)
    }
  }
}

const TOO_SHORT =
  'Type at least three characters of an e-mail address, phone number, username or name.'

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
