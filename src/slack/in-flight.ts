/** Counts what has begun and not ended, and tells when nothing is left. */
export class InFlight {
  #count = 0
  readonly #waiting = new Set<(none: true) => void>()

  get count(): number {
    return this.#count
  }

  enter(): void {
    this.#count += 1
  }

  leave(): void {
    this.#count -= 1
    if (this.#count > 0) return
    for (const tell of this.#waiting) tell(true)
  }

  /** True at the first moment when nothing is in flight; false when that takes longer than `ms`. */
  async whenNone(ms: number): Promise<boolean> {
    if (this.#count === 0) return true
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const timer = setTimeout(() => resolve(false), ms)
    this.#waiting.add(resolve)
    const none = await promise
    clearTimeout(timer)
    this.#waiting.delete(resolve)
    return none
  }
}
