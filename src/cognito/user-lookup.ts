import { LRUCache } from 'lru-cache'
import type { PoolRef, User, UserSearch, UserSummary } from '../core/directory.ts'
import type { Clock } from '../core/ports.ts'
import { Refusal } from '../core/refusal.ts'
import { byName, orNobody } from './by-name.ts'
import type { Clients } from './clients.ts'
import type { Pause } from './pace.ts'
import type { Paces } from './rates.ts'
import { listUsers, readUser, type PoolTraits } from './reads.ts'
import { emailIs, findingOf } from './search-plan.ts'
import { keyOf } from './target.ts'
import { createUserSearch } from './user-search.ts'

/** From what somebody typed to a user. */
export interface UserLookup {
  /** Always read now. `name` is a username, an alias, a `sub` or an e-mail address. */
  user(pool: PoolRef, name: string): Promise<User>
  /** Any other reading of a user who may be named in all these ways. */
  named<T>(pool: PoolRef, name: string, read: (name: string) => Promise<T>): Promise<T>
  /** While somebody types. */
  search(pool: PoolRef, text: string, limit: number): Promise<readonly UserSummary[]>
  /** One question, whose answer says what was searched. */
  find(pool: PoolRef, text: string): Promise<UserSearch>
  /** From memory alone. */
  known(poolId: string, name: string): UserSummary | undefined
  /** Learns the username behind an e-mail before it is needed. */
  meet(pool: PoolRef, email: string): Promise<void>
}

interface Options {
  readonly clients: Clients
  readonly paces: Paces
  /** What is known of the pool, from memory. */
  readonly traits: (pool: PoolRef) => PoolTraits | undefined
  readonly now: Clock
  readonly pause: Pause
}

const SEEN_MS = 10 * 60_000
const MOST_ROWS = 25
const TOO_SHORT =
  'Type at least three characters of an e-mail address, phone number, username or name.'

export function createUserLookup({ clients, paces, traits, now, pause }: Options): UserLookup {
  const list = async (pool: PoolRef, filter: string | undefined, enough = 1) => {
    await paces.userLists(keyOf(pool)).take()
    return listUsers(clients.reading(pool), pool, filter, enough)
  }
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

  /** The user whose e-mail was looked up before, if it is still theirs: saves asking by alias first. */
  const expected = async (pool: PoolRef, name: string): Promise<User | undefined> => {
    const known = name.includes('@') ? seen.get(`${pool.id} ${name}`) : undefined
    if (!known || known.username === name) return undefined
    const user = await orNobody(read(pool)(known.username))
    return user?.found.email === known.email ? user?.found : undefined
  }

  return {
    user: async (pool, name) => {
      const user = (await expected(pool, name)) ?? (await named(pool, name, read(pool)))
      see(pool, user)
      return user
    },
    named,
    search: async (pool, text, limit) => {
      const rows = (await search(pool, text)).slice(0, Math.min(limit, MOST_ROWS))
      for (const user of rows) see(pool, user)
      return rows
    },
    find: async (pool, text) => {
      const finding = findingOf(text, traits(pool))
      if (!finding) throw new Refusal(TOO_SHORT, { field: 'text' })
      const { rows, complete } = await list(pool, finding.filter)
      const meant = rows.filter(finding.isMeant)
      for (const user of meant) see(pool, user)
      return {
        rows: meant.slice(0, MOST_ROWS),
        searched: finding.words,
        complete: complete && meant.length <= MOST_ROWS,
      }
    },
    known: (poolId, name) => seen.get(`${poolId} ${name}`),
    meet: async (pool, email) => {
      const { rows, complete } = await list(pool, emailIs(email), 2)
      const [only] = rows
      if (only && rows.length === 1 && complete) seen.set(`${pool.id} ${email}`, only)
    },
  }
}
