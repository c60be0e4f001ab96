import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/core/canonical.ts'
import type { PoolSnapshot } from '../../../src/core/directory.ts'
import { expectedAfter, updateRequest } from '../../../src/domain/pool/change.ts'
import { comparison } from '../../../src/domain/pool/compare.ts'
import { SETTINGS } from '../../../src/domain/pool/settings.ts'
import { labelOf } from '../../../src/domain/pool/words.ts'
import { anySnapshot, movedBy, snapshotOf, valueFor } from './arbitrary.ts'
import { expectReadable, linesOf, wordsOf } from './sentences.ts'

const BASE: JsonObject = { Id: 'eu-west-1_A1', Name: 'one', MfaConfiguration: 'OFF' }
const pool = (settings: JsonObject = {}, mfa?: JsonObject) =>
  snapshotOf({ ...BASE, ...settings }, mfa)
const saidOf = (one: PoolSnapshot, other: PoolSnapshot) => linesOf(comparison(one, other).facts)

/** What tells which pool it is, and not how it is set up. */
const IDENTITY: JsonObject = {
  Id: 'us-east-1_B2',
  Name: 'two',
  Arn: 'arn:aws:cognito-idp:us-east-1:222222222222:userpool/us-east-1_B2',
  CreationDate: '2020-01-01T00:00:00.000Z',
  LastModifiedDate: '2020-01-01T00:00:00.000Z',
  EstimatedNumberOfUsers: 99,
  Domain: 'elsewhere',
  CustomDomain: 'auth.example.com',
  Status: 'Enabled',
}

describe('two pools', () => {
  it('have no difference to themselves, nor to a twin with another identity', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        expect(comparison(snapshot, snapshot)).toEqual({ facts: [], warnings: [] })
        const twin = { ...snapshot, settings: { ...snapshot.settings, ...IDENTITY } }
        expect(comparison(snapshot, twin).facts).toEqual([])
      }),
    )
  })

  it('differ by each setting that is changed in one, and by nothing else', () => {
    const change = fc
      .constantFrom(...[...SETTINGS.values()].filter(({ path }) => path !== 'Name'))
      .chain((setting) => valueFor(setting).map((value) => ({ path: setting.path, value })))
    fc.assert(
      fc.property(anySnapshot, change, (one, { path, value }) => {
        const other = { ...one, ...expectedAfter(one, [{ path, value }]) }
        const { facts } = comparison(one, other)
        const allowed = new Set(movedBy(one, path).map(labelOf))
        expect(facts.map(({ term }) => term).filter((term) => !allowed.has(term))).toEqual([])
        for (const { text } of facts) {
          const [left, right, ...more] = text.split(' | ')
          expect(more).toEqual([])
          expect(left).not.toBe(right)
        }
        expectReadable(wordsOf(facts))
      }),
    )
  })

  it.each<[string, PoolSnapshot, PoolSnapshot, readonly string[]]>([
    [
      'a setting that one of them has',
      pool(),
      pool({ DeletionProtection: 'ACTIVE' }),
      ['Deletion protection: not set | On'],
    ],
    [
      'numbers with their units',
      pool({ Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 1 } } }),
      pool({ AdminCreateUserConfig: { UnusedAccountValidityDays: 30 } }),
      ['Temporary password validity: 1 day | 30 days'],
    ],
    [
      'functions in other regions and accounts, whole',
      pool({ LambdaConfig: { PreSignUp: 'arn:aws:lambda:eu-west-1:111111111111:function:f' } }),
      pool({ LambdaConfig: { PreSignUp: 'arn:aws:lambda:us-east-1:222222222222:function:f' } }),
      [
        'Before sign-up: arn:aws:lambda:eu-west-1:111111111111:function:f | arn:aws:lambda:us-east-1:222222222222:function:f',
      ],
    ],
    [
      'what is hidden',
      pool({ SmsConfiguration: { ExternalId: 'a' } }),
      pool({ SmsConfiguration: { ExternalId: 'b' } }),
      ['SMS delivery: external id of that role (ExternalId): ••• | ••• (another value)'],
    ],
    [
      'how people sign in',
      pool({ UsernameAttributes: ['email'] }),
      pool({ AliasAttributes: ['email', 'phone_number'] }),
      [
        'Sign-in names beside the username: not set | email, phone_number',
        'People sign in with: email | not set',
      ],
    ],
    [
      'second factors that only their own call tells',
      pool({}, { MfaConfiguration: 'OFF', SoftwareTokenMfaConfiguration: { Enabled: true } }),
      pool({}, { MfaConfiguration: 'OFF', SoftwareTokenMfaConfiguration: { Enabled: false } }),
      ['Authenticator apps: yes | no'],
    ],
    [
      'attributes that are missing or defined otherwise',
      pool({
        SchemaAttributes: [
          { Name: 'email', AttributeDataType: 'String' },
          { Name: 'custom:plan', AttributeDataType: 'String', Mutable: true },
        ],
      }),
      pool({
        SchemaAttributes: [
          { AttributeDataType: 'String', Name: 'email' },
          { Name: 'custom:plan', AttributeDataType: 'String', Mutable: false },
          { Name: 'custom:seats', AttributeDataType: 'Number' },
        ],
      }),
      [
        'Attribute custom:plan: text | text, cannot be changed later',
        'Attribute custom:seats: not there | number',
      ],
    ],
    [
      'lists in another order are the same',
      pool({ AutoVerifiedAttributes: ['email', 'phone_number'], UserPoolTags: {} }),
      pool({ AutoVerifiedAttributes: ['phone_number', 'email'] }),
      [],
    ],
  ])('%s', (_what, one, other, lines) => {
    expect(saidOf(one, other)).toEqual(lines)
  })

  it('name what Lifeguard does not know of either', () => {
    const other = { ...pool({ Name: 'two' }), unknown: ['Brand', 'mfa:X'] }
    expect(comparison({ ...pool(), unknown: ['Policies.New'] }, other).warnings).toEqual([
      'one has settings that Lifeguard does not know and did not compare: Policies.New.',
      'two has settings that Lifeguard does not know and did not compare: Brand, mfa:X.',
    ])
  })

  it('the generator of this test makes pools that can be written', () => {
    const [snapshot] = fc.sample(anySnapshot, 1)
    expect(() => snapshot && updateRequest(snapshot, [])).not.toThrow()
  })
})
