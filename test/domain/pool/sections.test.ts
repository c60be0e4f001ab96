import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../../src/core/canonical.ts'
import { changePlan } from '../../../src/domain/pool/change-plan.ts'
import { valueAt } from '../../../src/domain/pool/paths.ts'
import { VALIDITY } from '../../../src/domain/pool/round-trip.ts'
import { changesFrom, valuesOf } from '../../../src/domain/pool/sections.ts'
import { settingFields } from '../../../src/domain/pool/setting-fields.ts'
import { SECTIONS, SETTINGS } from '../../../src/domain/pool/settings.ts'
import type { Section, Setting } from '../../../src/domain/pool/settings.ts'
import { anySnapshot, snapshotOf, valueFor } from './arbitrary.ts'

/** A section, one of its settings, and a value for it. */
const anySetting = fc
  .constantFrom(
    ...SECTIONS.flatMap((section) => section.settings.map((setting) => ({ section, setting }))),
  )
  .chain((one) => valueFor(one.setting).map((value) => ({ ...one, value })))

/** What a form shows; the order of a list of choices means nothing. */
function shown({ kind }: Setting, value: Json | undefined): unknown {
  const form = kind.toForm(value)
  return Array.isArray(form) ? new Set(form as readonly unknown[]) : form
}

const through = (section: Section, values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    section.settings.map(({ name }) => [name, settingFields[name]?.parse(values[name])]),
  )

describe('the form of a section', () => {
  it('changes nothing when it is sent as it was opened', () => {
    fc.assert(
      fc.property(anySnapshot, fc.constantFrom(...SECTIONS), (snapshot, section) => {
        expect(changesFrom(snapshot, section, valuesOf(snapshot, section))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('changes the one setting that was filled in anew', () => {
    fc.assert(
      fc.property(anySnapshot, anySetting, (snapshot, { section, setting, value }) => {
        const values = {
          ...valuesOf(snapshot, section),
          [setting.name]: setting.kind.toForm(value),
        }
        const changes = changesFrom(snapshot, section, values)
        expect(changes.every(({ path }) => path === setting.path)).toBe(true)
        for (const change of changes)
          expect(shown(setting, change.value)).toEqual(shown(setting, value))
      }),
      { numRuns: 300 },
    )
  })

  it('may be read back by its own fields', () => {
    fc.assert(
      fc.property(anySetting, ({ section, setting, value }) => {
        const form = setting.kind.toForm(value)
        expect(() => through(section, { [setting.name]: form })).not.toThrow()
      }),
      { numRuns: 300 },
    )
  })
})

describe('the validity of temporary passwords', () => {
  const section = SECTIONS.find(({ value }) => value === 'password_policy')
  const field = settingFields['temporary_password_validity_days']
  const pool = (days?: number, legacy?: number) =>
    snapshotOf({
      Id: 'eu-west-1_A1',
      Name: 'one',
      ...(days === undefined
        ? {}
        : { Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: days } } }),
      ...(legacy === undefined
        ? {}
        : { AdminCreateUserConfig: { UnusedAccountValidityDays: legacy } }),
    })

  it('is from 1 to 365, and the form says what 0 would mean', () => {
    for (const days of [1, 365]) expect(field?.parse(days)).toBe(days)
    for (const days of [0, 366, -1, 1.5, 'a week'])
      expect(field?.safeParse(days).success, String(days)).toBe(false)
    expect(SETTINGS.get(VALIDITY)?.hint).toContain('0')
  })

  it('is shown as Cognito counts it', () => {
    const shown = (snapshot: ReturnType<typeof pool>) =>
      section && valuesOf(snapshot, section)['temporary_password_validity_days']
    expect(shown(pool())).toBe(7)
    expect(shown(pool(0))).toBe(7)
    expect(shown(pool(0, 30))).toBe(30)
    expect(shown(pool(5, 30))).toBe(5)
  })

  it.each([
    [30, /does not revive temporary passwords that have expired/],
    [1, /may end invitations that were sent/],
  ])('of %i days has its consequence in the plan', (days, words) => {
    const { facts, warnings } = changePlan(pool(7), [{ path: VALIDITY, value: days }])
    expect(warnings.join(' ')).toMatch(words)
    expect(facts[0]?.text).toBe(`7 days → ${days === 1 ? '1 day' : `${days} days`}`)
    expect(valueAt(pool(7).settings, VALIDITY)).toBe(7)
  })
})
