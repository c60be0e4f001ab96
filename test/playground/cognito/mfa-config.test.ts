import { SetUserPoolMfaConfigCommand } from '@aws-sdk/client-cognito-identity-provider'
import type { SetUserPoolMfaConfigCommandInput } from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import type { PoolSpec, Switches } from '../../../playground/cognito/index.ts'
import { richPool } from '../../../playground/cognito/rich-pool.ts'
import { described, mfaOf } from './pool-calls.ts'
import { lab, poolId, refusalOf } from './support.ts'
import type { Lab } from './support.ts'

type Given = Omit<SetUserPoolMfaConfigCommandInput, 'UserPoolId'>

async function set({ client }: Lab, given: Given, UserPoolId = poolId) {
  const command = new SetUserPoolMfaConfigCommand({ UserPoolId, ...given })
  const { $metadata: _, ...answer } = await client.send(command)
  return answer
}

const smsRole = 'arn:aws:iam::111111111111:role/sms'
const SmsConfiguration = { SnsCallerArn: smsRole, SnsRegion: 'eu-west-1' }
const totp: Given = { SoftwareTokenMfaConfiguration: { Enabled: true } }
const mail: Given = { EmailMfaConfiguration: { Message: 'Code: {####}', Subject: 'Code' } }
const sms: Given = { SmsMfaConfiguration: { SmsConfiguration } }
const passkeys: Given = { WebAuthnConfiguration: { RelyingPartyId: 'auth.example.com' } }
const ownSender = {
  EmailSendingAccount: 'DEVELOPER',
  SourceArn: 'arn:aws:ses:eu-west-1:111111111111:identity/example.com',
} as const
const mailing: PoolSpec = {
  id: poolId,
  settings: { Name: 'test', EmailConfiguration: ownSender },
}

test('what is said is the whole of it, and both reads agree', async () => {
  const place = await lab([mailing])
  const first = { ...totp, ...mail, ...passkeys, MfaConfiguration: 'OPTIONAL' } as const
  const WebAuthnConfiguration = {
    RelyingPartyId: 'auth.example.com',
    UserVerification: 'preferred',
  }
  expect(await set(place, first)).toEqual({ ...first, WebAuthnConfiguration })
  expect(await mfaOf(place.client, poolId)).toEqual({ ...first, WebAuthnConfiguration })
  const second = { ...mail, MfaConfiguration: 'ON' } as const
  expect(await set(place, second)).toEqual(second)
  expect(await mfaOf(place.client, poolId)).toEqual(second)
  expect((await described(place.client, poolId)).MfaConfiguration).toBe('ON')
})

test('MfaConfiguration left out turns MFA off', async () => {
  const place = await lab([mailing])
  await set(place, { ...totp, MfaConfiguration: 'ON' })
  expect(await set(place, {})).toEqual({ MfaConfiguration: 'OFF' })
  expect((await described(place.client, poolId)).MfaConfiguration).toBe('OFF')
})

test('the full set, read and written back, is as it was', async () => {
  const place = await lab([richPool])
  const id = richPool.id ?? ''
  const [pool, mfa] = [await described(place.client, id), await mfaOf(place.client, id)]
  await set(place, mfa, id)
  expect(await mfaOf(place.client, id)).toEqual(mfa)
  const { LastModifiedDate, ...after } = await described(place.client, id)
  expect(pool).toMatchObject(after)
  expect(LastModifiedDate).not.toEqual(pool.LastModifiedDate)
})

test('text messages as a factor are the pool’s own SMS configuration', async () => {
  const place = await lab()
  await set(place, { ...sms, MfaConfiguration: 'OPTIONAL' })
  expect((await described(place.client, poolId)).SmsConfiguration).toEqual(SmsConfiguration)
  const SmsMfaConfiguration = { SmsAuthenticationMessage: 'Code: {####}' }
  await set(place, { SmsMfaConfiguration, MfaConfiguration: 'OPTIONAL' })
  const { SmsAuthenticationMessage, ...pool } = await described(place.client, poolId)
  expect([SmsAuthenticationMessage, pool.SmsConfiguration]).toEqual([
    'Code: {####}',
    SmsConfiguration,
  ])
  await set(place, { MfaConfiguration: 'OFF' })
  expect((await described(place.client, poolId)).SmsConfiguration).toEqual(SmsConfiguration)
})

