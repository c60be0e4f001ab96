import type { Facts } from '../operation.ts'
import type { Standing } from '../person.ts'
import { SEE_PERSONAL_DATA } from '../personal-data.ts'
import type { Look } from '../ports.ts'
import type { Request } from '../request.ts'
import type { Rights } from '../rights.ts'
import type { WorkflowParts } from './parts.ts'

/** Requests as one person sees them. */
export interface RequestLists {
  own(standing: Standing): Promise<readonly Request[]>
  waiting(standing: Standing): Promise<readonly Request[]>
}

interface Sources extends WorkflowParts {
  readonly rights: Rights
  readonly requests: RequestLists
  readonly poolName: (id: string) => string
}

/** Summaries and pickers may be a minute old. */
const DISPLAY_AGE_MS = 60_000
const HISTORY = 20

/** All that a query or a plan may use: reads, on behalf of one person. */
export function lookOf(
  sources: Sources,
  standing: Standing,
  operation: Facts,
  request: string,
): Look {
  const { directory, rights, requests, store, now, inventory, operations, poolName } = sources
  const named = (name: string) => operations.find((one) => one.name === name)
  return {
    standing,
    inventory,
    request,
    now,
    poolName,
    pool: async (id) => directory.pool(id),
    snapshot: async (id) => directory.snapshot(id),
    user: async (pool, name) => directory.user(pool, name),
    userGroups: async (pool, name) => directory.userGroups(pool, name),
    factors: async (user) => directory.factors(user),
    sessions: async (user) => directory.sessions(user),
    created: async (place) => directory.created(place),
    described: async (id) => directory.described(id, DISPLAY_AGE_MS),
    lastSeen: (id) => directory.lastSeen(id),
    poolGroups: async (pool) => directory.poolGroups(pool),
    members: async (pool, group) => directory.members(pool, group),
    find: async (pool, text) => directory.find(pool, text),
    pools: rights.pools(standing, operation),
    permitted: () => rights.permitted(standing),
    may: (name, pool) => {
      const found = named(name)
      return found !== undefined && rights.offers(standing, found, pool, {})
    },
    seesPersonalData: (pool) =>
      rights.verdict(standing, SEE_PERSONAL_DATA, pool, {}).kind === 'run',
    ownRequests: async () => requests.own(standing),
    waitingRequests: async () => requests.waiting(standing),
    poolChanges: async (pool) => store.poolChanges(pool, HISTORY),
    history: async (about) => store.history(about, HISTORY),
  }
}
