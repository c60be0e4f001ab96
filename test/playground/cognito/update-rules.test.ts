import { UpdateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import { litePool } from '../../../playground/cognito/fixtures.ts'
import type { PoolSpec, Switches } from '../../../playground/cognito/index.ts'
import { richPool } from '../../../playground/cognito/rich-pool.ts'
import { carried, described, mfaOf, refused, update } from './pool-calls.ts'
import type { Change } from './pool-calls.ts'
import { lab, poolId, refusalOf } from './support.ts'

const richId = richPool.id ?? ''

const lambda = (name: string) => `arn:aws:lambda:eu-west-1:111111111111:function:${name}`
const smsRole = 'arn:aws:iam::111111111111:role/sms'
const first = (...AllowedFirstAuthFactors: ('PASSWORD' | 'EMAIL_OTP' | 'WEB_AUTHN')[]): Change => ({
  Policies: { SignInPolicy: { AllowedFirstAuthFactors } },
})
const recovery = (...names: ('verified_email' | 'admin_only')[]): Change => ({
  AccountRecoverySetting: {
    RecoveryMechanisms: names.map((Name, place) => ({ Name, Priority: place + 1 })),
  },
})
const smsTwins: Change = {
  SmsVerificationMessage: 'Code: {####}',
  VerificationMessageTemplate: { SmsMessage: 'Code: {####}' },
}
const mailTwins: Change = {
  EmailVerificationMessage: 'Code: {####}',
  VerificationMessageTemplate: { EmailMessage: 'Code: {####}' },
}
const subjectTwins: Change = {
  EmailVerificationSubject: 'Code',
  VerificationMessageTemplate: { EmailSubject: 'Code' },
}

test.for<[name: string, change: Change, words: string]>([
  ['old and new message for texts', smsTwins, 'SmsVerificationMessage cannot be set together'],
  ['old and new message for mails', mailTwins, 'EmailVerificationMessage cannot be set together'],
  ['old and new subject', subjectTwins, 'EmailVerificationSubject cannot be set together'],
  [
    'MFA without a factor',
    { MfaConfiguration: 'ON' },
    'SMS configuration and Auto verification for',
  ],
  [
    'optional MFA without one',
    { MfaConfiguration: 'OPTIONAL' },
    'are required when MFA is required',
  ],
  [
    'phones verified without text messages',
    { AutoVerifiedAttributes: ['phone_number'] },
    'SMS configuration is required when phone_number is selected for auto verification',
  ],
  ['text messages by nobody', { SmsConfiguration: {} }, 'either SnsCallerArn or EumsSms'],
  [
    'text messages by both',
    { SmsConfiguration: { SnsCallerArn: smsRole, EumsSms: { CallerArn: smsRole } } },
    'either SnsCallerArn or EumsSms',
  ],
  [
    'text messages from another Region',
    { SmsConfiguration: { EumsSms: { CallerArn: smsRole, Region: 'us-east-1' } } },
    "must be the user pool's Region, eu-west-1",
  ],
  [
    'two functions before a token',
    {
      LambdaConfig: {
        PreTokenGeneration: lambda('one'),
        PreTokenGenerationConfig: { LambdaVersion: 'V1_0', LambdaArn: lambda('two') },
      },
    },
    'must have the same Lambda ARN',
  ],
  [
    'a sender of one’s own without its key',
    { LambdaConfig: { CustomEmailSender: { LambdaVersion: 'V1_0', LambdaArn: lambda('mail') } } },
    'KMSKeyID is required',
  ],
  [
    'recovery by an admin beside another way',
    recovery('admin_only', 'verified_email'),
    'admin_only',
  ],
  ['the same recovery twice', recovery('verified_email', 'verified_email'), 'a different priority'],
  ['no password among the first factors', first('EMAIL_OTP'), 'PASSWORD must be one of'],
  [
    'two levels of one name',
    { AcrConfiguration: { Level1: { AcrValue: 'urn:cognito:loa:4' } } },
    'a name of its own',
  ],
  [
    'a key of one’s own that is not named',
    { KeyConfiguration: { KeyType: 'CUSTOMER_MANAGED_KEY' } },
    'KmsKeyArn',
  ],
  [
    'a sender of one’s own without an address',
    { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } },
    'SourceArn is required',
  ],
])('%s is refused, and nothing changes', async ([, change, words]) => {
  const said = await refused(await lab(), poolId, change)
  expect(said).toContain('InvalidParameterException: ')
  expect(said).toContain(words)
})

test('a tag in AWS’s name is refused', async () => {
  const said = await refused(await lab(), poolId, { UserPoolTags: { 'AWS:x': 'y' } })
  expect(said).toContain('UserPoolTaggingException: aws: prefixed tag key names')
})

const withTotp: PoolSpec = {
  id: poolId,
  settings: { Name: 'test', MfaConfiguration: 'OPTIONAL' },
  mfa: { SoftwareTokenMfaConfiguration: { Enabled: true } },
}
const withSms: PoolSpec = {
  id: poolId,
  settings: { Name: 'test', SmsConfiguration: { SnsCallerArn: smsRole } },
}
const byPhone: Change = {
  MfaConfiguration: 'OPTIONAL',
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_phone_number' }] },
}
const newRole: Change = { SmsConfiguration: { SnsCallerArn: `${smsRole}-2` } }
const twoMails: Change = {
  VerificationMessageTemplate: { EmailMessage: 'Code: {####}', EmailMessageByLink: '{##here##}' },
}

