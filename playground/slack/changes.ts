/** Who sees something new: the page listens, tests wait, people notice. */
export class Changes {
  readonly #listeners = new Set<() => void>()
  readonly #seen = new Map<string, number>()
  #everyone = 0

  on(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Grows with every change this person can see. */
  version(userId: string): number {
    return this.#everyone + (this.#seen.get(userId) ?? 0)
  }

  /** Something changed before the eyes of these people (or of nobody: records only). */
  tell(people: Iterable<string> = []): void {
    for (const id of people) this.#seen.set(id, (this.#seen.get(id) ?? 0) + 1)
    for (const listener of this.#listeners) listener()
  }

  tellEveryone(): void {
    this.#everyone += 1
    this.tell()
  }

  /**
   * Looks now, after every change and every 20 ms (what is looked at may lie outside this Slack);
   * `undefined` when nothing was found in `timeoutMs` of real time.
   */
  async until<T>(look: () => T | undefined | false, timeoutMs: number): Promise<T | undefined> {
    const found = look()
    if (found !== undefined && found !== false) return found
    const { promise, resolve, reject } = Promise.withResolvers<T | undefined>()
    const timer = setTimeout(() => resolve(undefined), timeoutMs)
    const again = () => {
      try {
        const now = look()
        if (now !== undefined && now !== false) resolve(now)
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)))
      }
    }
    const off = this.on(again)
    const ticks = setInterval(again, 20)
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      clearInterval(ticks)
      off()
    }
  }
}
