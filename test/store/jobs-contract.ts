import { expect, it } from 'vitest'
import type { Setting } from './store-contract.ts'
import { draft, job, pending } from './samples.ts'

const LEASE_MS = 30_000
const DAY_MS = 24 * 3_600_000

/** Work that is written once, done by one at a time, and never forgotten before it is done. */
export function jobsContract(setting: () => Setting): void {
  const take = (limit = 10) => setting().store.take(setting().clock, limit, LEASE_MS)
  const taken = async (limit?: number) => (await take(limit)).map(({ id }) => id)

  it('are given as they were written, with the number of times they were taken', async () => {
    const { store, clock } = setting()
    const about = { text: 'NUL \0 and 🛟', since: 7, list: [true, null] }
    const one = job('j1', { kind: 'tell', about, dueAt: clock - 5 })
    await store.enqueue(one)
    expect(await take()).toEqual([{ ...one, attempts: 1 }])
    setting().clock += LEASE_MS
    expect(await take()).toEqual([{ ...one, attempts: 2 }])
  })

  it('are given when they are due, oldest first, as many as asked for', async () => {
    const current = setting()
    const at = (id: string, ms: number) => job(id, { dueAt: current.clock + ms })
    await current.store.enqueue(at('later', 1), at('new', 0), at('old', -2), at('middle', -1))
    expect(await taken(2)).toEqual(['old', 'middle'])
    expect(await taken()).toEqual(['new'])
    current.clock += 1
    expect(await taken()).toEqual(['later'])
  })

  it('are one job when written twice', async () => {
    const { store, clock } = setting()
    await store.enqueue(job('j1', { about: { first: true } }), job('j1'))
    await store.enqueue(job('j1', { about: { second: true }, dueAt: clock + 99 }), job('j2'))
    expect(await take()).toMatchObject([{ id: 'j1', about: { first: true } }, { id: 'j2' }])
    await store.open(pending('r1'), { entries: [draft('asked')], jobs: [job('j1'), job('j3')] })
    expect(await taken()).toEqual(['j3'])
  })

  it('are one job when two processes write them at once, in whatever order', async () => {
    const { store, bench, now } = setting()
    const jobs = Array.from({ length: 200 }, (_, turn) => job(`j${turn + 100}`))
    const other = await bench.open(now)
    const turns = [jobs, jobs.toReversed(), jobs, jobs.toReversed()]
    await bench.atOnce([
      ...turns.map((turn) => () => store.enqueue(...turn)),
      ...turns.map((turn) => () => other.enqueue(...turn)),
    ])
    await other.close()
    expect(await take(1_000)).toHaveLength(jobs.length)
  })

  it('may be none', async () => {
    await setting().store.enqueue()
    expect(await taken()).toEqual([])
  })

  it('are not given to anybody else until the lease ends', async () => {
    const { store, bench, now } = setting()
    await store.enqueue(job('j1'))
    expect(await taken()).toEqual(['j1'])
    const other = await bench.open(now)
    expect(await other.take(now(), 9, LEASE_MS)).toEqual([])
    setting().clock += LEASE_MS
    expect(await other.take(now(), 9, LEASE_MS)).toMatchObject([{ id: 'j1', attempts: 2 }])
    await other.close()
    expect(await taken()).toEqual([])
  })

  it('are each given to one of those that ask at once', async () => {
    const { store, bench, now } = setting()
    const ids = Array.from({ length: 40 }, (_, turn) => `j${turn + 10}`)
    await store.enqueue(...ids.map((id) => job(id)))
    const others = await Promise.all([bench.open(now), bench.open(now)])
    const takers = [store, ...others, store, ...others, store, ...others]
    const given = await bench.atOnce(takers.map((one) => () => one.take(now(), 5, LEASE_MS)))
    for (const other of others) await other.close()
    const rest = [await take(), await take(), await take(), await take()]
    expect([...given, ...rest].flatMap((jobs) => jobs.map(({ id }) => id)).toSorted()).toEqual(ids)
  })

  it('that are finished are not given again, nor taken for new', async () => {
    const current = setting()
    await current.store.enqueue(job('j1'))
    const [one] = await take()
    await current.store.finish(one!)
    expect(await current.store.nextDue()).toBeUndefined()
    current.clock += DAY_MS
    await current.store.enqueue(job('j1'))
    await current.store.finish(job('another'))
    await current.store.enqueue(job('j1'))
    expect(await taken()).toEqual([])
  })

  it('that were finished are forgotten after a day, a few at a time', async () => {
    const current = setting()
    const ids = Array.from({ length: 25 }, (_, turn) => `j${turn + 10}`)
    await current.store.enqueue(...ids.map((id) => job(id)))
    for (const one of await take(25)) await current.store.finish(one)
    current.clock += DAY_MS + 1
    for (const few of [10, 10, 5]) {
      await current.store.enqueue(job(`next-${current.clock}`))
      const [next] = await take()
      await current.store.finish(next!)
      await current.store.enqueue(...ids.map((id) => job(id)))
      const forgotten = await take(25)
      expect(forgotten).toHaveLength(few)
      for (const one of forgotten) await current.store.postpone(one, current.clock + DAY_MS)
      current.clock += 1
    }
  })

  it('that are postponed come again at their new time and keep their count', async () => {
    const current = setting()
    await current.store.enqueue(job('j1'))
    const [one] = await take()
    const later = current.clock + 5_000
    await current.store.postpone(one!, later)
    current.clock += 4_999
    expect(await taken()).toEqual([])
    current.clock += 1
    expect(await take()).toEqual([{ ...one, dueAt: later, attempts: 2 }])
  })

  it('stay finished when somebody late postpones them', async () => {
    const { store, clock } = setting()
    await store.enqueue(job('j1'))
    await store.finish(job('j1'))
    await store.postpone(job('j1'), clock)
    expect(await taken()).toEqual([])
  })

  it('tell when to look again: when one falls due, or its lease ends', async () => {
    const current = setting()
    expect(await current.store.nextDue()).toBeUndefined()
    await current.store.enqueue(job('j1', { dueAt: current.clock + 40_000 }), job('j2'))
    expect(await current.store.nextDue()).toBe(1_000)
    await take()
    expect(await current.store.nextDue()).toBe(current.clock + LEASE_MS)
    await current.store.finish(job('j2'))
    expect(await current.store.nextDue()).toBe(current.clock + 40_000)
  })

  it('survive a restart', async () => {
    const current = setting()
    await current.store.enqueue(job('j1'))
    await current.store.close()
    current.store = await current.bench.open(current.now)
    expect(await taken()).toEqual(['j1'])
  })
}
