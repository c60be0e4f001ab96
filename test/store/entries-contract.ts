import { expect, it } from 'vitest'
import type { EntryDraft } from '../../src/core/audit.ts'
import type { EntryPage } from '../../src/store/audit-log.ts'
import type { Setting } from './store-contract.ts'
import { draft } from './samples.ts'

/** How the audit log grows and is read. */
export function entriesContract(setting: () => Setting): void {
  const append = (...drafts: EntryDraft[]) => setting().store.append(...drafts)
  const all = () => setting().store.entries({ from: 1, limit: 1000 })
  const seqs = async (page: EntryPage) =>
    (await setting().store.entries(page)).map(({ seq }) => seq)

  it('are numbered from 1 and carry the time of the setting().clock', async () => {
    await append(draft('started'))
    setting().clock += 1_500
    await append(draft('refused'))
    expect(await all()).toMatchObject([
      { seq: 1, event: 'started', at: '2026-03-01T09:00:00.000Z' },
      { seq: 2, event: 'refused', at: '2026-03-01T09:00:01.500Z' },
    ])
  })

  it('come in pages, filtered by what they hold', async () => {
    for (const target of ['ada', 'grace', 'ada', 'ada'])
      await append(draft('done', { target, request: `for ${target}` }))
    expect(await seqs({ from: 1, limit: 2, target: 'ada' })).toEqual([1, 3])
    expect(await seqs({ from: 4, limit: 2, target: 'ada' })).toEqual([4])
    expect(await seqs({ from: 1, limit: 9, request: 'for grace' })).toEqual([2])
    expect(await seqs({ from: 1, limit: 9, actor: 'U0ADA', pool: 'elsewhere' })).toEqual([])
  })

  it('come by time', async () => {
    for (let minute = 0; minute < 4; minute++) {
      await append(draft('done'))
      setting().clock += 60_000
    }
    const since = '2026-03-01T09:01:00.000Z'
    const until = '2026-03-01T09:02:00.000Z'
    expect(await seqs({ from: 1, limit: 9, since, until })).toEqual([2, 3])
  })

  it('give another head each time one is added', async () => {
    const roots = new Set<string>()
    for (let size = 0; size < 20; size++) {
      const head = await setting().store.head()
      expect(head.size).toBe(size)
      roots.add(head.root)
      await append(draft('done'))
    }
    expect(roots.size).toBe(20)
  })

  it('tell when the last of them became durable', async () => {
    const opened = setting().clock
    expect(setting().store.lastCommitAt()).toBe(opened)
    setting().clock += 5_000
    await append(draft('done'))
    expect(setting().store.lastCommitAt()).toBe(opened + 5_000)
  })

  it('of one transaction follow each other, with the head that they have one by one', async () => {
    const { store, make, now } = setting()
    await using single = await make()
    const other = await single.open(now)
    for (const size of [1, 2, 3, 4, 5, 6, 7]) {
      const drafts = Array.from({ length: size }, (_, turn) =>
        draft('done', { outcome: `${turn}` }),
      )
      await store.append(...drafts)
      for (const one of drafts) await other.append(one)
      expect(await store.head()).toEqual(await other.head())
    }
    await other.close()
    expect(await store.head()).toMatchObject({ size: 28 })
  })

  it('may be none', async () => {
    await append()
    expect(await all()).toEqual([])
  })

  it('hold a text of any length', async () => {
    const target = 'ä'.repeat(5_000)
    await append(draft('refused', { target, actor: target, pool: target }))
    expect(await all()).toMatchObject([{ target }])
  })

  it('of processes that append at once are numbered without a gap', async () => {
    const { store, bench, now } = setting()
    const other = await bench.open(now)
    const turns = Array.from({ length: 10 }, (_, turn) => draft('done', { outcome: `${turn}` }))
    await bench.atOnce(
      turns.flatMap((one) => [() => store.append(one), () => other.append(one, one)]),
    )
    await other.close()
    expect(await seqs({ from: 1, limit: 99 })).toEqual(
      Array.from({ length: 30 }, (_, index) => index + 1),
    )
  })
}
