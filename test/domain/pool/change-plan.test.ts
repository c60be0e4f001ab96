import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/core/canonical.ts'
import type { PoolSnapshot, SettingChange } from '../../../src/core/directory.ts'
import { Refusal } from '../../../src/core/refusal.ts'
import { expectedAfter, updateRequest } from '../../../src/domain/pool/change.ts'
import {
  changeOutcome,
  changePlan,
  changeResolution,
  changeTitle,
  driftFacts,
} from '../../../src/domain/pool/change-plan.ts'
import { valueAt } from '../../../src/domain/pool/paths.ts'
import { SETTINGS } from '../../../src/domain/pool/settings.ts'
import { anySnapshot, snapshotOf, valueFor } from './arbitrary.ts'
import { expectReadable, expectSentences, linesOf, wordsOf } from './sentences.ts'

const DAYS = 'Policies.PasswordPolicy.TemporaryPasswordValidityDays'
const pool = (settings: JsonObject = {}): PoolSnapshot =>
  snapshotOf({
    Id: 'eu-west-1_A1',
    Name: 'customers',
    MfaConfiguration: 'OFF',
    DeletionProtection: 'ACTIVE',
    LastModifiedDate: '2026-02-01T00:00:00.000Z',
    ...settings,
  })
const days = (TemporaryPasswordValidityDays: number, more: JsonObject = {}) =>
  pool({ Policies: { PasswordPolicy: { TemporaryPasswordValidityDays } }, ...more })
const after = (before: PoolSnapshot, changes: readonly SettingChange[]): PoolSnapshot => ({
  ...before,
  ...expectedAfter(before, changes),
})

