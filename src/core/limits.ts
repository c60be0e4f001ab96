import type { Ceiling, Over } from './ports.ts'
import { waitOf } from './wait.ts'

interface Limit {
  readonly writes: number
  readonly perMs: number
}

/** How many writes there may be. Undefined: as many as one likes. */
export interface Limits {
  readonly perRequester: Limit | undefined
  readonly perPool: Limit | undefined
  readonly all: Limit | undefined
}

/** What holds for one requester and one pool, the closest first. */
export function ceilingsFor(limits: Limits, requester: string, pool: string): readonly Ceiling[] {
  const { perRequester, perPool, all } = limits
  return [
    ...ceiling(perRequester, { whom: 'you', requester }),
    ...ceiling(perPool, { whom: 'this pool', pool }),
    ...ceiling(all, { whom: 'everybody' }),
  ]
}

function ceiling(limit: Limit | undefined, about: Omit<Ceiling, 'most' | 'perMs'>): Ceiling[] {
  return limit ? [{ ...about, most: limit.writes, perMs: limit.perMs }] : []
}

/** Why a change is not made now, and when to try again. `now` in milliseconds since the epoch. */
export function overSentence({ ceiling, freeAt }: Over, now: number): string {
  const { whom, most, perMs } = ceiling
  const changes = most === 1 ? '1 change' : `${most} changes`
  const again = freeAt > now ? `in ${waitOf(freeAt - now)}` : 'now'
  return `The limit for ${whom} is reached: ${changes} in ${waitOf(perMs)}. Nothing was changed. Try again ${again}.`
}
