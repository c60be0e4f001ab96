import type { Clock } from '../core/ports.ts'

/** A value and the moment its read was sent, in milliseconds since the epoch: it is no newer. */
export interface Read<T> {
  readonly value: T
  readonly at: number
}

interface Running<T> {
  readonly at: number
  readonly read: Promise<Read<T>>
}

/** Reads by id, remembered with their times; equal reads that run at once are one. */
export class Remembered<T> {
  readonly #read: (id: string) => Promise<T>
  readonly #now: Clock
  readonly #max: number
  readonly #done = new Map<string, Read<T>>()
  readonly #running = new Map<string, Running<T>>()

  constructor(read: (id: string) => Promise<T>, now: Clock, max: number) {
    this.#read = read
    this.#now = now
    this.#max = max
  }

  known(id: string, since: number): Read<T> | undefined {
    const done = this.#done.get(id)
    return done !== undefined && done.at >= since ? done : undefined
  }

  /** A read sent at `since` or later: remembered, running, or begun now. */
  async since(id: string, since: number): Promise<Read<T>> {
    const known = this.known(id, since)
    if (known !== undefined) return known
    const running = this.#running.get(id)
    return running !== undefined && running.at >= since ? running.read : this.#begin(id)
  }

  async #begin(id: string): Promise<Read<T>> {
    const at = this.#now()
    const read = this.#run(id, at)
    this.#running.set(id, { at, read })
    try {
      return await read
    } finally {
      if (this.#running.get(id)?.read === read) this.#running.delete(id)
    }
  }

  async #run(id: string, at: number): Promise<Read<T>> {
    const done = { value: await this.#read(id), at }
    if (at >= (this.#done.get(id)?.at ?? 0)) this.#keep(id, done)
    return done
  }

  /** A map keeps the order of insertion: what was read longest ago goes first. */
  #keep(id: string, done: Read<T>): void {
    this.#done.delete(id)
    this.#done.set(id, done)
    if (this.#done.size > this.#max) this.#done.delete(this.#done.keys().next().value ?? '')
  }
}