describe('a plan', () => {
  it('says what changes, what follows, and that the rest stays', () => {
    const plan = changePlan(days(7), [{ path: DAYS, value: 30 }])
    expect(linesOf(plan.facts)).toEqual([
      'Temporary password validity: 7 days → 30 days',
      'Everything else: Stays as it is. It is sent along, and compared afterwards.',
    ])
    expect(plan.warnings).toEqual([
      'A longer validity does not revive temporary passwords that have expired: those users need a new invitation.',
    ])
    expect(plan.target).toEqual({
      name: 'customers',
      id: 'eu-west-1_A1',
      label: 'customers',
      emails: [],
    })
  })

  it('shows the legacy validity that it moves', () => {
    const before = pool({ AdminCreateUserConfig: { UnusedAccountValidityDays: 30 } })
    expect(linesOf(changePlan(before, [{ path: DAYS, value: 7 }]).facts)[0]).toBe(
      'Temporary password validity: 30 days → 7 days',
    )
  })

  it('shows the legacy validity that moves along with any other change', () => {
    const legacy = { AdminCreateUserConfig: { UnusedAccountValidityDays: 30 } }
    const changes = [{ path: 'DeletionProtection', value: 'INACTIVE' }]
    const moves = (before: PoolSnapshot) =>
      linesOf(changePlan(before, changes).facts).filter((line) => line.startsWith('Moves along'))
    expect(moves(pool(legacy))).toEqual([
      'Moves along: UnusedAccountValidityDays (30) is out of use: its days move to the password policy, which cannot be taken back.',
    ])
    expect(moves(pool())).toEqual([])
    expect(moves(days(5, legacy))).toEqual([])
  })

  it('is another one when the pool has moved, even by what no reading shows', () => {
    const changes = [{ path: 'DeletionProtection', value: 'INACTIVE' }]
    const basis = (snapshot: PoolSnapshot) => changePlan(snapshot, changes).basis
    expect(basis(pool())).toBe(basis(pool()))
    expect(basis(pool())).not.toBe(basis(pool({ UserPoolTags: { a: 'b' } })))
    expect(basis(pool())).not.toBe(basis(pool({ LastModifiedDate: '2026-02-02T00:00:00.000Z' })))
  })

  it('reads well for any change of any pool, and never sends both validity settings', () => {
    const change = fc
      .constantFrom(...SETTINGS.values())
      .chain((setting) => valueFor(setting).map((value) => ({ path: setting.path, value })))
    fc.assert(
      fc.property(anySnapshot, change, (before, one) => {
        try {
          const { facts, warnings } = changePlan(before, [one])
          expectReadable(wordsOf(facts))
          expectSentences(warnings)
          const input = updateRequest(before, [one])
          expect(valueAt(input, 'AdminCreateUserConfig.UnusedAccountValidityDays')).toBeUndefined()
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          expectSentences([error.message])
          expect(error.message).toContain('Nothing was changed.')
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('an outcome', () => {
  const before = days(7)
  const changes = [{ path: DAYS, value: 30 }]

  it('is proven by what was read back', () => {
    const outcome = changeOutcome(before, changes, after(before, changes))
    expect(outcome.sentence).toBe(
      'Changed in customers: Temporary password validity. Nothing else changed.',
    )
    expect(outcome.alarm).toBeUndefined()
    expect(linesOf(outcome.facts ?? [])).toEqual([
      'Temporary password validity: 7 days → 30 days',
      'Proof: Read back from Cognito and compared: 5 settings, and only what was asked for is different.',
    ])
    expect(outcome.links?.map(({ label }) => label)).toEqual(['Show pool', 'Undo'])
  })

  it.each<[string, PoolSnapshot, string]>([
    [
      'what nobody asked for',
      days(30, { UserPoolTags: { rogue: 'yes' } }),
      'Also different, and not asked for: Tags. Look at the pool now; Undo takes back what was asked for.',
    ],
    [
      'what did not take effect',
      days(7),
      'Not as asked for: Temporary password validity. Look at the pool now; Undo takes back what was asked for.',
    ],
    [
      'both',
      days(7, { DeletionProtection: 'INACTIVE' }),
      'Also different, and not asked for: Deletion protection. Not as asked for: Temporary password validity. Look at the pool now; Undo takes back what was asked for.',
    ],
  ])('is loud about %s', (_what, read, alarm) => {
    const outcome = changeOutcome(before, changes, read)
    expect(outcome.alarm).toBe(alarm)
    expect(outcome.sentence).toBe(
      'Cognito took the change of customers, and the pool is not as it should be.',
    )
    expectSentences([outcome.sentence, alarm])
  })
})

describe('a lost answer', () => {
  const changes = [{ path: DAYS, value: 30 }]

  it.each([
    ['nothing without the image from before', undefined, days(30), 'unknown'],
    ['that it was not done', days(7), days(7), 'not-applied'],
    ['that it was done', days(7), days(30), 'applied'],
    ['nothing when the pool is something else', days(7), days(9), 'unknown'],
    ['nothing when more has moved', days(7), days(30, { UserPoolTags: { a: 'b' } }), 'unknown'],
  ] as const)('a reading tells %s', (_what, before, now, resolution) => {
    expect(changeResolution(before, changes, now)).toBe(resolution)
  })
})

describe('what has moved since', () => {
  it('is named', () => {
    expect(linesOf(driftFacts(days(7), days(9)))).toEqual([
      'Changed meanwhile: Temporary password validity: 7 days → 9 days',
    ])
    expect(driftFacts(days(7), days(7))).toEqual([])
  })

  it('is told by its date when no setting shows it', () => {
    const later = days(7, { LastModifiedDate: '2026-02-02T00:00:00.000Z' })
    expect(linesOf(driftFacts(days(7), later))).toEqual([
      'Changed meanwhile: The pool was last changed at 2026-02-01T00:00:00.000Z, then at 2026-02-02T00:00:00.000Z.',
    ])
  })
})

describe('the title of a change', () => {
  it('is its first difference and how many more', () => {
    expect(changeTitle(days(7), days(7))).toBe('No difference')
    expect(changeTitle(days(7), days(30))).toBe('Temporary password validity: 7 days → 30 days')
    const more = days(30, { DeletionProtection: 'INACTIVE', UserPoolTags: { a: 'b' } })
    expect(changeTitle(days(7), more)).toBe('Deletion protection: On → Off and 2 more')
  })
})
