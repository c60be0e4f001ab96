import type { PoolRef, PoolSnapshot } from '../core/directory.ts'
import type { Clock, Directory } from '../core/ports.ts'
import { alone } from './alone.ts'
import type { Clients } from './clients.ts'
import type { Pause } from './pace.ts'
import { createPoolAct } from './pool-writes.ts'
import type { Paces } from './rates.ts'
import { keyOf } from './target.ts'
import { createUserAct, type WriteKind } from './writes.ts'

interface Options {
  readonly clients: Clients
  readonly paces: Paces
  /** The pool of this id, or a refusal. */
  readonly managed: (id: string) => PoolRef
  /** The pool as it is now. */
  readonly read: (pool: PoolRef) => Promise<PoolSnapshot>
  /** The list of pools has grown. */
  readonly created: () => void
  readonly now: Clock
  readonly random: () => number
  readonly pause: Pause
}

/** Writes in the name of a person. */
export function createActing(options: Options): Directory['act'] {
  const { clients, paces, managed, read, created, now, random, pause } = options
  const changing = alone(now)
  return (person, witness, { paced = false } = {}) => {
    const wireFor = (pool: PoolRef) => clients.writing(pool, { team: person.team, user: person.id })
    const performing = { witness, now, random }
    const turn = async (pool: PoolRef, kind: WriteKind) => {
      const pace = paces[kind](keyOf(pool))
      if (paced) await pace.take()
      else pace.spend()
    }
    return {
      ...createUserAct({ ...performing, wireFor: (pool) => wireFor(managed(pool.id)), turn }),
      ...createPoolAct({ ...performing, wireFor, read, pause, alone: changing, created }),
    }
  }
}
