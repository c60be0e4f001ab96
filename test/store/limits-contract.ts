import { expect, it } from 'vitest'
import type { Along, Ceiling } from '../../src/core/ports.ts'
import type { Executing } from '../../src/core/request.ts'
import type { Setting } from './store-contract.ts'
import { after, done, draft, executing, job, pending } from './samples.ts'

const MINUTE = 60_000
const ada: Ceiling = { whom: 'you', requester: 'U0ADA', most: 2, perMs: 10 * MINUTE }
const pool: Ceiling = { whom: 'this pool', pool: 'p1', most: 3, perMs: 60 * MINUTE }
const all: Ceiling = { whom: 'everybody', most: 4, perMs: 60 * MINUTE }

const under = (...ceilings: Ceiling[]): Along => ({ entries: [draft('intent')], ceilings })

/** At most so many executions, counted where all processes count. */
export function limitsContract(setting: () => Setting): void {
  const sizeOfLog = async () => (await setting().store.head()).size
  const opened = async (id: string, about: Partial<Executing>, ...ceilings: Ceiling[]) =>
    (await setting().store.open(executing(id, about), under(...ceilings))).kind

  it('stop the next execution of a person, and nothing of it is written', async () => {
    const { store, clock } = setting()
    await opened('r1', {}, ada)
    setting().clock += MINUTE
    await opened('r2', {}, ada)
    const along = { ...under(ada), jobs: [job('j1')] }
    expect(await store.open(executing('r3'), along)).toEqual({
      kind: 'over',
      ceiling: ada,
      freeAt: clock + ada.perMs,
    })
    expect(await store.request('r3')).toBeUndefined()
    expect(await store.nextDue()).toBeUndefined()
    expect(await sizeOfLog()).toBe(2)
  })

  it('end when the oldest execution leaves the window', async () => {
    const current = setting()
    await opened('r1', {}, ada)
    current.clock += MINUTE
    await opened('r2', {}, ada)
    current.clock += ada.perMs - MINUTE - 1
    expect(await opened('r3', {}, ada)).toBe('over')
    current.clock += 1
    expect(await opened('r3', {}, ada)).toBe('opened')
    expect(await opened('r4', {}, ada)).toBe('over')
  })

  it('of a lowered ceiling name the moment at which there is room again', async () => {
    const { store, clock } = setting()
    for (const id of ['r1', 'r2', 'r3']) {
      await opened(id, {})
      setting().clock += MINUTE
    }
    const lowered = { ...ada, most: 1 }
    expect(await store.open(executing('r4'), under(lowered))).toMatchObject({
      freeAt: clock + 2 * MINUTE + ada.perMs,
    })
  })

  it('count people, pools and everybody apart', async () => {
    await opened('r1', { requester: 'U0ADA', pool: 'p1' })
    await opened('r2', { requester: 'U0ADA', pool: 'p2' })
    await opened('r3', { requester: 'U0BEA', pool: 'p1' })
    expect(await opened('r4', { requester: 'U0ADA', pool: 'p1' }, ada)).toBe('over')
    expect(await opened('r4', { requester: 'U0ADA', pool: 'p1' }, pool, all)).toBe('opened')
    expect(await opened('r5', { requester: 'U0CAM', pool: 'p1' }, pool)).toBe('over')
    expect(await opened('r5', { requester: 'U0CAM', pool: 'p3' }, all)).toBe('over')
    const cam = { ...ada, requester: 'U0CAM' }
    expect(await opened('r5', { requester: 'U0CAM', pool: 'p3' }, cam)).toBe('opened')
  })

  it('name the ceiling that lasts longest', async () => {
    await opened('r1', {})
    const short = { ...ada, most: 1 }
    const long = { ...all, most: 1 }
    const { store } = setting()
    for (const ceilings of [
      [short, long],
      [long, short],
    ])
      expect(await store.open(executing('r2'), under(...ceilings))).toMatchObject({ ceiling: long })
  })

  it('count a swap into executing, and stop one', async () => {
    const { store } = setting()
    const one = { ...ada, most: 1 }
    const begin = async (id: string) => {
      const approve = { kind: 'approve', voters: ['U0BEA'], needed: 1, revealUntil: 9 } as const
      const approved = after(pending(id), approve)
      await store.open(approved, { entries: [draft('approved')], ceilings: [one] })
      const next = after(approved, { kind: 'begin', now: 0 })
      return { approved, next, answer: await store.swap(approved, next, under(one)) }
    }
    expect((await begin('r1')).answer).toEqual({ kind: 'swapped' })
    const second = await begin('r2')
    expect(second.answer).toMatchObject({ kind: 'over', ceiling: one })
    expect(await store.request('r2')).toEqual(second.approved)
    expect(await sizeOfLog()).toBe(3)
  })

  it('count each reveal, and no other step', async () => {
    const { store, clock } = setting()
    const one = executing('r1', { secret: true, revealUntil: clock + MINUTE })
    await store.open(one, under({ ...ada, most: 1 }))
    const shown = done(one, 'Done.')
    const end = await store.swap(one, shown, under({ ...ada, most: 1 }))
    expect(end).toEqual({ kind: 'swapped' })
    const again = after(shown, { kind: 'begin', now: clock })
    expect(await store.swap(shown, again, under({ ...ada, most: 1 }))).toMatchObject({
      kind: 'over',
    })
    expect(await store.swap(shown, again, under(ada))).toEqual({ kind: 'swapped' })
    expect(await opened('r2', {}, ada)).toBe('over')
  })

  it('say that a request moved or is known rather than that a limit is reached', async () => {
    const { store } = setting()
    const one = { ...ada, most: 1 }
    const request = pending('r1')
    await store.open(request, under(one))
    const begun = executing('r1', { version: 2 })
    expect(await store.swap(request, begun, under(one))).toEqual({ kind: 'swapped' })
    expect(await store.swap(request, begun, under(one))).toEqual({ kind: 'moved' })
    const known = await store.open(executing('r1'), under(one))
    expect(known).toEqual({ kind: 'known', request: begun })
  })

  it('hold for processes that begin at once', async () => {
    const { store, bench, now } = setting()
    const other = await bench.open(now)
    const answers = await bench.atOnce(
      [store, other, store, other, store, other].map(
        (one, turn) => () => one.open(executing(`r${turn}`), under(ada)),
      ),
    )
    await other.close()
    expect(answers.filter(({ kind }) => kind === 'opened')).toHaveLength(2)
    expect(answers.filter(({ kind }) => kind === 'over')).toHaveLength(4)
  })
}
