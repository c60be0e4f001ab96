import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../src/core/canonical.ts'
import { canonical } from '../../../src/core/canonical.ts'
import { comparable } from '../../../src/domain/pool/canonical.ts'
import { valueAt, withValue } from '../../../src/domain/pool/paths.ts'
import { changesFrom, unshown, valuesOf } from '../../../src/domain/pool/sections.ts'
import { settingFields } from '../../../src/domain/pool/setting-fields.ts'
import { SECTIONS, sectionNamed } from '../../../src/domain/pool/settings.ts'
import type { Section } from '../../../src/domain/pool/settings.ts'
import { anySnapshot, snapshotOf, valueFor } from './arbitrary.ts'

const pool = (settings: JsonObject = {}) =>
  snapshotOf({ Id: 'eu-west-1_A1', Name: 'one', MfaConfiguration: 'OFF', ...settings })
const named = (value: string) => sectionNamed(value) as Section

/** What is left of values that went through the form: texts lose the space around them, empty fields are absent. */
function throughForm(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const parsed = Object.entries(values).map(([name, value]) => {
    const sent = typeof value === 'string' ? value.trim() || undefined : value
    return [name, settingFields[name]?.parse(sent)] as const
  })
  return Object.fromEntries(parsed)
}

const FIELDS = SECTIONS.flatMap((section) =>
  section.settings.map((setting) => [setting.name, setting, section] as const),
)

describe('the form of a section', () => {
  it('that is sent as it came changes nothing', () => {
    fc.assert(
      fc.property(anySnapshot, fc.constantFrom(...SECTIONS), (snapshot, section) => {
        const values = throughForm(valuesOf(snapshot, section))
        expect(changesFrom(snapshot, section, values)).toEqual([])
      }),
    )
  })

  it.each(FIELDS)('%s changed alone is that change and no other', (name, setting, section) => {
    fc.assert(
      fc.property(anySnapshot, valueFor(setting), (snapshot, value) => {
        const before = valuesOf(snapshot, section)
        const values = throughForm({ ...before, [name]: setting.kind.toForm(value) })
        const now = valueAt(comparable(snapshot).settings, setting.path)
        const asked = setting.kind.fromForm(values[name])
        const same = canonical(asked) === canonical(setting.kind.fromForm(before[name]))
        expect(changesFrom(snapshot, section, values)).toEqual(
          same ? [] : [{ path: setting.path, value: asked }],
        )
        if (now === undefined && !same) expect(asked).toBeDefined()
      }),
      { numRuns: 8 },
    )
  })

  it.each(FIELDS)('%s takes what Cognito takes, and gives it back as it was', (_name, setting) => {
    fc.assert(
      fc.property(valueFor(setting), (value) => {
        const { kind } = setting
        expect(kind.fault(value)).toBeUndefined()
        const back = kind.fromForm(kind.toForm(value))
        // What is chosen has no order.
        const inOrder = kind.input.as === 'choices' ? kind.fromForm(value) : value
        expect(canonical(back)).toBe(canonical(inOrder))
        if (kind.input.as === 'choices') expect(back).toHaveLength((value as []).length)
        expect(kind.words(value)).not.toMatch(/undefined|\[object|^$/)
      }),
      { numRuns: 8 },
    )
  })
})

describe('what a form cannot hold', () => {
  const long = `${'<p>Hello</p>'.repeat(400)} {####}`
  const cases: readonly (readonly [string, string, string, Json])[] = [
    ['a long text', 'verification_messages', 'VerificationMessageTemplate.EmailMessage', long],
    ['a value of a later Cognito', 'tier', 'UserPoolTier', 'ULTRA'],
    ['one of them in a list', 'attribute_updates', 'AutoVerifiedAttributes', ['email', 'fax']],
    ['a tag whose key reads like a value', 'tags', 'UserPoolTags', { 'a=b': 'c' }],
    [
      'a way of recovery of a later Cognito',
      'recovery',
      'AccountRecoverySetting.RecoveryMechanisms',
      [{ Name: 'passkey', Priority: 1 }],
    ],
  ]

  it.each(cases)('%s stays as it is, and is named', (_what, value, path, held) => {
    const section = named(value)
    const snapshot = pool(withValue({}, path, held))
    expect(unshown(snapshot, section).map((one) => one.path)).toEqual([path])
    const values = throughForm(valuesOf(snapshot, section))
    expect(changesFrom(snapshot, section, values)).toEqual([])
  })

  it('is nothing that Cognito takes today', () => {
    fc.assert(
      fc.property(anySnapshot, fc.constantFrom(...SECTIONS), (snapshot, section) => {
        expect(unshown(snapshot, section)).toEqual([])
      }),
    )
  })

  it('can still be replaced by what is written into its field', () => {
    const section = named('verification_messages')
    const snapshot = pool({ VerificationMessageTemplate: { EmailMessage: long } })
    const values = { ...valuesOf(snapshot, section), email_message: 'Short {####}' }
    expect(changesFrom(snapshot, section, values)).toEqual([
      { path: 'VerificationMessageTemplate.EmailMessage', value: 'Short {####}' },
    ])
  })
})

describe('what a form does to a text is no change', () => {
  it.each(['\n  Your code: {####}\n\n', 'Your code:\r\n{####}', 'Your\u200B code: {####}'])(
    '%j',
    (text) => {
      const section = named('verification_messages')
      const snapshot = pool({ VerificationMessageTemplate: { EmailMessage: text } })
      const shown = text.replaceAll(/[\r\u200B]/g, '').trim()
      const values = { ...valuesOf(snapshot, section), email_message: shown }
      expect(changesFrom(snapshot, section, values)).toEqual([])
    },
  )
})

describe('a pool of old days', () => {
  it('shows the validity that counts', () => {
    const days = (own: number | undefined, legacy: number | undefined) =>
      valuesOf(
        pool({
          Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: own } },
          AdminCreateUserConfig: { UnusedAccountValidityDays: legacy },
        }),
        named('password_policy'),
      )['temporary_password_validity_days']
    expect(days(undefined, undefined)).toBe(7)
    expect(days(0, undefined)).toBe(7)
    expect(days(0, 30)).toBe(30)
    expect(days(undefined, 30)).toBe(30)
    expect(days(5, 30)).toBe(5)
  })

  it('does not turn device remembering on by the way', () => {
    const devices = named('devices')
    const values = throughForm(valuesOf(pool(), devices))
    expect(values).toEqual({
      challenge_required_on_new_device: false,
      device_only_remembered_on_user_prompt: false,
    })
    expect(changesFrom(pool(), devices, values)).toEqual([])
  })
})
