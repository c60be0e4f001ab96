import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EntryPage } from '../../src/store/audit-log.ts'
import type { SqlStore } from '../../src/store/store.ts'
import { done, draft, executing } from './samples.ts'

/** An empty database for one test. Each `open` is one more process that uses it. */
export interface Bench extends AsyncDisposable {
  open(now: () => number): Promise<SqlStore>
}

/** What every store keeps to, whatever the database. */
export function storeContract(name: string, make: () => Promise<Bench>): void {
  describe(`the store on ${name}`, () => {
    let bench: Bench
    let store: SqlStore
    let clock: number
    const now = () => clock

    beforeEach(async () => {
      clock = Date.parse('2026-03-01T09:00:00Z')
      bench = await make()
      store = await bench.open(now)
    })
    afterEach(async () => {
      await store.close()
      await bench[Symbol.asyncDispose]()
    })

    const all = () => store.entries({ from: 1, limit: 1000 })
    const seqs = async (page: EntryPage) => (await store.entries(page)).map(({ seq }) => seq)
    const next = () => store.outbox.nextBatch(clock, 3)

    describe('requests', () => {
      it('are kept with their entry', async () => {
        const request = executing('r1')
        expect(await store.open(request, draft('intent', { request: 'r1' }))).toBeUndefined()
        expect(await store.request('r1')).toEqual(request)
        expect(await all()).toMatchObject([{ seq: 1, event: 'intent', request: 'r1' }])
      })

      it('are unknown until opened', async () => {
        expect(await store.request('r1')).toBeUndefined()
      })

      it('are opened once: a second delivery gets what is stored and writes nothing', async () => {
        await store.open(executing('r1'), draft('intent'))
        const again = await store.open(executing('r1', { digest: 'other' }), draft('intent'))
        expect(again).toEqual(executing('r1'))
        expect(await all()).toHaveLength(1)
      })

      it('are swapped by one of two who saw the same version', async () => {
        const request = executing('r1')
        await store.open(request, draft('intent'))
        const swaps = ['first', 'second'].map((outcome) =>
          store.swap(request, done(request, outcome), draft('done', { outcome })),
        )
        expect(await Promise.all(swaps)).toEqual([true, false])
        expect(await all()).toHaveLength(2)
        expect(await store.request('r1')).toMatchObject({ version: 2, outcome: 'first' })
      })

      it('are swapped by one of two processes', async () => {
        const request = executing('r1')
        await store.open(request, draft('intent'))
        const other = await bench.open(now)
        expect(await other.swap(request, done(request, 'theirs'), draft('done'))).toBe(true)
        await other.close()
        expect(await store.swap(request, done(request, 'ours'), draft('done'))).toBe(false)
        expect(await store.request('r1')).toMatchObject({ version: 2, outcome: 'theirs' })
        expect(await all()).toHaveLength(2)
      })

      it('are not swapped when they were never opened', async () => {
        const request = executing('r1')
        expect(await store.swap(request, done(request, 'x'), draft('done'))).toBe(false)
        expect(await all()).toEqual([])
      })

      it('stay as they were when their entry cannot be written', async () => {
        const unwritable = draft('intent', {
          details: {
            get reason(): string {
              throw new Error('unreadable')
            },
          },
        })
        await expect(store.open(executing('r1'), unwritable)).rejects.toThrow('unreadable')
        expect(await store.request('r1')).toBeUndefined()
        expect(await store.head()).toMatchObject({ size: 0 })
      })

      it('are abandoned once their lease has ended, oldest first', async () => {
        await store.open(executing('young', { askedAt: 2, leaseUntil: 10 }), draft('intent'))
        await store.open(executing('old', { askedAt: 1, leaseUntil: 20 }), draft('intent'))
        await store.open(executing('alive', { askedAt: 0, leaseUntil: 21 }), draft('intent'))
        const over = executing('over', { leaseUntil: 5 })
        await store.open(over, draft('intent'))
        await store.swap(over, done(over, 'x'), draft('done'))
        const abandoned = await store.abandoned(21)
        expect(abandoned.map(({ id }) => id)).toEqual(['old', 'young'])
      })

      it('survive a restart', async () => {
        await store.open(executing('r1'), draft('intent'))
        const head = await store.head()
        await store.close()
        store = await bench.open(now)
        expect(await store.request('r1')).toEqual(executing('r1'))
        expect(await store.head()).toEqual(head)
      })
    })

    describe('entries', () => {
      it('are numbered from 1 and carry the time of the clock', async () => {
        await store.append(draft('started'))
        clock += 1_500
        await store.append(draft('refused'))
        expect(await all()).toMatchObject([
          { seq: 1, event: 'started', at: '2026-03-01T09:00:00.000Z' },
          { seq: 2, event: 'refused', at: '2026-03-01T09:00:01.500Z' },
        ])
      })

      it('come in pages, filtered by what they hold', async () => {
        for (const target of ['ada', 'grace', 'ada', 'ada'])
          await store.append(draft('done', { target, request: `for ${target}` }))
        expect(await seqs({ from: 1, limit: 2, target: 'ada' })).toEqual([1, 3])
        expect(await seqs({ from: 4, limit: 2, target: 'ada' })).toEqual([4])
        expect(await seqs({ from: 1, limit: 9, request: 'for grace' })).toEqual([2])
        expect(await seqs({ from: 1, limit: 9, actor: 'U0ADA', pool: 'elsewhere' })).toEqual([])
      })

      it('come by time', async () => {
        for (let minute = 0; minute < 4; minute++) {
          await store.append(draft('done'))
          clock += 60_000
        }
        const since = '2026-03-01T09:01:00.000Z'
        const until = '2026-03-01T09:02:00.000Z'
        expect(await seqs({ from: 1, limit: 9, since, until })).toEqual([2, 3])
      })

      it('give another head each time one is added', async () => {
        const roots = new Set<string>()
        for (let size = 0; size < 20; size++) {
          const head = await store.head()
          expect(head.size).toBe(size)
          roots.add(head.root)
          await store.append(draft('done'))
        }
        expect(roots.size).toBe(20)
      })

      it('tell when the last of them became durable', async () => {
        const opened = clock
        expect(store.lastCommitAt()).toBe(opened)
        clock += 5_000
        await store.append(draft('done'))
        expect(store.lastCommitAt()).toBe(opened + 5_000)
      })
    })

    describe('the outbox', () => {
      it('is empty at first', async () => {
        expect(await next()).toBeUndefined()
        expect(await store.outbox.backlog()).toBe(0)
      })

      it('gives entries in order, as many as asked for, each in one batch', async () => {
        for (let count = 0; count < 5; count++) await store.append(draft('done'))
        const first = await next()
        expect(first).toMatchObject({ from: 1, to: 3, state: 'new' })
        expect(await store.outbox.posting(first!)).toBe(true)
        await store.outbox.posted(first!, '1.1')
        expect(await store.outbox.backlog()).toBe(2)
        const second = await next()
        expect(second).toMatchObject({ from: 4, to: 5, state: 'new' })
        expect(second!.entries.map(({ seq }) => seq)).toEqual([4, 5])
      })

      it('gives nothing more while a batch is being posted', async () => {
        await store.append(draft('done'))
        await store.outbox.posting((await next())!)
        await store.append(draft('done'))
        expect(await next()).toBeUndefined()
      })

      it('calls a batch uncertain when its post was begun and never ended', async () => {
        await store.append(draft('done'))
        await store.outbox.posting((await next())!)
        await store.close()
        store = await bench.open(now)
        clock += 30_000
        await store.append(draft('done'))
        const batch = await next()
        expect(batch).toMatchObject({ from: 1, to: 1, state: 'uncertain', attempts: 1 })
        await store.outbox.posted(batch!, '1.1')
        expect(await next()).toMatchObject({ from: 2, to: 2, state: 'new' })
      })

      it('lets one of two processes post', async () => {
        await store.append(draft('done'))
        const other = await bench.open(now)
        const [ours, theirs] = [await next(), await other.outbox.nextBatch(clock, 3)]
        const taken = [await store.outbox.posting(ours!), await other.outbox.posting(theirs!)]
        await other.close()
        expect(taken).toEqual([true, false])
      })

      it('waits until the time given before it offers a batch again', async () => {
        await store.append(draft('done'))
        const batch = (await next())!
        await store.outbox.posting(batch)
        await store.outbox.retryAt(batch, clock + 2_000, 'new')
        expect(await next()).toBeUndefined()
        clock += 2_000
        expect(await next()).toMatchObject({ from: 1, state: 'new' })
      })

      it('keeps a batch uncertain when nobody knows whether its post arrived', async () => {
        await store.append(draft('done'))
        const batch = (await next())!
        await store.outbox.posting(batch)
        await store.outbox.retryAt(batch, clock, 'uncertain')
        expect(await next()).toMatchObject({ from: 1, state: 'uncertain' })
      })

      it('lets nobody put off a batch that another process has taken since', async () => {
        await store.append(draft('done'))
        const slow = (await next())!
        await store.outbox.posting(slow)
        clock += 30_000
        await store.outbox.posting((await next())!)
        await store.outbox.retryAt(slow, clock, 'new')
        expect(await next()).toBeUndefined()
        clock += 30_000
        expect(await next()).toMatchObject({ state: 'uncertain', attempts: 2 })
      })

      it('does not take a posted batch back', async () => {
        await store.append(draft('done'))
        const batch = (await next())!
        await store.outbox.posting(batch)
        await store.outbox.posted(batch, '1.1')
        await store.outbox.retryAt(batch, clock, 'new')
        expect(await store.outbox.posting(batch)).toBe(false)
        expect(await next()).toBeUndefined()
      })

      it('holds an intent back until its outcome is there to be posted with it', async () => {
        await store.append(draft('intent'))
        expect(await next()).toBeUndefined()
        await store.append(draft('done'))
        expect(await next()).toMatchObject({ from: 1, to: 2 })
      })

      it('gives intents alone when no outcome came in a minute', async () => {
        await store.append(draft('intent'))
        clock += 60_000
        expect(await next()).toMatchObject({ from: 1, to: 1, state: 'new' })
      })

      it('covers every entry exactly once, whatever happens between', async () => {
        const happening = fc.constantFrom('append', 'intent', 'crash', 'lost', 'refused', 'post')
        await fc.assert(
          fc.asyncProperty(fc.array(happening, { maxLength: 30 }), async (happenings) => {
            await using fresh = await make()
            const one = await fresh.open(now)
            const covered: number[] = []
            for (const what of [...happenings, 'append', ...Array<'post'>(30).fill('post')]) {
              clock += 60_000
              if (what === 'append') await one.append(draft('done'))
              else if (what === 'intent') await one.append(draft('intent'))
              else {
                const batch = await one.outbox.nextBatch(clock, 3)
                if (!batch || !(await one.outbox.posting(batch))) continue
                if (what === 'refused') await one.outbox.retryAt(batch, clock, 'new')
                if (what === 'lost') await one.outbox.retryAt(batch, clock, 'uncertain')
                if (what !== 'post') continue
                await one.outbox.posted(batch, '1.1')
                covered.push(...batch.entries.map(({ seq }) => seq))
              }
            }
            const { size } = await one.head()
            await one.close()
            expect(covered).toEqual(Array.from({ length: size }, (_, index) => index + 1))
          }),
          { numRuns: 25 },
        )
      })
    })
  })
}
