import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../src/core/canonical.ts'
import { withValue } from '../../../src/domain/pool/paths.ts'
import { details } from '../../../src/domain/pool/details.ts'
import { poolLine, summary } from '../../../src/domain/pool/summary.ts'
import { anySnapshot, snapshotOf } from './arbitrary.ts'
import { membersOf, withEveryMember } from './sdk-schema.ts'
import { expectReadable, expectSentences, linesOf, wordsOf } from './sentences.ts'

/** A pool that deserves no remark. */
const SOUND: JsonObject = {
  Id: 'eu-west-1_A1',
  Name: 'customers',
  MfaConfiguration: 'OFF',
  DeletionProtection: 'ACTIVE',
  UserPoolTier: 'ESSENTIALS',
  EstimatedNumberOfUsers: 1200,
  Policies: { PasswordPolicy: { MinimumLength: 12 } },
}
const DAYS = 'Policies.PasswordPolicy.TemporaryPasswordValidityDays'
const LEGACY = 'AdminCreateUserConfig.UnusedAccountValidityDays'
const INVITE = 'AdminCreateUserConfig.InviteMessageTemplate'

type Set = readonly (readonly [path: string, value: Json | undefined])[]

const pool = (...set: Set) =>
  snapshotOf(set.reduce((form, [path, value]) => withValue(form, path, value), SOUND))
const warningsOf = (...set: Set) => summary(pool(...set)).warnings
const said = (term: string, ...set: Set) =>
  summary(pool(...set)).facts.find((one) => one.term === term)?.text

describe('a warning', () => {
  it('is not given without a reason', () => {
    expect(warningsOf()).toEqual([])
    expect(warningsOf([DAYS, 7], [LEGACY, 7])).toEqual([])
    expect(warningsOf([DAYS, 7], [LEGACY, 0])).toEqual([])
    expect(warningsOf([DAYS, 0], [LEGACY, 0])).toEqual([])
    expect(warningsOf([DAYS, 90])).toEqual([])
    expect(warningsOf([`${INVITE}.EmailMessage`, 'Hello {username}, {####}'])).toEqual([])
    expect(warningsOf(['Policies.PasswordPolicy', undefined])).toEqual([])
    expect(
      warningsOf(
        ['Policies.PasswordPolicy.RequireSymbols', false],
        ['Policies.PasswordPolicy.MinimumLength', 8],
      ),
    ).toEqual([])
  })

  it.each<[string, Set, string]>([
    [
      'no deletion protection',
      [['DeletionProtection', 'INACTIVE']],
      'Deletion protection is off, in production: one call deletes the pool. Turn it on.',
    ],
    [
      'deletion protection not told',
      [['DeletionProtection', undefined]],
      'Deletion protection is off, in production: one call deletes the pool. Turn it on.',
    ],
    [
      'short passwords',
      [['Policies.PasswordPolicy.MinimumLength', 6]],
      'The password policy is weak: 6 characters are enough. Ask for 12 or more.',
    ],
    [
      'passwords of few kinds',
      [
        ['Policies.PasswordPolicy.MinimumLength', 10],
        ['Policies.PasswordPolicy.RequireSymbols', false],
        ['Policies.PasswordPolicy.RequireNumbers', false],
      ],
      'The password policy is weak: 10 characters of few kinds are enough. Ask for 12 or more.',
    ],
    [
      'a long validity',
      [[DAYS, 365]],
      'Temporary passwords stay valid for 365 days: a forgotten invitation stays open that long. A week is usual.',
    ],
    [
      'e-mails that fail',
      [['EmailConfigurationFailure', 'Unverified']],
      'Cognito cannot send e-mails for this pool: look at its SES identity.',
    ],
    [
      'SMS that fail',
      [['SmsConfigurationFailure', 'SNSSandbox']],
      'Cognito cannot send SMS for this pool: look at its SNS set-up.',
    ],
    [
      'a superseded validity that says something else',
      [
        [DAYS, 7],
        [LEGACY, 1],
      ],
      'UnusedAccountValidityDays says 1 day and no longer counts: the password policy says 7 days.',
    ],
    [
      'a superseded validity that still counts',
      [[LEGACY, 30]],
      'The validity of temporary passwords is set by UnusedAccountValidityDays, which is out of use. The next change moves it to the password policy.',
    ],
    [
      'a superseded validity that counts because the newer is 0',
      [
        [DAYS, 0],
        [LEGACY, 30],
      ],
      'The validity of temporary passwords is set by UnusedAccountValidityDays, which is out of use. The next change moves it to the password policy.',
    ],
    [
      'an invitation by e-mail without its placeholder',
      [[`${INVITE}.EmailMessage`, 'Hello {username}']],
      'The invitation by e-mail has no place for the password ({####}), so Cognito does not deliver it. Put {####} into the text.',
    ],
    [
      'an invitation by SMS without its placeholder',
      [[`${INVITE}.SMSMessage`, 'Hello {username}']],
      'The invitation by SMS has no place for the password ({####}), so Cognito does not deliver it. Put {####} into the text.',
    ],
  ])('%s', (_what, set, sentence) => {
    expect(warningsOf(...set)).toEqual([sentence])
  })

  it('members that the SDK does not know, by their paths', () => {
    expect(summary({ ...pool(), unknown: ['Brand', 'mfa:X'] }).warnings).toEqual([
      'This pool has settings that this version of Lifeguard does not know (Brand, mfa:X), so it changes nothing here. Upgrade Lifeguard.',
    ])
  })

  it('production is named only there', () => {
    const { pool: where, ...rest } = pool(['DeletionProtection', 'INACTIVE'])
    const { warnings } = summary({ ...rest, pool: { ...where, environment: 'dev' } })
    expect(warnings).toEqual(['Deletion protection is off: one call deletes the pool. Turn it on.'])
  })
})

