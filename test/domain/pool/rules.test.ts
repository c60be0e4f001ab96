import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../src/core/canonical.ts'
import { withValue } from '../../../src/domain/pool/paths.ts'
import { breachIn } from '../../../src/domain/pool/rules.ts'
import { SETTINGS } from '../../../src/domain/pool/settings.ts'
import { expectSentences } from './sentences.ts'

const ARN = 'arn:aws:lambda:eu-west-1:111111111111:function:one'
const ROLE = 'arn:aws:iam::111111111111:role/cognito-sms'
type Set = readonly (readonly [path: string, value: Json])[]

function breach(set: Set, mfa: JsonObject = {}, before: JsonObject = {}) {
  const settings = set.reduce((form, [path, value]) => withValue(form, path, value), before)
  return breachIn(
    { settings, mfa },
    set.map(([path]) => path),
  )
}

const DAYS = 'Policies.PasswordPolicy.TemporaryPasswordValidityDays'
const FACTORS = 'Policies.SignInPolicy.AllowedFirstAuthFactors'
const NO_DAYS =
  'Temporary password validity is a whole number from 1 to 365. Cognito takes 0 for not set: then UnusedAccountValidityDays counts if the pool has it, else 7 days.'

describe('what cannot be is said under its field', () => {
  it.each<[string, Set, JsonObject, string, string]>([
    ['366 days', [[DAYS, 366]], {}, 'temporary_password_validity_days', NO_DAYS],
    ['0 days', [[DAYS, 0]], {}, 'temporary_password_validity_days', NO_DAYS],
    [
      'too short a minimum',
      [['Policies.PasswordPolicy.MinimumLength', 5]],
      {},
      'minimum_length',
      'Minimum length is a whole number from 6 to 99.',
    ],
    [
      'two functions before tokens',
      [
        ['LambdaConfig.PreTokenGeneration', ARN],
        ['LambdaConfig.PreTokenGenerationConfig.LambdaArn', `${ARN}2`],
        ['LambdaConfig.PreTokenGenerationConfig.LambdaVersion', 'V2_0'],
      ],
      {},
      'pre_token_generation',
      'The two functions that run before tokens are made have to be the same. Change both.',
    ],
    [
      'no password among what people begin with',
      [[FACTORS, ['EMAIL_OTP']]],
      {},
      'allowed_first_auth_factors',
      'A password has to be among them: Cognito allows no pool without it. Choose it too.',
    ],
    [
      'passkeys that are no second factor where one is required',
      [
        ['MfaConfiguration', 'ON'],
        [FACTORS, ['PASSWORD', 'WEB_AUTHN']],
      ],
      { SmsConfiguration: { SnsCallerArn: ROLE } },
      'mfa_configuration',
      'With a required second factor, passkeys have to count as one. Set that up in the AWS console, or take the passkeys out.',
    ],
    [
      'phone numbers that nothing verifies',
      [['AutoVerifiedAttributes', ['phone_number']]],
      {},
      'auto_verified_attributes',
      'Phone numbers are verified by SMS, and SMS are not set up here. Set them up first, or leave the phone number out.',
    ],
    [
      'the ARN of a key that is not one’s own',
      [
        ['KeyConfiguration.KeyType', 'AWS_OWNED_KEY'],
        ['KeyConfiguration.KmsKeyArn', 'arn:aws:kms:eu-west-1:111111111111:key/one'],
      ],
      {},
      'key_type',
      'Only your own key has an ARN. Choose your own key, or empty the ARN.',
    ],
    [
      'registration in the tier Lite',
      [
        ['UserPoolTier', 'LITE'],
        ['DcrConfiguration.EnableStatus', 'Enabled'],
      ],
      {},
      'enable_status',
      'The tier Lite has no dynamic client registration. Choose Essentials or Plus first.',
    ],
    [
      'a function without its version',
      [['LambdaConfig.InboundFederation.LambdaArn', ARN]],
      {},
      'inbound_federation_arn',
      'This trigger needs both the function and the version of its event. Give both, or empty both.',
    ],
    [
      'a sender without a key',
      [
        ['LambdaConfig.CustomEmailSender.LambdaArn', ARN],
        ['LambdaConfig.CustomEmailSender.LambdaVersion', 'V1_0'],
      ],
      {},
      'custom_email_sender_arn',
      'A sender of your own needs a key, with which Cognito encrypts the codes. Give the key too.',
    ],
    [
      'two ways of SMS',
      [
        ['SmsConfiguration.SnsCallerArn', ROLE],
        ['SmsConfiguration.EumsSms.CallerArn', ROLE],
      ],
      {},
      'sns_caller_arn',
      'SMS go through Amazon SNS or through End User Messaging, not both. Empty one of the two roles.',
    ],
    [
      'SMS without a role',
      [['SmsConfiguration.SnsRegion', 'eu-west-1']],
      {},
      'sns_region',
      'SMS need a role with which Cognito may send them. Give it, or empty all of this section.',
    ],
    [
      'End User Messaging without a role',
      [['SmsConfiguration.EumsSms.Region', 'eu-west-1']],
      {},
      'eums_region',
      'End User Messaging needs a role. Give it, or empty all of its fields.',
    ],
    [
      'SES without an identity',
      [['EmailConfiguration.EmailSendingAccount', 'DEVELOPER']],
      {},
      'email_sending_account',
      'Your own Amazon SES needs the ARN of its verified identity. Give it as SES identity.',
    ],
    [
      'a key without its ARN',
      [['KeyConfiguration.KeyType', 'CUSTOMER_MANAGED_KEY']],
      {},
      'key_type',
      'Your own key needs its ARN. Give it too.',
    ],
    [
      'threat protection of nothing',
      [['UserPoolAddOns.AdvancedSecurityAdditionalFlows.CustomAuthMode', 'AUDIT']],
      {},
      'custom_auth_mode',
      'Say what threat protection does: off, audit only or full function.',
    ],
    [
      'a second factor that is not there',
      [['MfaConfiguration', 'OPTIONAL']],
      {},
      'mfa_configuration',
      'A second factor has to be set up in the pool first: SMS, an authenticator app or e-mail. Do that in the AWS console, then try again.',
    ],
    [
      'codes as a first and a required second factor',
      [[FACTORS, ['PASSWORD', 'EMAIL_OTP']]],
      { MfaConfiguration: 'ON' },
      'allowed_first_auth_factors',
      'With a required second factor people can begin with a password or a passkey only. Take the codes out, or make the second factor optional.',
    ],
    [
      'more than a password in Lite',
      [[FACTORS, ['PASSWORD', 'WEB_AUTHN']]],
      { UserPoolTier: 'LITE' },
      'allowed_first_auth_factors',
      'The tier Lite signs in with a password only. Choose Essentials or Plus first.',
    ],
    [
      'Lite where more than a password is in use',
      [['UserPoolTier', 'LITE']],
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['WEB_AUTHN'] } } },
      'user_pool_tier',
      'The tier Lite signs in with a password only. Choose Essentials or Plus first.',
    ],
    [
      'a password history in Lite',
      [['Policies.PasswordPolicy.PasswordHistorySize', 3]],
      { UserPoolTier: 'LITE' },
      'password_history_size',
      'The tier Lite remembers no earlier passwords. Choose Essentials or Plus first.',
    ],
    [
      'threat protection without Plus',
      [['UserPoolAddOns.AdvancedSecurityMode', 'ENFORCED']],
      { UserPoolTier: 'ESSENTIALS' },
      'advanced_security_mode',
      'Threat protection needs the tier Plus. Choose Plus first, or turn it off.',
    ],
  ])('%s', (_what, set, before, field, sentence) => {
    expect(breach(set, {}, before)).toEqual({ field, sentence })
    expectSentences([sentence])
  })

  it.each([
    ['SMS', { SmsConfiguration: { SnsCallerArn: ROLE } }, {}],
    ['an authenticator app', {}, { SoftwareTokenMfaConfiguration: { Enabled: true } }],
    ['e-mail', {}, { EmailMfaConfiguration: {} }],
  ])('a second factor may be asked for where there is %s', (_what, before, mfa) => {
    expect(breach([['MfaConfiguration', 'ON']], mfa, before)).toBeUndefined()
  })

  it('an authenticator app that is turned off is none', () => {
    const mfa = { SoftwareTokenMfaConfiguration: { Enabled: false } }
    expect(breach([['MfaConfiguration', 'ON']], mfa)?.field).toBe('mfa_configuration')
  })

  it('what is there already and is not touched is carried as it is', () => {
    const odd = { UserPoolTier: 'LITE', Policies: { PasswordPolicy: { PasswordHistorySize: 3 } } }
    expect(breach([['Name', 'other']], {}, odd)).toBeUndefined()
  })

  it.each([
    'Name',
    'Policies.PasswordPolicy.MinimumLength',
    'MfaConfiguration',
    'DeletionProtection',
    'UserPoolTier',
  ])('%s is never emptied', (path) => {
    const { name, label } = SETTINGS.get(path) ?? { name: '', label: '' }
    expect(breachIn({ settings: {}, mfa: {} }, [path])).toEqual({
      field: name,
      sentence: `${label} cannot be left empty. Fill it in.`,
    })
  })

  it.each([
    [
      'UsernameConfiguration.CaseSensitive',
      'UsernameConfiguration.CaseSensitive is set when a pool is created and cannot be changed afterwards. Create a new pool instead.',
    ],
    [
      'SchemaAttributes',
      'SchemaAttributes is set when a pool is created and cannot be changed afterwards. Create a new pool instead.',
    ],
    ['Arn', 'Arn is no setting that can be changed. Choose one from the form.'],
    ['constructor', 'constructor is no setting that can be changed. Choose one from the form.'],
  ])('%s is no setting', (path, sentence) => {
    expect(breachIn({ settings: {}, mfa: {} }, [path])).toEqual({ field: undefined, sentence })
  })

  it('every setting refuses what it cannot hold, in a sentence under its field', () => {
    for (const { path, name, label } of SETTINGS.values()) {
      const found = breach([[path, { unheard: 7 }]])
      expect(found?.field, path).toBe(name)
      expect(found?.sentence.startsWith(`${label} `), found?.sentence).toBe(true)
      expectSentences([found?.sentence ?? ''])
    }
  })
})
