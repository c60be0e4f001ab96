import {
  AdminDeleteSoftwareTokenCommand,
  AdminGetUserAuthFactorsCommand,
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type {
  AdminSetUserMFAPreferenceCommandInput,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import type { LocalCognito, PoolSpec, UserSpec } from '../../../playground/cognito/index.ts'
import { goodPassword, lab, poolId, poolWith, refusalOf } from './support.ts'

const who = { UserPoolId: poolId, Username: 'ada' }
const attributes = {
  email: 'ada@example.com',
  email_verified: 'true',
  phone_number: '+12025550100',
  phone_number_verified: 'true',
}
const app = 'SOFTWARE_TOKEN_MFA'

const pool = (
  user: Partial<UserSpec> = {},
  MfaConfiguration: 'OFF' | 'ON' | 'OPTIONAL' = 'OPTIONAL',
  settings: Partial<PoolSpec['settings']> = {},
): PoolSpec => ({
  ...poolWith([{ username: 'ada', password: goodPassword, attributes, ...user }], {
    MfaConfiguration,
    SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::111111111111:role/sms' },
    ...settings,
  }),
  mfa: {
    SoftwareTokenMfaConfiguration: { Enabled: true },
    EmailMfaConfiguration: { Message: 'Your code is {####}' },
  },
})

async function factors(client: CognitoIdentityProviderClient) {
  const { $metadata, ...answer } = await client.send(new AdminGetUserAuthFactorsCommand(who))
  expect($metadata.httpStatusCode).toBe(200)
  return answer
}

async function challenge(cognito: LocalCognito, client: CognitoIdentityProviderClient) {
  const { ChallengeName, ChallengeParameters } = await client.send(
    new InitiateAuthCommand({
      ClientId: cognito.pools.get(poolId).clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD: goodPassword },
    }),
  )
  return { name: ChallengeName, parameters: ChallengeParameters }
}

const prefer = (settings: Partial<AdminSetUserMFAPreferenceCommandInput>) =>
  new AdminSetUserMFAPreferenceCommand({ ...who, ...settings })
const on = { Enabled: true }
const off = { Enabled: false }
const first = { Enabled: true, PreferredMfa: true }
const forget = () => new AdminDeleteSoftwareTokenCommand(who)

test.for<[string, PoolSpec, object]>([
  ['no second factor', pool(), { ConfiguredUserAuthFactors: ['PASSWORD'] }],
  [
    'an authenticator app',
    pool({ mfa: [app] }),
    {
      UserMFASettingList: [app],
      PreferredMfaSetting: app,
      ConfiguredUserAuthFactors: ['PASSWORD', 'SOFTWARE_TOKEN'],
    },
  ],
  [
    'an app that is registered and not in use',
    pool({ softwareToken: true }),
    { ConfiguredUserAuthFactors: ['PASSWORD', 'SOFTWARE_TOKEN'] },
  ],
  [
    'codes by mail and text message',
    pool({ mfa: ['EMAIL_OTP', 'SMS_MFA'] }),
    {
      UserMFASettingList: ['EMAIL_OTP', 'SMS_MFA'],
      PreferredMfaSetting: 'EMAIL_OTP',
      ConfiguredUserAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'],
    },
  ],
  [
    'a code instead of a password',
    pool({}, 'OFF', {
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
    }),
    { ConfiguredUserAuthFactors: ['PASSWORD', 'EMAIL_OTP'] },
  ],
  [
    'an identity provider',
    pool({ status: 'EXTERNAL_PROVIDER' }),
    { ConfiguredUserAuthFactors: [] },
  ],
])('the factors of somebody with %s', async ([, spec, expected]) => {
  const { client } = await lab([spec])
  expect(await factors(client)).toEqual({ Username: 'ada', ...expected })
})

test('deleting the app leaves the other factors, and the sign-in falls back to them', async () => {
  const { cognito, client } = await lab([pool({ mfa: [app, 'EMAIL_OTP'] })])
  expect(await challenge(cognito, client)).toMatchObject({ name: app })
  const { modifiedAt } = cognito.pools.user(poolId, 'ada')
  await client.send(forget())
  expect(await factors(client)).toEqual({
    Username: 'ada',
    UserMFASettingList: ['EMAIL_OTP'],
    ConfiguredUserAuthFactors: ['PASSWORD', 'EMAIL_OTP'],
  })
  expect(cognito.pools.user(poolId, 'ada').modifiedAt).toBeGreaterThan(modifiedAt)
  expect(await challenge(cognito, client)).toMatchObject({ name: 'EMAIL_OTP' })
})

test('after deleting the app, the sign-in asks nothing where MFA is optional', async () => {
  const { cognito, client } = await lab([pool({ mfa: [app] })])
  await client.send(forget())
  expect(await challenge(cognito, client)).toMatchObject({ name: undefined })
  const { UserMFASettingList } = await client.send(new AdminGetUserCommand(who))
  expect(UserMFASettingList).toBeUndefined()
})

test('after deleting the app, the sign-in asks for a new one where MFA is required', async () => {
  const { cognito, client } = await lab([pool({ softwareToken: true }, 'ON')])
  expect(await challenge(cognito, client)).toMatchObject({ name: app })
  await client.send(forget())
  expect(await challenge(cognito, client)).toMatchObject({
    name: 'MFA_SETUP',
    parameters: { MFAS_CAN_SETUP: JSON.stringify(['SMS_MFA', app, 'EMAIL_OTP']) },
  })
})

test('a new password is no way around the second factor', async () => {
  const { cognito, client } = await lab([pool({ mfa: [app] })])
  await client.send(new AdminSetUserPasswordCommand({ ...who, Password: 'Temporary-one-2' }))
  expect(await cognito.signIn(poolId, 'ada', 'Temporary-one-2', 'Chosen-by-ada-3')).toBe(
    'mfa-required',
  )
})

test.for(['accept', 'refuse'] as const)('no app to delete: %s', async (absentSoftwareToken) => {
  const { client } = await lab([pool({ mfa: ['EMAIL_OTP'] })], {
    switches: { absentSoftwareToken },
  })
  if (absentSoftwareToken === 'accept') await client.send(forget())
  else
    expect(await refusalOf(client.send(forget()))).toBe(
      'ResourceNotFoundException: Software token MFA is not set up for the user.',
    )
  expect(await factors(client)).toMatchObject({ UserMFASettingList: ['EMAIL_OTP'] })
})

test('an unconfirmed user has nothing to delete and nothing to prefer', async () => {
  const { client } = await lab([pool({ status: 'UNCONFIRMED', softwareToken: true })])
  const refusal = 'UserNotConfirmedException: User is not confirmed.'
  expect(await refusalOf(client.send(forget()))).toBe(refusal)
  expect(await refusalOf(client.send(prefer({ EmailMfaSettings: on })))).toBe(refusal)
})

test('a preference switches factors on and off, and never removes the app', async () => {
  const { cognito, client } = await lab([pool({ mfa: [app] })])
  await client.send(prefer({ SoftwareTokenMfaSettings: off, EmailMfaSettings: first }))
  expect(await factors(client)).toEqual({
    Username: 'ada',
    UserMFASettingList: ['EMAIL_OTP'],
    PreferredMfaSetting: 'EMAIL_OTP',
    ConfiguredUserAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SOFTWARE_TOKEN'],
  })
  await client.send(prefer({ SoftwareTokenMfaSettings: on, EmailMfaSettings: on }))
  expect(await challenge(cognito, client)).toMatchObject({
    name: 'SELECT_MFA_TYPE',
    parameters: { MFAS_CAN_CHOOSE: JSON.stringify([app, 'EMAIL_OTP']) },
  })
  await client.send(prefer({ SMSMfaSettings: first }))
  expect(await challenge(cognito, client)).toMatchObject({ name: 'SMS_MFA' })
  expect(cognito.outbox.at(-1)).toMatchObject({ kind: 'mfa-code', to: '+12025550100' })
})

test('where MFA is required, a preference is answered with 200 and changes nothing', async () => {
  const { cognito, client } = await lab([pool({ mfa: [app] }, 'ON')])
  const before = structuredClone(cognito.pools.user(poolId, 'ada'))
  const answer = await client.send(prefer({ SoftwareTokenMfaSettings: off, SMSMfaSettings: first }))
  expect(answer.$metadata.httpStatusCode).toBe(200)
  expect(cognito.pools.user(poolId, 'ada')).toEqual(before)
})

test.for<[string, PoolSpec, Partial<AdminSetUserMFAPreferenceCommandInput>, string]>([
  [
    'an app that nobody set up',
    pool(),
    { SoftwareTokenMfaSettings: on },
    'User has not set up software token mfa',
  ],
  [
    'switching off an app that nobody set up',
    pool(),
    { SoftwareTokenMfaSettings: off, EmailMfaSettings: on },
    'User has not set up software token mfa',
  ],
  [
    'text messages without a number',
    pool({ attributes: {} }),
    { SMSMfaSettings: on },
    'User does not have a phone_number set to turn on SMS MFA',
  ],
  [
    'mail to an address that is not verified',
    pool({ attributes: { ...attributes, email_verified: 'false' } }),
    { EmailMfaSettings: on },
    'User does not have an email set to turn on Email MFA',
  ],
  [
    'a factor where MFA is off',
    pool({}, 'OFF'),
    { EmailMfaSettings: on },
    'User does not have delivery config set to turn on EMAIL_OTP',
  ],
  [
    'a factor that the tier lacks',
    pool({}, 'OPTIONAL', { UserPoolTier: 'LITE' }),
    { EmailMfaSettings: on },
    'User does not have delivery config set to turn on EMAIL_OTP',
  ],
  [
    'a factor that the pool did not set up',
    { ...pool({ softwareToken: true }), mfa: {} },
    { SoftwareTokenMfaSettings: on },
    `User does not have delivery config set to turn on ${app}`,
  ],
  [
    'two favourites',
    pool(),
    { EmailMfaSettings: first, SMSMfaSettings: first },
    'Only one MFA method can be preferred.',
  ],
  [
    'a favourite that is off',
    pool(),
    { EmailMfaSettings: { PreferredMfa: true } },
    'A preferred MFA method must be enabled.',
  ],
  [
    'a passkey that nobody has',
    pool(),
    { WebAuthnMfaSettings: on },
    'User does not have a passkey set to turn on WEB_AUTHN MFA',
  ],
])('no preference for %s', async ([, spec, settings, refusal]) => {
  const { cognito, client } = await lab([spec])
  const before = structuredClone(cognito.pools.user(poolId, 'ada'))
  expect(await refusalOf(client.send(prefer(settings)))).toBe(
    `InvalidParameterException: ${refusal}`,
  )
  expect(cognito.pools.user(poolId, 'ada')).toEqual(before)
})

test('who must reset the password has no preference', async () => {
  const { client } = await lab([pool({ status: 'RESET_REQUIRED' })])
  expect(await refusalOf(client.send(prefer({ EmailMfaSettings: on })))).toBe(
    'PasswordResetRequiredException: Password reset required for the user',
  )
})
