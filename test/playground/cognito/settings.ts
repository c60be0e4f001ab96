import fc from 'fast-check'

import type { PoolSpec } from '../../../playground/cognito/index.ts'
import type { PoolSettings } from '../../../playground/cognito/pool-settings.ts'

const arn = (service: string, name: string): string =>
  `arn:aws:${service}:eu-west-1:111111111111:${name}`
const flag = fc.boolean()
const days = fc.integer({ min: 1, max: 365 })
const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,11}$/u)
const codeText = word.map((text) => `${text}: {####}`)

/** A structure of which any member may be missing. */
const some = <T extends object>(members: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T, never>(members, { requiredKeys: [] })

const passwordPolicy = fc.record({
  MinimumLength: fc.integer({ min: 6, max: 99 }),
  RequireUppercase: flag,
  RequireLowercase: flag,
  RequireNumbers: flag,
  RequireSymbols: flag,
  PasswordHistorySize: fc.integer({ min: 0, max: 24 }),
  TemporaryPasswordValidityDays: days,
})

const lambdaConfig = some({
  PreSignUp: fc.constant(arn('lambda', 'function:pre-sign-up')),
  PostConfirmation: fc.constant(arn('lambda', 'function:post-confirmation')),
  PreTokenGenerationConfig: fc.record({
    LambdaVersion: fc.constantFrom<'V1_0' | 'V2_0' | 'V3_0'>('V1_0', 'V2_0', 'V3_0'),
    LambdaArn: fc.constant(arn('lambda', 'function:pre-token')),
  }),
})

const template = fc
  .record({ SmsMessage: codeText, EmailMessage: codeText, EmailSubject: word })
  .map((texts) => ({ ...texts, DefaultEmailOption: 'CONFIRM_WITH_CODE' as const }))

const recovery = fc.constantFrom(
  [{ Priority: 1, Name: 'admin_only' as const }],
  [{ Priority: 1, Name: 'verified_email' as const }],
  [
    { Priority: 1, Name: 'verified_phone_number' as const },
    { Priority: 2, Name: 'verified_email' as const },
  ],
)

const levels = fc
  .uniqueArray(fc.constantFrom('Level1', 'Level2', 'Level3', 'Level4'))
  .map((names) =>
    Object.fromEntries(names.map((name) => [name, { AcrValue: `urn:example:${name}` }])),
  )

/** Settings as a pool may have them on the largest plan: every member is there or not. */
const settings: fc.Arbitrary<PoolSettings> = some({
  Policies: fc.record({
    PasswordPolicy: passwordPolicy,
    SignInPolicy: fc.constantFrom(
      { AllowedFirstAuthFactors: ['PASSWORD' as const] },
      { AllowedFirstAuthFactors: ['PASSWORD' as const, 'EMAIL_OTP' as const] },
    ),
  }),
  DeletionProtection: fc.constantFrom<'ACTIVE' | 'INACTIVE'>('ACTIVE', 'INACTIVE'),
  LambdaConfig: lambdaConfig,
  AutoVerifiedAttributes: fc.constantFrom<('email' | 'phone_number')[]>(
    ['email'],
    ['phone_number', 'email'],
  ),
  VerificationMessageTemplate: template,
  SmsAuthenticationMessage: codeText,
  UserAttributeUpdateSettings: fc.constant({
    AttributesRequireVerificationBeforeUpdate: ['email' as const],
  }),
  MfaConfiguration: fc.constantFrom<'OFF' | 'OPTIONAL'>('OFF', 'OPTIONAL'),
  DeviceConfiguration: fc.record({
    ChallengeRequiredOnNewDevice: flag,
    DeviceOnlyRememberedOnUserPrompt: flag,
  }),
  EmailConfiguration: fc.record({
    EmailSendingAccount: fc.constant('DEVELOPER' as const),
    SourceArn: fc.constant(arn('ses', 'identity/example.com')),
    From: word.map((name) => `${name} <no-reply@example.com>`),
  }),
  UserPoolTags: fc.dictionary(word, word, { maxKeys: 4 }),
  AdminCreateUserConfig: fc.record({
    AllowAdminCreateUserOnly: flag,
    InviteMessageTemplate: fc.record({ EmailMessage: codeText, EmailSubject: word }),
  }),
  UserPoolAddOns: fc.constant({ AdvancedSecurityMode: 'AUDIT' as const }),
  DcrConfiguration: fc.record({
    EnableStatus: fc.constantFrom<'Enabled' | 'Disabled'>('Enabled', 'Disabled'),
    OpenDcrEnabled: flag,
  }),
  AccountRecoverySetting: recovery.map((RecoveryMechanisms) => ({ RecoveryMechanisms })),
  KeyConfiguration: fc.constant({
    KeyType: 'CUSTOMER_MANAGED_KEY' as const,
    KmsKeyArn: arn('kms', 'key/00000000-0000-4000-8000-000000000000'),
  }),
  IssuerConfiguration: fc.constantFrom<{ Type: 'ORIGINAL' | 'UPDATED' }>(
    { Type: 'ORIGINAL' },
    { Type: 'UPDATED' },
  ),
  AcrConfiguration: levels,
}).map((made) => ({
  ...made,
  Name: 'random',
  UserPoolTier: 'PLUS',
  // A pool that verifies phones or has a second factor can send text messages.
  SmsConfiguration: {
    SnsCallerArn: arn('iam', 'role/sms'),
    ExternalId: 'x',
    SnsRegion: 'eu-west-1',
  },
}))

/** Any pool that an update could have made, with an id of its own. */
export const anyPool = (id: string): fc.Arbitrary<PoolSpec> =>
  settings.map((made) => ({ id, settings: made }))
