import { LRUCache } from 'lru-cache'
import type { PoolRef, PoolSnapshot, UserGroup } from '../core/directory.ts'
import type { Clock, Pools } from '../core/ports.ts'
import type { Clients } from './clients.ts'
import { readPool, type PoolReading } from './reads.ts'
import { remembered } from './remembered.ts'
import type { Paces } from './rates.ts'
import { readSnapshot } from './snapshot.ts'
import { keyOf } from './target.ts'
import { readPoolGroups } from './user-reads.ts'

/** What has been read of pools, and for how long it counts. */
export interface PoolMemory {
  /** At most a minute old. */
  reading(pool: PoolRef): Promise<PoolReading>
  /** The same from memory alone. */
  known(id: string): PoolReading | undefined
  /** Always read now: for a write, and to see what came of it. */
  snapshot(pool: PoolRef): Promise<PoolSnapshot>
  described(pool: PoolRef, maxAgeMs: number): Promise<PoolSnapshot>
  /** From memory alone. What is not there is read before the pools that nobody asked for. */
  lastSeen(id: string): PoolSnapshot | undefined
  /** A pool whose settings have not been read yet, if it is time to read such. */
  unseen(): PoolRef | undefined
  /** Whether somebody was shown a list in which settings are missing. */
  isAskedFor(): boolean
  groups(pool: PoolRef): Promise<readonly UserGroup[]>
}

interface Options {
  readonly pools: Pools
  readonly clients: Clients
  readonly paces: Paces
  readonly now: Clock
}

const PROFILE_MS = 60_000
/** Pools whose settings are kept in memory: about 5 KB each. */
const MOST_SNAPSHOTS = 10_000
const SWEEP_AFTER_MS = 60_000

export function createPoolMemory({ pools, clients, paces, now }: Options): PoolMemory {
  const readings = remembered<PoolReading>(PROFILE_MS, 1_000, now)
  const descriptions = remembered<PoolSnapshot>(PROFILE_MS, 1_000, now)
  const groups = remembered<readonly UserGroup[]>(PROFILE_MS, 1_000, now)

  const snapshots = new LRUCache<string, PoolSnapshot>({ max: MOST_SNAPSHOTS })
  const snapshot = async (pool: PoolRef) => {
    const read = await readSnapshot(clients.reading(pool), pool, now)
    snapshots.set(pool.id, read)
    return read
  }

  /** Pools that a list has shown without their settings. */
  const wanted = new Set<string>()
  const startedAt = now()
  /** Those first; all others once the start is over. */
  const nextUnseen = (): PoolRef | undefined => {
    const asked = Array.from(wanted, (id) => pools.get(id)).find((pool) => pool !== undefined)
    if (asked || now() - startedAt < SWEEP_AFTER_MS) return asked
    return pools.all().find(({ id }) => !snapshots.has(id))
  }

  return {
    reading: (pool) =>
      readings.get(pool.id, () => {
        paces.poolReads(keyOf(pool)).spend()
        return readPool(clients.reading(pool), pool)
      }),
    known: (id) => readings.known(id),
    snapshot,
    described: async (pool, maxAgeMs) => {
      const known = snapshots.get(pool.id)
      if (known && now() - known.readAt <= maxAgeMs) return known
      return descriptions.get(pool.id, async () => snapshot(pool))
    },
    lastSeen: (id) => {
      const known = snapshots.peek(id)
      if (!known) wanted.add(id)
      return known
    },
    unseen: () => {
      const pool = nextUnseen()
      if (pool) wanted.delete(pool.id)
      return pool
    },
    isAskedFor: () => wanted.size > 0,
    groups: (pool) => groups.get(pool.id, async () => readPoolGroups(clients.reading(pool), pool)),
  }
}
