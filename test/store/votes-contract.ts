import { expect, it } from 'vitest'
import type { Setting } from './store-contract.ts'
import { after, draft, job, pending, vote } from './samples.ts'

const entry = { entries: [draft('approved-by')] }

/** One vote for each person and round, in the transaction of what follows from it. */
export function votesContract(setting: () => Setting): void {
  const sizeOfLog = async () => (await setting().store.head()).size
  const opened = async () => {
    const request = pending('r1')
    await setting().store.open(request, { entries: [draft('asked')] })
    return request
  }

  it('are kept with the state, the entry and the job that follow', async () => {
    const { store, clock } = setting()
    const request = await opened()
    const next = after(request, { kind: 'vote' })
    const along = { ...entry, jobs: [job('card-r1-2')] }
    const voted = await store.vote(vote('r1', 'U0BEA'), request, next, along)
    expect(voted).toEqual({ kind: 'swapped' })
    expect(await store.votes('r1', 1)).toEqual([vote('r1', 'U0BEA')])
    expect(await store.request('r1')).toEqual(next)
    expect(await store.take(clock, 9, 1)).toMatchObject([{ id: 'card-r1-2' }])
    expect(await sizeOfLog()).toBe(2)
  })

  it('of one person count once in a round', async () => {
    const { store } = setting()
    const request = await opened()
    const next = after(request, { kind: 'vote' })
    await store.vote(vote('r1', 'U0BEA'), request, next, entry)
    const again = await store.vote(
      vote('r1', 'U0BEA', { at: 3_000 }),
      next,
      after(next, { kind: 'vote' }),
      { ...entry, jobs: [job('again')] },
    )
    expect(again).toEqual({ kind: 'voted' })
    expect(await store.votes('r1', 1)).toEqual([vote('r1', 'U0BEA')])
    expect(await store.request('r1')).toEqual(next)
    expect(await store.nextDue()).toBeUndefined()
    expect(await sizeOfLog()).toBe(2)
  })

  it('are not kept when somebody else changed the request first', async () => {
    const { store } = setting()
    const request = await opened()
    const next = after(request, { kind: 'claim', by: 'U0CAM' })
    await store.swap(request, next, { entries: [draft('claimed')] })
    const late = await store.vote(
      vote('r1', 'U0BEA'),
      request,
      after(request, { kind: 'vote' }),
      entry,
    )
    expect(late).toEqual({ kind: 'moved' })
    expect(await store.votes('r1', 1)).toEqual([])
    expect(await store.request('r1')).toEqual(next)
    expect(await sizeOfLog()).toBe(2)
  })

  it('of two people at once: one is swapped, the other moved, whoever they are', async () => {
    const { store, bench, now } = setting()
    const request = await opened()
    const next = after(request, { kind: 'vote' })
    const other = await bench.open(now)
    const answers = await bench.atOnce([
      () => store.vote(vote('r1', 'U0BEA'), request, next, entry),
      () => other.vote(vote('r1', 'U0CAM'), request, next, entry),
    ])
    await other.close()
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['moved', 'swapped'])
    expect(await store.votes('r1', 1)).toHaveLength(1)
    expect(await sizeOfLog()).toBe(2)
  })

  it('of the same click in two processes: one is swapped, the other voted', async () => {
    const { store, bench, now } = setting()
    const request = await opened()
    const next = after(request, { kind: 'vote' })
    const other = await bench.open(now)
    const answers = await bench.atOnce(
      [store, other].map((one) => () => one.vote(vote('r1', 'U0BEA'), request, next, entry)),
    )
    await other.close()
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['swapped', 'voted'])
    expect(await store.votes('r1', 1)).toHaveLength(1)
  })

  it('belong to their round, oldest first', async () => {
    const { store } = setting()
    let request = await opened()
    const ballots = [
      vote('r1', 'U0CAM', { at: 3 }),
      vote('r1', 'U0BEA', { at: 4 }),
      vote('r1', 'U0BEA', { at: 5, round: 2 }),
    ]
    for (const ballot of ballots) {
      const next = { ...request, version: request.version + 1 }
      await store.vote(ballot, request, next, entry)
      request = next
    }
    expect(await store.votes('r1', 1)).toEqual(ballots.slice(0, 2))
    expect(await store.votes('r1', 2)).toEqual(ballots.slice(2))
    expect(await store.votes('r2', 1)).toEqual([])
  })
}
