import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/core/canonical.ts'
import type { PoolSnapshot } from '../../../src/core/directory.ts'
import { leavesOf } from '../../../src/domain/pool/paths.ts'
import { details, poolLine, summary } from '../../../src/domain/pool/summary.ts'
import { anySnapshot, snapshotOf } from './arbitrary.ts'
import { described, mfaDescribed, withEvery } from './sdk-members.ts'

const pool = (settings: JsonObject = {}, mfa: JsonObject = { MfaConfiguration: 'OFF' }) =>
  snapshotOf(
    {
      Id: 'eu-west-1_A1',
      Name: 'customers',
      DeletionProtection: 'ACTIVE',
      ...settings,
    },
    mfa,
  )

const factOf = (settings: JsonObject, term: string, mfa?: JsonObject) =>
  summary(pool(settings, mfa)).facts.find((fact) => fact.term === term)?.text

/** Members of UserPoolType in the API of 2019-05-03, when the validity of temporary passwords arrived. */
const IN_2019 = [
  'Id',
  'Name',
  'Policies',
  'LambdaConfig',
  'Status',
  'LastModifiedDate',
  'CreationDate',
  'SchemaAttributes',
  'AutoVerifiedAttributes',
  'AliasAttributes',
  'UsernameAttributes',
  'SmsVerificationMessage',
  'EmailVerificationMessage',
  'EmailVerificationSubject',
  'VerificationMessageTemplate',
  'SmsAuthenticationMessage',
  'MfaConfiguration',
  'DeviceConfiguration',
  'EstimatedNumberOfUsers',
  'EmailConfiguration',
  'SmsConfiguration',
  'UserPoolTags',
  'SmsConfigurationFailure',
  'EmailConfigurationFailure',
  'Domain',
  'CustomDomain',
  'AdminCreateUserConfig',
  'UserPoolAddOns',
  'Arn',
]

describe('the details of a pool', () => {
  const everything = withEvery(described)
  const told = (snapshot: PoolSnapshot) => details(snapshot).flatMap(({ facts }) => facts)
  const leavesIn = ({ settings, mfa }: PoolSnapshot) => leavesOf(settings).size + leavesOf(mfa).size

  it('hold the members of 2019 and all of the installed SDK', () => {
    expect(IN_2019.filter((name) => !(name in everything))).toEqual([])
    expect(IN_2019).toHaveLength(29)
    expect(Object.keys(everything)).toHaveLength(38)
    const snapshot = snapshotOf(everything, withEvery(mfaDescribed))
    expect(told(snapshot).filter(({ text }) => text === 'not set')).toEqual([])
    expect(told(snapshot)).toHaveLength(leavesIn(snapshot))
  })

  it('say what a member that nobody has words for is called, and what it holds', () => {
    const facts = told(pool({ Domain: 'login', BrandNew: { Member: 3 } }))
    expect(facts).toContainEqual({ term: 'Domain', text: 'login' })
    expect(facts).toContainEqual({ term: 'BrandNew.Member', text: '3' })
  })

  it('keep the external id of a role to themselves', () => {
    const facts = told(pool({ SmsConfiguration: { SnsCallerArn: 'arn:x', ExternalId: 'shared' } }))
    expect(JSON.stringify(facts)).toContain('arn:x')
    expect(JSON.stringify(facts)).not.toContain('shared')
  })

  it('tell each leaf of any pool once', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const facts = told(snapshot)
        const absent = facts.filter(({ text }) => text === 'not set').length
        expect(facts.length - absent).toBe(leavesIn(snapshot))
        for (const { term, text } of facts) {
          expect(term).not.toBe('')
          expect(text).not.toMatch(/undefined|\[object/)
        }
      }),
      { numRuns: 100 },
    )
  })
})

