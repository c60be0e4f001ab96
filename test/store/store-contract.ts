import { afterEach, beforeEach, describe } from 'vitest'
import type { SqlStore } from '../../src/store/store.ts'
import { entriesContract } from './entries-contract.ts'
import { jobsContract } from './jobs-contract.ts'
import { limitsContract } from './limits-contract.ts'
import { outboxContract } from './outbox-contract.ts'
import { requestsContract } from './requests-contract.ts'
import { votesContract } from './votes-contract.ts'

/** An empty database for one test. Each `open` is one more process that uses it. */
export interface Bench extends AsyncDisposable {
  /** For another process: a folder, or the address of the database. */
  readonly place: string
  open(now: () => number): Promise<SqlStore>
  /** Together where the stores of one process can wait for each other, else one after the other. */
  atOnce<T>(calls: readonly (() => Promise<T>)[]): Promise<readonly T[]>
}

export type MakeBench = () => Promise<Bench>

/** What a test works with. Everything in it is new for each test. */
export interface Setting {
  readonly make: MakeBench
  readonly bench: Bench
  store: SqlStore
  /** Milliseconds since the epoch. */
  clock: number
  readonly now: () => number
}

/** What every store keeps to, whatever the database. */
export function storeContract(name: string, make: MakeBench): void {
  describe(`the store on ${name}`, () => {
    let current: Setting

    beforeEach(async () => {
      const bench = await make()
      const time = { clock: Date.parse('2026-03-01T09:00:00Z') }
      const now = () => time.clock
      current = Object.assign(time, { make, bench, now, store: await bench.open(now) })
    })
    afterEach(async () => {
      await current.store.close()
      await current.bench[Symbol.asyncDispose]()
    })

    const setting = () => current
    describe('requests', () => requestsContract(setting))
    describe('votes', () => votesContract(setting))
    describe('limits', () => limitsContract(setting))
    describe('jobs', () => jobsContract(setting))
    describe('entries', () => entriesContract(setting))
    describe('the outbox', () => outboxContract(setting))
  })
}
