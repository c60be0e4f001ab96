import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { EntryDraft } from '../../src/core/audit.ts'
import type { Setting } from './store-contract.ts'
import { draft } from './samples.ts'

/** How entries reach the audit channel: in order, each in one message. */
export function outboxContract(setting: () => Setting): void {
  const outbox = () => setting().store.outbox
  const append = (...drafts: EntryDraft[]) => setting().store.append(...drafts)
  const next = () => outbox().nextBatch(setting().clock, 3)

  it('is empty at first', async () => {
    expect(await next()).toBeUndefined()
    expect(await outbox().backlog()).toBe(0)
  })

  it('gives entries in order, as many as asked for, each in one batch', async () => {
    for (let count = 0; count < 5; count++) await append(draft('done'))
    const first = await next()
    expect(first).toMatchObject({ from: 1, to: 3, state: 'new' })
    expect(await outbox().posting(first!)).toBe(true)
    await outbox().posted(first!, '1.1')
    expect(await outbox().backlog()).toBe(2)
    const second = await next()
    expect(second).toMatchObject({ from: 4, to: 5, state: 'new' })
    expect(second!.entries.map(({ seq }) => seq)).toEqual([4, 5])
  })

  it('gives nothing more while a batch is being posted', async () => {
    await append(draft('done'))
    await outbox().posting((await next())!)
    await append(draft('done'))
    expect(await next()).toBeUndefined()
  })

  it('calls a batch uncertain when its post was begun and never ended', async () => {
    await append(draft('done'))
    await outbox().posting((await next())!)
    await setting().store.close()
    setting().store = await setting().bench.open(setting().now)
    setting().clock += 30_000
    await append(draft('done'))
    const batch = await next()
    expect(batch).toMatchObject({ from: 1, to: 1, state: 'uncertain', attempts: 1 })
    await outbox().posted(batch!, '1.1')
    expect(await next()).toMatchObject({ from: 2, to: 2, state: 'new' })
  })

  it('lets one of two processes post', async () => {
    await append(draft('done'))
    const other = await setting().bench.open(setting().now)
    const [ours, theirs] = [await next(), await other.outbox.nextBatch(setting().clock, 3)]
    const taken = [await outbox().posting(ours!), await other.outbox.posting(theirs!)]
    await other.close()
    expect(taken).toEqual([true, false])
  })

  it('waits until the time given before it offers a batch again', async () => {
    await append(draft('done'))
    const batch = (await next())!
    await outbox().posting(batch)
    await outbox().retryAt(batch, setting().clock + 2_000, 'new')
    expect(await next()).toBeUndefined()
    setting().clock += 2_000
    expect(await next()).toMatchObject({ from: 1, state: 'new' })
  })

  it('keeps a batch uncertain when nobody knows whether its post arrived', async () => {
    await append(draft('done'))
    const batch = (await next())!
    await outbox().posting(batch)
    await outbox().retryAt(batch, setting().clock, 'uncertain')
    expect(await next()).toMatchObject({ from: 1, state: 'uncertain' })
  })

  it('lets nobody put off a batch that another process has taken since', async () => {
    await append(draft('done'))
    const slow = (await next())!
    await outbox().posting(slow)
    setting().clock += 30_000
    await outbox().posting((await next())!)
    await outbox().retryAt(slow, setting().clock, 'new')
    expect(await next()).toBeUndefined()
    setting().clock += 30_000
    expect(await next()).toMatchObject({ state: 'uncertain', attempts: 2 })
  })

  it('does not take a posted batch back', async () => {
    await append(draft('done'))
    const batch = (await next())!
    await outbox().posting(batch)
    await outbox().posted(batch, '1.1')
    await outbox().retryAt(batch, setting().clock, 'new')
    expect(await outbox().posting(batch)).toBe(false)
    expect(await next()).toBeUndefined()
  })

  it('holds an intent back until its outcome is there to be posted with it', async () => {
    await append(draft('intent'))
    expect(await next()).toBeUndefined()
    await append(draft('done'))
    expect(await next()).toMatchObject({ from: 1, to: 2 })
  })

  it('gives intents alone when no outcome came in a minute', async () => {
    await append(draft('intent'))
    setting().clock += 60_000
    expect(await next()).toMatchObject({ from: 1, to: 1, state: 'new' })
  })

  it('covers every entry exactly once, whatever happens between', async () => {
    const happening = fc.constantFrom('append', 'intent', 'crash', 'lost', 'refused', 'post')
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 30 }), async (happenings) => {
        await using fresh = await setting().make()
        const one = await fresh.open(setting().now)
        const covered: number[] = []
        for (const what of [...happenings, 'append', ...Array<'post'>(30).fill('post')]) {
          setting().clock += 60_000
          if (what === 'append') await one.append(draft('done'))
          else if (what === 'intent') await one.append(draft('intent'))
          else {
            const batch = await one.outbox.nextBatch(setting().clock, 3)
            if (!batch || !(await one.outbox.posting(batch))) continue
            if (what === 'refused') await one.outbox.retryAt(batch, setting().clock, 'new')
            if (what === 'lost') await one.outbox.retryAt(batch, setting().clock, 'uncertain')
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
  }, 120_000)
}