describe('the summary', () => {
  it.each<[string, Set, string]>([
    ['Users', [], 'about 1,200 users'],
    ['Users', [['EstimatedNumberOfUsers', 1]], 'about 1 user'],
    ['Users', [['EstimatedNumberOfUsers', undefined]], 'users not counted'],
    ['Temporary passwords', [], 'Valid for 7 days.'],
    ['Temporary passwords', [[DAYS, 0]], 'Valid for 7 days.'],
    [
      'Temporary passwords',
      [
        [DAYS, 0],
        [LEGACY, 30],
      ],
      'Valid for 30 days.',
    ],
    [
      'Temporary passwords',
      [
        [DAYS, 1],
        [LEGACY, 30],
      ],
      'Valid for 1 day.',
    ],
    ['People sign in with', [], 'Username. Letter case counts.'],
    [
      'People sign in with',
      [
        ['UsernameAttributes', ['email', 'phone_number']],
        ['UsernameConfiguration.CaseSensitive', false],
      ],
      'E-mail or phone number. Letter case does not count.',
    ],
    [
      'People sign in with',
      [['AliasAttributes', ['email', 'preferred_username']]],
      'Username or e-mail or preferred username. Letter case counts.',
    ],
    [
      'Passwords',
      [],
      'At least 12 characters, with a capital letter, a small letter, a digit, a symbol.',
    ],
    [
      'Passwords',
      [
        [
          'Policies.PasswordPolicy',
          {
            MinimumLength: 14,
            RequireUppercase: false,
            RequireLowercase: false,
            RequireNumbers: false,
            RequireSymbols: false,
            PasswordHistorySize: 1,
          },
        ],
      ],
      'At least 14 characters. The last one cannot be used again.',
    ],
    ['Second factor', [], 'Off. Set up: none.'],
    ['Account recovery', [], 'As of old: SMS, else e-mail.'],
    [
      'Account recovery',
      [['AccountRecoverySetting', { RecoveryMechanisms: [] }]],
      'As of old: SMS, else e-mail.',
    ],
    [
      'Account recovery',
      [
        [
          'AccountRecoverySetting.RecoveryMechanisms',
          [
            { Name: 'verified_phone_number', Priority: 2 },
            { Name: 'verified_email', Priority: 1 },
          ],
        ],
      ],
      'By e-mail, else SMS.',
    ],
    [
      'Account recovery',
      [['AccountRecoverySetting.RecoveryMechanisms', [{ Name: 'admin_only', Priority: 1 }]]],
      'By administrators only: people cannot reset a password themselves.',
    ],
    ['Sign-up', [], 'People can sign up themselves. Verified at sign-up: nothing.'],
    [
      'Sign-up',
      [
        ['AdminCreateUserConfig.AllowAdminCreateUserOnly', true],
        ['AutoVerifiedAttributes', ['email']],
      ],
      'Only administrators create users. Verified at sign-up: e-mail.',
    ],
    ['E-mail', [], 'Sent by Cognito itself.'],
    [
      'E-mail',
      [
        ['EmailConfiguration.EmailSendingAccount', 'DEVELOPER'],
        ['EmailConfigurationFailure', 'Not verified.'],
      ],
      'Sent by your Amazon SES. Cognito reports: Not verified.',
    ],
    ['SMS', [], 'Not set up.'],
    [
      'SMS',
      [['SmsConfigurationFailure', 'SNSSandbox']],
      'Not set up. Cognito reports: SNSSandbox.',
    ],
    ['SMS', [['SmsConfiguration.EumsSms.CallerArn', 'arn']], 'Sent by AWS End User Messaging.'],
    ['Triggers', [['LambdaConfig', {}]], 'none'],
    [
      'Triggers',
      [
        [
          'LambdaConfig',
          { PreSignUp: 'arn', CustomSMSSender: { LambdaArn: 'arn' }, KMSKeyID: 'arn' },
        ],
      ],
      'Before sign-up, SMS sender',
    ],
    ['Tier', [], 'Essentials'],
    ['Tags', [['UserPoolTags', { env: 'prod', team: 'identity' }]], 'env=prod, team=identity'],
    ['Created', [], 'not known'],
    ['Created', [['CreationDate', '2026-03-04T05:06:07.000Z']], '2026-03-04 05:06 UTC'],
  ])('%s: %j', (term, set, text) => {
    expect(said(term, ...set)).toBe(text)
  })

  it('names the second factors that are set up', () => {
    const mfa = {
      MfaConfiguration: 'ON',
      SmsMfaConfiguration: {},
      SoftwareTokenMfaConfiguration: { Enabled: true },
      EmailMfaConfiguration: {},
      WebAuthnConfiguration: {},
    }
    const { facts } = summary(snapshotOf({ ...SOUND, MfaConfiguration: 'ON' }, mfa))
    expect(linesOf(facts)).toContain(
      'Second factor: Required. Set up: SMS, authenticator app, e-mail, passkey.',
    )
  })

  it('reads well, whatever the pool is', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const { facts, warnings } = summary(snapshot)
        expectReadable(wordsOf(facts))
        expectSentences(warnings)
        expectReadable([poolLine(snapshot)])
      }),
    )
  })

  it('reads well where a member is missing or holds what nobody expects', () => {
    const whole = withEveryMember('UserPoolType$')
    const odd = fc.constantFrom<Json | undefined>(undefined, {}, [], 7, 'odd', true)
    const paths = membersOf('UserPoolType$').filter((path) => !['Id', 'Name'].includes(path))
    fc.assert(
      fc.property(fc.constantFrom(...paths), odd, (path, value) => {
        const snapshot = snapshotOf(withValue(whole, path, value), {})
        const { facts, warnings } = summary(snapshot)
        expectReadable([...wordsOf(facts), ...warnings, poolLine(snapshot)])
        expectReadable(details(snapshot).flatMap((part) => wordsOf(part.facts)))
      }),
      { numRuns: 200 },
    )
  })
})

describe('a line of a list', () => {
  it('tells pools apart, and how many remarks there are', () => {
    expect(poolLine(pool())).toBe(
      'about 1,200 users · second factor off · tier Essentials · deletion protection on · ✓ good',
    )
    expect(poolLine(pool(['DeletionProtection', 'INACTIVE']))).toContain('⚠ 1 remark')
    expect(poolLine(pool(['DeletionProtection', 'INACTIVE'], [LEGACY, 30]))).toContain(
      '⚠ 2 remarks',
    )
  })
})
