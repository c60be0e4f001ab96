import { describe, expect, it } from 'vitest'
import type { EntryDraft } from '../../../src/core/audit.ts'
import type { StepLook, StepRecord } from '../../../src/core/ports.ts'
import type { Executing } from '../../../src/core/request.ts'
import type { Common } from '../../../src/core/workflow/parts.ts'
import { passOf } from '../../../src/core/workflow/pass.ts'

const request = {
  id: 'r1',
  requester: 'U0ADA',
  operation: 'bulk',
  state: 'executing',
  leaseUntil: 1_000_000,
} as unknown as Executing

/** A store of steps alone, and what was written to it. */
async function passFrom(records: readonly StepRecord[]) {
  const steps = [...records]
  const entries: EntryDraft[] = []
  const store = {
    steps: async () => steps,
    append: async (...drafts: readonly EntryDraft[]) => void entries.push(...drafts),
    beginStep: async (step: StepRecord, along: { entries: readonly EntryDraft[] }) => {
      if (steps.some(({ key }) => key === step.key)) return false
      steps.push(step)
      entries.push(...along.entries)
      return true
    },
    endStep: async (_step: StepRecord, along: { entries: readonly EntryDraft[] }) => {
      entries.push(...along.entries)
    },
  }
  const pass = await passOf({ store, now: () => 0 } as unknown as Common, { request })
  const events = () => entries.map(({ event, target }) => `${event} ${target}`)
  return { pass, events }
}

const record = (as: StepRecord['as']): StepRecord => ({
  request: 'r1',
  key: 'ada',
  as,
  sentence: 'As it was.',
})

describe('a step', () => {
  it('has its intent before it and its outcome after it', async () => {
    const { pass, events } = await passFrom([])
    let seen: readonly string[] = []
    await pass.run('ada', async () => {
      seen = events()
      return 'Done.'
    })
    expect(seen).toEqual(['intent ada'])
    expect(events()).toEqual(['intent ada', 'step-done ada'])
  })

  it.each(['done', 'failed', 'unknown'] as const)('that is %s is not done again', async (as) => {
    const { pass, events } = await passFrom([record(as)])
    const done = await pass.run(
      'ada',
      () => Promise.reject(new Error('again')),
      () => 'not-applied',
    )
    expect(done).toEqual({ as, sentence: 'As it was.' })
    expect(events()).toEqual([])
  })

  it.each<[string, StepLook | undefined, string, readonly string[]]>([
    ['nobody can tell', undefined, 'unknown', []],
    ['a look does not tell', 'unknown', 'unknown', []],
    ['a look shows it', 'applied', 'done', ['step-done ada']],
    ['a look shows the contrary', 'not-applied', 'done', ['intent ada', 'step-done ada']],
  ])('that was interrupted, when %s', async (_what, look, as, written) => {
    const { pass, events } = await passFrom([record('begun')])
    let times = 0
    const work = async () => {
      times++
      return 'Done.'
    }
    const run = async () => pass.run('ada', work, ...(look === undefined ? [] : [() => look]))
    expect((await run()).as).toBe(as)
    expect(times).toBe(look === 'not-applied' ? 1 : 0)
    expect(events()).toEqual(written)
    await run()
    expect(times).toBe(look === 'not-applied' ? 1 : 0)
  })
})
