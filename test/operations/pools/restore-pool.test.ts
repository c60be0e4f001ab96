import { beforeEach, describe, expect, it } from 'vitest'
import type { PoolSnapshot } from '../../../src/core/directory.ts'
import { restorePool } from '../../../src/operations/pools/restore-pool.ts'
import { linesOf } from '../../domain/pool/sentences.ts'
import { Estate, NOON, STAGING } from './estate.ts'

const policy = (MinimumLength: number) => ({ Policies: { PasswordPolicy: { MinimumLength } } })
const form = { pool: STAGING.id, change: 'r0' }

let estate: Estate
/** The pool as it was, and as it is after the change that is taken back. */
let before: PoolSnapshot
let after: PoolSnapshot

beforeEach(() => {
  estate = new Estate()
  before = estate.add(STAGING, { ...policy(8), UserPoolTags: { a: 'b' } })
  after = estate.add(STAGING, { ...policy(10), UserPoolTags: { a: 'b' } })
  estate.changes.push({
    request: 'r0',
    operation: 'update-pool',
    requester: 'U0ADA',
    at: NOON - 3_600_000,
    before,
    after,
  })
})

const choices = (values: object = { pool: STAGING.id }) =>
  restorePool.options('change')?.({ ...values }, estate.look(), '')

describe('the changes to choose from', () => {
  it('are told by what they changed and when', async () => {
    expect(await choices()).toEqual([
      {
        value: 'r0',
        label: 'Minimum length: 8 characters → 10 characters',
        description: 'update-pool, 1 hour ago',
      },
    ])
  })

  it('are those of a pool', async () => {
    await expect(choices({})).rejects.toThrow('Choose a pool first.')
  })

  it('are none where nothing was changed through Lifeguard', async () => {
    estate.changes.length = 0
    await expect(choices()).rejects.toThrow(
      'No change of this pool is known. Only what was changed through Lifeguard can be taken back.',
    )
  })
})

describe('restore-pool', () => {
  it('plans the inverse and nothing else, whatever else has moved', async () => {
    estate.add(STAGING, { ...policy(10), UserPoolTags: { c: 'd' } })
    const { plan } = await estate.prepare(restorePool, form)
    expect(linesOf(plan.facts)).toEqual([
      'Takes back: update-pool of 2026-11-26 11:00 UTC',
      'Minimum length: 10 characters → 8 characters',
      'Everything else: Stays as it is. It is sent along, and compared afterwards.',
    ])
    expect(plan.warnings).toEqual(['Shorter passwords are easier to guess.'])
    expect(plan.keep).toMatchObject({
      change: 'r0',
      changes: [{ path: 'Policies.PasswordPolicy.MinimumLength', value: 8 }],
    })
  })

  it('takes the change back, and can be taken back itself', async () => {
    const outcome = await estate.carryOut(restorePool, form)
    expect(outcome.sentence).toBe(
      'Changed in staging-customers: Minimum length. Nothing else changed.',
    )
    expect(estate.written).toHaveLength(1)
    expect(outcome.links?.map(({ operation }) => operation)).toContain('restore-pool')
  })

  it('puts back what was taken out, and takes out what was put in', async () => {
    const [change] = estate.changes
    if (change) estate.changes.splice(0, 1, { ...change, before: after, after: before })
    estate.add(STAGING, { ...policy(8), UserPoolTags: { a: 'b' } })
    const { plan } = await estate.prepare(restorePool, form)
    expect(linesOf(plan.facts)[1]).toBe('Minimum length: 8 characters → 10 characters')
  })

  it.each([
    [
      'a setting that was changed again since',
      12,
      'r0',
      'Changed again since, so it is not taken back: Minimum length. Nothing was changed. Use update-pool for it.',
    ],
    [
      'what is as it was already',
      8,
      'r0',
      'The pool is already as it was before this change. Nothing was changed.',
    ],
    [
      'a change that is not known',
      10,
      'r9',
      'This change of the pool is not known any more. Nothing was changed. Choose one from the list.',
    ],
  ])('refuses %s', async (_what, length, change, message) => {
    estate.add(STAGING, { ...policy(length), UserPoolTags: { a: 'b' } })
    await expect(estate.prepare(restorePool, { ...form, change })).rejects.toMatchObject({
      field: 'change',
      message,
    })
    expect(estate.written).toEqual([])
  })

  it('refuses a pool whose settings the SDK does not know', async () => {
    estate.add(STAGING, { ...policy(10), UserPoolTags: { a: 'b' } }, { unknown: ['Brand'] })
    await expect(estate.prepare(restorePool, form)).rejects.toThrow(/Brand\. Nothing was changed\./)
  })

  it('tells after a lost answer whether it was done', async () => {
    const { plan } = await estate.prepare(restorePool, form)
    const kept = plan.keep ?? {}
    expect(await estate.resolve(restorePool, kept, plan.image)).toBe('not-applied')
    await estate.carryOut(restorePool, form)
    expect(await estate.resolve(restorePool, kept, plan.image)).toBe('applied')
  })
})