const smsPool: PoolSpec = { id: poolId, settings: { Name: 'test', SmsConfiguration } }
const litePool: PoolSpec = {
  id: poolId,
  settings: { Name: 'test', EmailConfiguration: ownSender, UserPoolTier: 'LITE' },
}
const passkeyPool: PoolSpec = {
  id: poolId,
  settings: {
    Name: 'test',
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
  },
}
const cannotTurnOff = "can't turn off MFA and configure an MFA together"
const on = { MfaConfiguration: 'ON' } as const

test.for<[name: string, PoolSpec, Given, words: string]>([
  ['off with an app', mailing, totp, cannotTurnOff],
  ['off with mails', mailing, { ...mail, MfaConfiguration: 'OFF' }, cannotTurnOff],
  ['off with text messages', mailing, sms, cannotTurnOff],
  ['on with nothing', mailing, on, "can't disable all MFAs with a required or optional"],
  [
    'on with an app that is off',
    mailing,
    { ...on, SoftwareTokenMfaConfiguration: { Enabled: false } },
    "can't disable all MFAs",
  ],
  ['on with passkeys alone', mailing, { ...on, ...passkeys }, "can't disable all MFAs"],
  ['an SMS pool without its factor', smsPool, { ...on, ...totp }, "Can't turn off SMS_MFA"],
  [
    'text messages by nobody',
    mailing,
    { ...on, SmsMfaConfiguration: {} },
    'SMS configuration is required for SMS_MFA',
  ],
  [
    'mails from Cognito’s own sender',
    { id: poolId, settings: { Name: 'test' } },
    { ...on, ...mail },
    'EmailSendingAccount to be DEVELOPER',
  ],
  [
    'passkeys as first factor and not as second',
    passkeyPool,
    { ...on, ...totp, ...passkeys },
    'WEB_AUTHN cannot be used as an auth factor',
  ],
])('%s is refused, and nothing changes', async ([, spec, given, words]) => {
  const place = await lab([spec])
  const before = [await described(place.client, poolId), await mfaOf(place.client, poolId)]
  const said = await refusalOf(set(place, given))
  expect(said).toContain('InvalidParameterException: ')
  expect(said).toContain(words)
  expect([await described(place.client, poolId), await mfaOf(place.client, poolId)]).toEqual(before)
})

test('off beside passkeys is no contradiction', async () => {
  expect(await set(await lab(), passkeys)).toMatchObject({ MfaConfiguration: 'OFF', ...passkeys })
})

test('passkeys that count as a second factor may be a first one under MFA ON', async () => {
  const WebAuthnConfiguration = {
    FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
  } as const
  const place = await lab([passkeyPool])
  expect(await set(place, { ...on, ...totp, WebAuthnConfiguration })).toMatchObject(on)
})

test('a LITE pool has no mails as a factor', async () => {
  expect(await refusalOf(set(await lab([litePool]), { ...on, ...mail }))).toBe(
    'FeatureUnavailableInTierException: The following features need to be disabled for the LITE pricing tier configured: Email MFA',
  )
})

test('the switches decide about the sender and the role', async () => {
  const accepting: Partial<Switches> = { mailMfaWithoutOwnSender: 'accept' }
  await set(await lab(undefined, { switches: accepting }), { ...on, ...mail })
  const refusing: Partial<Switches> = { passRole: 'refused' }
  const place = await lab([smsPool], { switches: refusing })
  expect(await refusalOf(set(place, { ...on, ...sms }))).toContain('iam:PassRole')
})
