/** Work on the same pool waits for the work before it. */
export function alone() {
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
