import { expect, it } from 'vitest'
import type { Setting } from './store-contract.ts'
import { after, done, draft, executing, job, pending } from './samples.ts'

const intent = { entries: [draft('intent')] }
const ended = (outcome = 'x') => ({ entries: [draft('done', { outcome })] })

const idsOf = (requests: readonly { id: string }[]) => requests.map(({ id }) => id)

/** How requests and their cards are kept, changed and found. */
export function requestsContract(setting: () => Setting): void {
  const all = () => setting().store.entries({ from: 1, limit: 1000 })
  const due = () => setting().store.take(setting().clock, 100, 1_000)

  it('are kept with their entries and jobs', async () => {
    const { store } = setting()
    const request = pending('r1')
    const entries = [draft('asked', { request: 'r1' }), draft('claimed', { request: 'r1' })]
    const along = { entries, jobs: [job('card-r1'), job('expire-r1', { kind: 'expire' })] }
    expect(await store.open(request, along)).toEqual({ kind: 'opened' })
    expect(await store.request('r1')).toEqual(request)
    expect(await all()).toMatchObject([
      { seq: 1, event: 'asked', request: 'r1' },
      { seq: 2, event: 'claimed', request: 'r1' },
    ])
    expect(idsOf(await due())).toEqual(['card-r1', 'expire-r1'])
  })

  it('are unknown until opened', async () => {
    expect(await setting().store.request('r1')).toBeUndefined()
  })

  it('are opened once: a second delivery gets what is stored and writes nothing', async () => {
    const { store } = setting()
    await store.open(executing('r1'), intent)
    const again = { ...intent, jobs: [job('again')] }
    const answer = await store.open(executing('r1', { digest: 'other' }), again)
    expect(answer).toEqual({ kind: 'known', request: executing('r1') })
    expect(await all()).toHaveLength(1)
    expect(await due()).toEqual([])
  })

  it('are opened once by two processes at once', async () => {
    const { store, bench, now } = setting()
    const other = await bench.open(now)
    const answers = await bench.atOnce([
      () => store.open(pending('r1', { digest: 'ours' }), intent),
      () => other.open(pending('r1', { digest: 'theirs' }), intent),
    ])
    await other.close()
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['known', 'opened'])
    const stored = await store.request('r1')
    expect(answers).toContainEqual({ kind: 'known', request: stored })
    expect(await all()).toHaveLength(1)
  })

  it('are swapped by one of two who saw the same version', async () => {
    const { store } = setting()
    const request = executing('r1')
    await store.open(request, intent)
    const swaps = ['first', 'second'].map((outcome) =>
      store.swap(request, done(request, outcome), { ...ended(outcome), jobs: [job(outcome)] }),
    )
    const answers = await Promise.all(swaps)
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['moved', 'swapped'])
    const winner = answers[0]?.kind === 'swapped' ? 'first' : 'second'
    expect(await store.request('r1')).toMatchObject({ version: 2, outcome: winner })
    expect(await all()).toMatchObject([{ event: 'intent' }, { event: 'done', outcome: winner }])
    expect(idsOf(await due())).toEqual([winner])
  })

  it('are swapped by one of two processes', async () => {
    const { store, bench, now } = setting()
    const request = executing('r1')
    await store.open(request, intent)
    const other = await bench.open(now)
    const theirs = await other.swap(request, done(request, 'theirs'), ended())
    await other.close()
    expect(theirs).toEqual({ kind: 'swapped' })
    expect(await store.swap(request, done(request, 'ours'), ended())).toEqual({ kind: 'moved' })
    expect(await store.request('r1')).toMatchObject({ version: 2, outcome: 'theirs' })
    expect(await all()).toHaveLength(2)
  })

  it('are not swapped when they were never opened', async () => {
    const { store } = setting()
    const request = executing('r1')
    expect(await store.swap(request, done(request, 'x'), ended())).toEqual({ kind: 'moved' })
    expect(await all()).toEqual([])
  })

  it('stay as they were when their entry cannot be written', async () => {
    const { store } = setting()
    const unwritable = draft('intent', {
      details: {
        get reason(): string {
          throw new Error('unreadable')
        },
      },
    })
    const along = { entries: [unwritable], jobs: [job('j1')] }
    await expect(store.open(executing('r1'), along)).rejects.toThrow('unreadable')
    expect(await store.request('r1')).toBeUndefined()
    expect(await due()).toEqual([])
    expect(await store.head()).toMatchObject({ size: 0 })
  })

  it('are found while somebody has to act on them, newest first', async () => {
    const { store } = setting()
    const states = [pending('old', { askedAt: 1 }), executing('new', { askedAt: 3 })]
    const over = executing('over', { askedAt: 2 })
    for (const request of [...states, over]) await store.open(request, intent)
    await store.swap(over, done(over, 'x'), ended())
    expect(idsOf(await store.openRequests(10))).toEqual(['new', 'old'])
    expect(idsOf(await store.openRequests(1))).toEqual(['new'])
  })

  it('are found after an emergency until it was reviewed', async () => {
    const { store } = setting()
    const emergency = { reason: 'Locked out.', skipped: ['U0BEA'], reviewedBy: undefined }
    const request = executing('r1', { emergency })
    await store.open(request, intent)
    const over = done(request, 'x')
    await store.swap(request, over, ended())
    expect(await store.openRequests(10)).toEqual([over])
    const reviewed = after(over, { kind: 'review', by: 'U0BEA' })
    await store.swap(over, reviewed, { entries: [draft('reviewed')] })
    expect(await store.openRequests(10)).toEqual([])
    expect(await store.request('r1')).toEqual(reviewed)
  })

  it('of one person are found newest first, ended ones too', async () => {
    const { store } = setting()
    const over = executing('over', { askedAt: 2 })
    const others = [pending('late', { askedAt: 3 }), pending('early', { askedAt: 1 })]
    const strange = pending('strange', { requester: 'U0BEA' })
    for (const request of [over, ...others, strange]) await store.open(request, intent)
    await store.swap(over, done(over, 'x'), ended())
    expect(idsOf(await store.requestsOf('U0ADA', 10))).toEqual(['late', 'over', 'early'])
    expect(idsOf(await store.requestsOf('U0ADA', 2))).toEqual(['late', 'over'])
  })

  it('survive a restart', async () => {
    const current = setting()
    await current.store.open(executing('r1'), intent)
    const head = await current.store.head()
    await current.store.close()
    current.store = await current.bench.open(current.now)
    expect(await current.store.request('r1')).toEqual(executing('r1'))
    expect(await current.store.head()).toEqual(head)
  })

  it('keep any text as it is', async () => {
    const { store } = setting()
    const label = 'NUL \0, half a pair \ud83d, backslash \\u0000, "quotes" and 🛟'
    const request = pending('r1', { shown: { label, facts: [], warnings: [] } })
    await store.open(request, { entries: [draft('asked', { outcome: label, request: 'r1' })] })
    expect(await store.request('r1')).toEqual(request)
    expect(await store.entries({ from: 1, limit: 1, request: 'r1' })).toMatchObject([
      { outcome: label },
    ])
  })

  it('have a card, noted before it is posted and after', async () => {
    const { store } = setting()
    expect(await store.card('r1')).toBeUndefined()
    const card = { request: 'r1', channel: 'C0APPROVE', ts: undefined }
    await store.keepCard(card)
    expect(await store.card('r1')).toEqual(card)
    await store.keepCard({ ...card, ts: '1700000000.000100' })
    expect(await store.card('r1')).toEqual({ ...card, ts: '1700000000.000100' })
    expect(await store.card('r2')).toBeUndefined()
  })
}