describe('the summary of a pool', () => {
  it.each<[string, JsonObject, RegExp]>([
    ['deletion protection that is off', { DeletionProtection: 'INACTIVE' }, /one call deletes/],
    [
      'short passwords',
      { Policies: { PasswordPolicy: { MinimumLength: 6 } } },
      /weak: 6 characters/,
    ],
    [
      'passwords of few kinds',
      {
        Policies: {
          PasswordPolicy: { MinimumLength: 8, RequireNumbers: false, RequireSymbols: false },
        },
      },
      /weak: 8 characters of few kinds/,
    ],
    [
      'temporary passwords that last',
      { Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 120 } } },
      /more than 90 days/,
    ],
    ['e-mail that fails', { EmailConfigurationFailure: 'x' }, /cannot send e-mails/],
    ['SMS that fail', { SmsConfigurationFailure: 'SNSSandbox' }, /cannot send SMS/],
    [
      'a legacy validity that no longer counts',
      {
        Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 5 } },
        AdminCreateUserConfig: { UnusedAccountValidityDays: 30 },
      },
      /says 30 and no longer counts: the password policy says 5 days/,
    ],
    [
      'a legacy validity that stands alone',
      { AdminCreateUserConfig: { UnusedAccountValidityDays: 30 } },
      /The next change moves it/,
    ],
    [
      'an invitation without a place for the password',
      { AdminCreateUserConfig: { InviteMessageTemplate: { EmailMessage: 'Hello {username}' } } },
      /invitation by e-mail has no place for the password/,
    ],
    [
      'an invitation by SMS without one',
      { AdminCreateUserConfig: { InviteMessageTemplate: { SMSMessage: '{username}' } } },
      /invitation by SMS has no place/,
    ],
  ])('warns of %s, and not without it', (_what, settings, words) => {
    expect(summary(pool(settings)).warnings.join(' ')).toMatch(words)
    expect(summary(pool()).warnings).toEqual([])
  })

  it('warns of settings that nobody knows', () => {
    const snapshot = { ...pool(), unknown: ['Policies.New'] }
    expect(summary(snapshot).warnings).toEqual([
      'This pool has settings that this version of Lifeguard does not know (Policies.New), so it changes none here.',
    ])
  })

  it.each<[string, JsonObject, string]>([
    ['Users', { EstimatedNumberOfUsers: 1 }, 'about 1 user'],
    ['Users', { EstimatedNumberOfUsers: 1_234_567 }, 'about 1,234,567 users'],
    ['Users', {}, 'users not counted'],
    ['People sign in with', {}, 'Username. Letter case counts.'],
    [
      'People sign in with',
      {
        UsernameAttributes: ['email', 'phone_number'],
        UsernameConfiguration: { CaseSensitive: false },
      },
      'E-mail or phone number. Letter case does not count.',
    ],
    [
      'People sign in with',
      { AliasAttributes: ['email'] },
      'Username or e-mail. Letter case counts.',
    ],
    [
      'Passwords',
      {
        Policies: {
          PasswordPolicy: { MinimumLength: 12, RequireSymbols: false, PasswordHistorySize: 3 },
        },
      },
      'At least 12 characters, with a capital letter, a small letter, a digit. The last 3 cannot be used again.',
    ],
    ['Temporary passwords', {}, 'Valid for 7 days.'],
    [
      'Temporary passwords',
      { Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 0 } } },
      'Valid for 7 days.',
    ],
    [
      'Temporary passwords',
      {
        Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 0 } },
        AdminCreateUserConfig: { UnusedAccountValidityDays: 1 },
      },
      'Valid for 1 day.',
    ],
    ['Account recovery', {}, 'As of old: SMS, else e-mail.'],
    [
      'Account recovery',
      { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] } },
      'By administrators only: people cannot reset a password themselves.',
    ],
    ['Sign-up', {}, 'People can sign up themselves. Verified at sign-up: nothing.'],
    ['SMS', {}, 'Not set up.'],
    [
      'SMS',
      { SmsConfiguration: { SnsCallerArn: 'arn:x' }, SmsConfigurationFailure: 'SNSSandbox' },
      'Sent by Amazon SNS. Cognito reports: SNSSandbox.',
    ],
    ['Triggers', {}, 'none'],
    ['Created', { CreationDate: '2026-01-02T03:04:05.000Z' }, '2026-01-02 03:04 UTC'],
  ])('says of %s with %j: %s', (term, settings, text) => {
    expect(factOf(settings, term)).toBe(text)
  })

  it('says which second factors are set up', () => {
    const mfa = {
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
      EmailMfaConfiguration: {},
    }
    expect(factOf({ MfaConfiguration: 'ON' }, 'Second factor', mfa)).toBe(
      'Required. Set up: authenticator app, e-mail.',
    )
  })

  it('reads well whatever a pool has', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const { facts, warnings } = summary(snapshot)
        for (const text of [...facts.map((fact) => fact.text), ...warnings, poolLine(snapshot)]) {
          expect(text).not.toBe('')
          expect(text).not.toMatch(/undefined|\[object|NaN/)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('fits a line of a list, with a mark', () => {
    expect(
      poolLine(
        pool({ EstimatedNumberOfUsers: 9, MfaConfiguration: 'OFF', UserPoolTier: 'ESSENTIALS' }),
      ),
    ).toBe('about 9 users · second factor off · Essentials · deletion protection on · ✓ good')
    expect(poolLine(pool({ DeletionProtection: 'INACTIVE' }))).toContain('⚠ 1 remark')
  })
})