test.for<[keyof Switches, refusing: Partial<Switches>, PoolSpec, Change, words: string]>([
  ['bothMailTemplates', { bothMailTemplates: 'refuse' }, withSms, twoMails, 'cannot both be set'],
  [
    'textsWithoutOwnSender',
    { textsWithoutOwnSender: 'refuse' },
    withSms,
    twoMails,
    'EmailSendingAccount is DEVELOPER',
  ],
  [
    'updateMfaWithoutSms',
    { updateMfaWithoutSms: 'refuse' },
    withTotp,
    { PoolName: 'x' },
    'Auto verification for phone_number',
  ],
  [
    'updateTurnsMfaOn',
    { updateTurnsMfaOn: 'refuse' },
    withTotp,
    { MfaConfiguration: 'ON' },
    'Cannot turn MFA functionality ON',
  ],
  [
    'phoneRecoveryWithSmsMfa',
    { phoneRecoveryWithSmsMfa: 'refuse' },
    withSms,
    byPhone,
    'cannot use verified_phone_number as a recovery mechanism when SMS MFA',
  ],
  [
    'passRole',
    { passRole: 'refused' },
    withSms,
    { PoolName: 'x' },
    'iam:PassRole on resource: arn:aws:iam::111111111111:role/sms',
  ],
  ['passRole', { passRole: 'refused-for-a-new-role' }, withSms, newRole, 'iam:PassRole'],
])('the switch %s decides', async ([, refusing, spec, change, words]) => {
  await update(await lab([spec]), poolId, change)
  expect(await refused(await lab([spec], { switches: refusing }), poolId, change)).toContain(words)
})

test('a role that is known passes where only new ones are refused', async () => {
  const place = await lab([withSms], { switches: { passRole: 'refused-for-a-new-role' } })
  await update(place, poolId, { PoolName: 'x' })
})

test('under MFA ON nobody signs in by a code alone', async () => {
  const place = await lab([withTotp])
  const on: Change = { MfaConfiguration: 'ON' }
  const words = 'Only PASSWORD and WEB_AUTHN (if configured)'
  expect(await refused(place, poolId, { ...on, ...first('PASSWORD', 'EMAIL_OTP') })).toContain(
    words,
  )
  expect(await refused(place, poolId, { ...on, ...first('PASSWORD', 'WEB_AUTHN') })).toContain(
    'WEB_AUTHN cannot be used as an auth factor when MFA is enabled',
  )
  await update(place, poolId, first('PASSWORD', 'EMAIL_OTP'))
  await update(place, poolId, { ...on, ...first('PASSWORD') })
  expect((await mfaOf(place.client, poolId)).MfaConfiguration).toBe('ON')
})

test.for<[plan: 'LITE' | 'ESSENTIALS', change: Change, feature: string]>([
  ['LITE', first('PASSWORD', 'EMAIL_OTP'), 'Passwordless Sign-In'],
  ['LITE', { Policies: { PasswordPolicy: { PasswordHistorySize: 1 } } }, 'Password History'],
  ['LITE', { DcrConfiguration: {} }, 'Dynamic Client Registration'],
  ['LITE', { AcrConfiguration: { Level1: { AcrValue: 'gold' } } }, 'ACR Configuration'],
  [
    'LITE',
    {
      LambdaConfig: {
        PreTokenGenerationConfig: { LambdaVersion: 'V2_0', LambdaArn: lambda('token') },
      },
    },
    'Access Token Customization',
  ],
  ['LITE', { UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } }, 'Threat Protection'],
  ['ESSENTIALS', { UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } }, 'Threat Protection'],
])('the plan %s has no such feature', async ([UserPoolTier, change, feature]) => {
  const place = await lab([{ id: poolId, settings: { Name: 'test', UserPoolTier } }])
  expect(await refused(place, poolId, change)).toBe(
    `FeatureUnavailableInTierException: The following features need to be disabled for the ${UserPoolTier} pricing tier configured: ${feature}`,
  )
  await update(place, poolId, { ...change, UserPoolTier: 'PLUS' })
})

test('a plan that is left out falls to the default one, and takes what needs more with it', async () => {
  const { client } = await lab([richPool])
  const { UserPoolTier: _, ...rest } = carried(await described(client, richId))
  expect(await refusalOf(client.send(new UpdateUserPoolCommand(rest)))).toContain(
    'for the ESSENTIALS pricing tier configured: Threat Protection',
  )
})

test('what lives outside the update holds a pool in its plan', async () => {
  const spec: PoolSpec = {
    ...withTotp,
    mfa: { ...withTotp.mfa, EmailMfaConfiguration: { Subject: 'Code' } },
    sessionTracking: 'ENABLED',
  }
  expect(await refused(await lab([spec]), poolId, { UserPoolTier: 'LITE' })).toBe(
    "TierChangeNotAllowedException: The feature plan can't be changed to LITE while the user pool uses e-mail MFA, user session tracking.",
  )
  await update(await lab([withTotp]), poolId, { UserPoolTier: 'LITE' })
})

test('a LITE pool may tell less', async () => {
  const { client } = await lab([litePool], { switches: { liteShows: 'less' } })
  const pool = await described(client, litePool.id ?? '')
  expect(pool).not.toHaveProperty('AcrConfiguration')
  expect(Object.keys(pool.Policies ?? {})).toEqual(['PasswordPolicy'])
})

test('a secondary replica is not written to', async () => {
  const place = await lab([
    {
      id: poolId,
      settings: { Name: 'test' },
      surroundings: {
        replicas: [{ RegionName: 'eu-west-1', Status: 'ACTIVE', Role: 'SECONDARY' }],
      },
    },
  ])
  expect(await refused(place, poolId, {})).toContain('OperationNotEnabledException: ')
})
