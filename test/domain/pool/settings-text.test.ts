import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leavesOf } from '../../../src/domain/pool/paths.ts'
import { parseSettings } from '../../../src/domain/pool/settings-text.ts'
import { SETTINGS } from '../../../src/domain/pool/settings.ts'
import { valueFor } from './arbitrary.ts'
import { creatable } from './sdk-members.ts'

const faults = (text: string) => parseSettings(text).faults ?? []

/** Members of CreateUserPool that the text does not take, each with where they are set instead. */
const ELSEWHERE = [
  'PoolName',
  'MfaConfiguration',
  'SmsVerificationMessage',
  'EmailVerificationMessage',
  'EmailVerificationSubject',
  'AdminCreateUserConfig.UnusedAccountValidityDays',
]

describe('settings in the API’s own names', () => {
  it('are read from YAML and from JSON alike', () => {
    const yaml = `
Policies:
  PasswordPolicy: { MinimumLength: 14 }
DeletionProtection: ACTIVE
UserPoolTags: { team: identity }
Schema:
  - { Name: seats, AttributeDataType: Number }
`
    const settings = {
      Policies: { PasswordPolicy: { MinimumLength: 14 } },
      DeletionProtection: 'ACTIVE',
      UserPoolTags: { team: 'identity' },
      Schema: [{ Name: 'seats', AttributeDataType: 'Number' }],
    }
    expect(parseSettings(yaml)).toEqual({ settings })
    expect(parseSettings(JSON.stringify(settings))).toEqual({ settings })
  })

  it('may be every member of CreateUserPool that the SDK knows, but for those with a place of their own', () => {
    const known = new Set([
      ...SETTINGS.keys(),
      'AliasAttributes',
      'UsernameAttributes',
      'UsernameConfiguration.CaseSensitive',
      'Schema',
    ])
    const lost = creatable.filter((path) => !known.has(path) && !ELSEWHERE.includes(path))
    expect(lost).toEqual([])
    for (const path of ELSEWHERE) {
      const text = JSON.stringify(
        path.split('.').reduceRight<unknown>((value, name) => ({ [name]: value }), 'x'),
      )
      expect(faults(text), path).toHaveLength(1)
      expect(faults(text)[0]).toMatch(/field of its own|chosen in the form|out of use/)
    }
  })

  it('take every value that a setting may have', () => {
    const any = fc.constantFrom(
      ...[...SETTINGS.values()].filter(
        ({ path }) => path !== 'Name' && path !== 'MfaConfiguration',
      ),
    )
    fc.assert(
      fc.property(
        any.chain((setting) => fc.tuple(fc.constant(setting.path), valueFor(setting))),
        ([path, value]) => {
          const settings = path
            .split('.')
            .reduceRight<unknown>((inner, name) => ({ [name]: inner }), value)
          const read = parseSettings(JSON.stringify(settings))
          expect(read.faults, path).toBeUndefined()
          expect(leavesOf(read.faults ? {} : read.settings).get(path)).toEqual(value)
        },
      ),
      { numRuns: 300 },
    )
  })

  it.each([
    [
      'an unknown member',
      'Policies: { PasswordPolicy: { MinLength: 8 } }',
      /^Policies\.PasswordPolicy\.MinLength is no member/,
    ],
    [
      'a value out of range',
      'Policies: { PasswordPolicy: { MinimumLength: 5 } }',
      /^Policies\.PasswordPolicy\.MinimumLength is a whole number from 6 to 99\.$/,
    ],
    [
      'no validity',
      'Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 0 } }',
      /TemporaryPasswordValidityDays is a whole number from 1 to 365/,
    ],
    [
      'a wrong type',
      'Policies: { PasswordPolicy: { RequireNumbers: "yes" } }',
      /RequireNumbers is yes or no: write true or false/,
    ],
    ['a wrong choice', 'DeletionProtection: "ON"', /^DeletionProtection /],
    [
      'a superseded member',
      'AdminCreateUserConfig: { UnusedAccountValidityDays: 9 }',
      /out of use: write Policies\.PasswordPolicy\.TemporaryPasswordValidityDays/,
    ],
    ['a schema that is none', 'Schema: { Name: seats }', /^Schema is a list/],
    [
      'an attribute without a name',
      'Schema: [{ AttributeDataType: Number }]',
      /^Schema\[0\] needs a Name/,
    ],
    ['an attribute with a prefix', 'Schema: [{ Name: "custom:seats" }]', /^Schema\[0\]\.Name/],
    [
      'an attribute of no type',
      'Schema: [{ Name: seats, AttributeDataType: Text }]',
      /^Schema\[0\]\.AttributeDataType is one of/,
    ],
    ['a list', '- ACTIVE', /^Write members of CreateUserPool/],
    ['words', 'please', /^Write members of CreateUserPool/],
    ['nothing', '', /^Write members of CreateUserPool/],
    [
      'the same member twice',
      'DeletionProtection: ACTIVE\nDeletionProtection: INACTIVE',
      /^This is not YAML or JSON: .*unique/,
    ],
    ['half of a text', '{ "DeletionProtection": ', /^This is not YAML or JSON/],
    ['a tab', 'Policies:\n\tPasswordPolicy: {}', /^This is not YAML or JSON/],
    [
      'an alias',
      'DeletionProtection: &a ACTIVE\nUserPoolTier: *a',
      /anchors and aliases are not taken/,
    ],
  ])('are refused with the place: %s', (_what, text, words) => {
    expect(faults(text)[0]).toMatch(words)
  })

  it('are told all that is wrong at once', () => {
    expect(faults('A: 1\nB: 2\nDeletionProtection: maybe')).toHaveLength(3)
  })

  it('end in a sentence whatever was typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), (text) => {
        const read = parseSettings(text)
        for (const fault of read.faults ?? []) expect(fault).toMatch(/\S/)
      }),
      { numRuns: 300 },
    )
  })
})
