import type { Clock } from '../core/ports.ts'

/** Does the work on a pool once the work before it has ended; `endedAt`: when that was, in milliseconds since the epoch. */
export type Alone = <T>(
  pool: string,
  work: (endedAt: number | undefined) => Promise<T>,
) => Promise<T>

/** Work on the same pool waits for the work before it. */
export function alone(now: Clock): Alone {
  const last = new Map<string, Promise<unknown>>()
  const ended = new Map<string, number>()
  return async (pool, work) => {
    const before = last.get(pool) ?? Promise.resolve()
    const begin = async () => work(ended.get(pool))
    const result = before.then(begin, begin)
    last.set(pool, result)
    try {
      return await result
    } finally {
      ended.set(pool, now())
      if (last.get(pool) === result) last.delete(pool)
    }
  }
}
