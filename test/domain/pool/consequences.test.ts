import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../../src/core/canonical.ts'
import { consequencesOf } from '../../../src/domain/pool/consequences.ts'
import { SETTINGS } from '../../../src/domain/pool/settings.ts'
import { besides, labelOf, valueWords } from '../../../src/domain/pool/words.ts'
import { valueFor } from './arbitrary.ts'
import { membersOf } from './sdk-schema.ts'
import { expectReadable, expectSentences } from './sentences.ts'

const DAYS = 'Policies.PasswordPolicy.TemporaryPasswordValidityDays'
const LENGTH = 'Policies.PasswordPolicy.MinimumLength'
const RECOVERY = 'AccountRecoverySetting.RecoveryMechanisms'

describe('what follows from a change', () => {
  it.each<[string, Json | undefined, Json | undefined, string | undefined]>([
    [
      DAYS,
      7,
      30,
      'A longer validity does not revive temporary passwords that have expired: those users need a new invitation.',
    ],
    [
      DAYS,
      undefined,
      8,
      'A longer validity does not revive temporary passwords that have expired: those users need a new invitation.',
    ],
    [DAYS, 30, 7, 'A shorter validity may end invitations that were sent and not used yet.'],
    [LENGTH, 12, 8, 'Shorter passwords are easier to guess.'],
    [
      LENGTH,
      8,
      12,
      'Passwords that people have now stay as they are; the rule counts when one is set.',
    ],
    [
      'Policies.PasswordPolicy.PasswordHistorySize',
      0,
      3,
      'It counts for passwords that are set from now on.',
    ],
    [
      'DeletionProtection',
      'ACTIVE',
      'INACTIVE',
      'Without deletion protection one call deletes the pool with all its users.',
    ],
    ['DeletionProtection', 'INACTIVE', 'ACTIVE', undefined],
    [
      'MfaConfiguration',
      'OFF',
      'ON',
      'Users who have no second factor yet have to set one up at their next sign-in.',
    ],
    [
      'MfaConfiguration',
      'ON',
      'OFF',
      'Second factors that users have set up are no longer asked for.',
    ],
    ['MfaConfiguration', 'OFF', 'OPTIONAL', undefined],
    [
      'UserPoolTier',
      'PLUS',
      'LITE',
      'A lower tier loses features that are in use, and AWS may refuse it while they are on.',
    ],
    ['UserPoolTier', 'LITE', 'PLUS', 'A higher tier costs more for each active user.'],
    [
      'AdminCreateUserConfig.AllowAdminCreateUserOnly',
      false,
      true,
      'People can no longer sign up by themselves.',
    ],
    [
      'AdminCreateUserConfig.AllowAdminCreateUserOnly',
      true,
      false,
      'Anybody who reaches the app can sign up.',
    ],
    [
      RECOVERY,
      undefined,
      [{ Name: 'admin_only', Priority: 1 }],
      'Who cannot be reached this way can no longer reset a password without help.',
    ],
    [
      'EmailConfiguration.EmailSendingAccount',
      'DEVELOPER',
      'COGNITO_DEFAULT',
      'Cognito itself sends 50 e-mails a day at most.',
    ],
    [
      'DcrConfiguration.EnableStatus',
      'Disabled',
      'Enabled',
      'Programs can register themselves as apps of this pool.',
    ],
    [
      'LambdaConfig.PreSignUp',
      undefined,
      'arn',
      'Cognito needs permission to invoke the function: a resource policy on the Lambda.',
    ],
    ['LambdaConfig.PreSignUp', 'arn', undefined, undefined],
    [
      'LambdaConfig.KMSKeyID',
      undefined,
      'arn',
      'Cognito encrypts the codes with this key, and the senders have to be allowed to decrypt with it.',
    ],
    [
      'DeviceConfiguration.ChallengeRequiredOnNewDevice',
      undefined,
      true,
      'This turns device remembering on for the whole pool.',
    ],
    ['DeviceConfiguration.ChallengeRequiredOnNewDevice', false, true, undefined],
    [
      'SmsConfiguration.SnsCallerArn',
      'arn',
      'other',
      'AWS checks that the role may be passed and used, and may refuse.',
    ],
    [
      'UserPoolAddOns.AdvancedSecurityMode',
      'AUDIT',
      'ENFORCED',
      'Sign-ins that look risky may be blocked.',
    ],
    ['UserPoolTags', { a: '1' }, undefined, undefined],
  ])('%s from %j to %j', (path, before, after, sentence) => {
    expect(consequencesOf([{ path, before, after }])).toEqual(
      sentence === undefined ? [] : [sentence],
    )
  })

  it('is said once, however many settings have it', () => {
    const changed = ['PreSignUp', 'CustomMessage'].map((name) => ({
      path: `LambdaConfig.${name}`,
      before: undefined,
      after: 'arn',
    }))
    expect(consequencesOf(changed)).toHaveLength(1)
  })

  it('is a sentence, whatever changes into whatever', () => {
    const change = fc.constantFrom(...SETTINGS.values()).chain((setting) => {
      const value = fc.option(valueFor(setting), { nil: undefined })
      return fc.record({ path: fc.constant(setting.path), before: value, after: value })
    })
    fc.assert(
      fc.property(change, (one) => {
        expectSentences(consequencesOf([one]))
        expectReadable([labelOf(one.path), besides(one, '→')])
      }),
      { numRuns: 300 },
    )
  })
})

describe('the words for a setting', () => {
  it('are its own: no two settings read the same', () => {
    const paths = [
      ...membersOf('UserPoolType$'),
      ...membersOf('GetUserPoolMfaConfigResponse$').map((path) => `mfa:${path}`),
    ]
    const labels = paths.map(labelOf)
    expect(labels.filter((label, nth) => labels.indexOf(label) !== nth)).toEqual([])
  })

  it.each<[string, Json | undefined, string]>([
    [LENGTH, 8, '8 characters'],
    [DAYS, 1, '1 day'],
    [DAYS, undefined, 'not set'],
    [DAYS, null, 'not set'],
    ['UserPoolTier', 'PLUS', 'Plus'],
    ['UserPoolTier', 'ULTRA', 'ULTRA'],
    ['AutoVerifiedAttributes', [], 'none'],
    ['AutoVerifiedAttributes', ['phone_number', 'email'], 'Phone number, E-mail'],
    ['UserPoolTags', { env: 'prod', a: '' }, 'env=prod, a='],
    ['UserPoolTags', {}, 'none'],
    ['AcrConfiguration', { Level1: { AcrValue: 'gold' } }, 'Level1=gold'],
    [RECOVERY, [{ Name: 'admin_only', Priority: 1 }], 'administrators only'],
    ['SmsConfiguration.ExternalId', 'hush', '•••'],
    ['mfa:SmsMfaConfiguration.SmsConfiguration.ExternalId', 'hush', '•••'],
    ['UsernameConfiguration.CaseSensitive', false, 'no'],
    ['SchemaAttributes', [{ Name: 'email' }, { Name: 'custom:plan' }], 'email, custom:plan'],
    ['Domain', '', 'empty'],
    ['EstimatedNumberOfUsers', 7, '7'],
  ])('%s: %j', (path, value, words) => {
    expect(valueWords(path, value)).toBe(words)
  })
})
