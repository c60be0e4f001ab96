import { UpdateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import { legacyDaysPool } from '../../../playground/cognito/fixtures.ts'
import type { FaultKind } from '../../../playground/cognito/index.ts'
import { richPool } from '../../../playground/cognito/rich-pool.ts'
import { described, mfaOf, refused, update } from './pool-calls.ts'
import type { Change } from './pool-calls.ts'
import { lab, poolId, refusalOf } from './support.ts'

const richId = richPool.id ?? ''
test('one member of the rich pool changes, and the date, and nothing else', async () => {
  const place = await lab([richPool], { now: () => 1_800_000_000_000 })
  const before = await described(place.client, richId)
  const PasswordPolicy = { ...before.Policies?.PasswordPolicy, TemporaryPasswordValidityDays: 9 }
  await update(place, richId, { Policies: { ...before.Policies, PasswordPolicy } })
  const after = await described(place.client, richId)
  expect(after.LastModifiedDate?.getTime()).toBeGreaterThan(before.LastModifiedDate?.getTime() ?? 0)
  expect(after).toEqual({
    ...before,
    Policies: { ...before.Policies, PasswordPolicy },
    AdminCreateUserConfig: { ...before.AdminCreateUserConfig, UnusedAccountValidityDays: 9 },
    LastModifiedDate: after.LastModifiedDate,
  })
})

test('a date moves even while the clock stands still', async () => {
  const place = await lab(undefined, { now: () => 1_800_000_000_000 })
  const dates: (number | undefined)[] = []
  for (const PoolName of ['a', 'b', 'c']) {
    await update(place, poolId, { PoolName })
    dates.push((await described(place.client, poolId)).LastModifiedDate?.getTime())
  }
  expect(new Set(dates).size).toBe(3)
})

test('PoolName renames; the id, the users and what only creation sets stay', async () => {
  const place = await lab([richPool])
  const before = await described(place.client, richId)
  await update(place, richId, { PoolName: 'renamed' })
  const after = await described(place.client, richId)
  expect(after.Name).toBe('renamed')
  for (const member of ['Id', 'Arn', 'SchemaAttributes', 'AliasAttributes', 'Domain'] as const)
    expect(after[member]).toEqual(before[member])
  expect(after.UsernameConfiguration).toEqual(before.UsernameConfiguration)
  expect(after.EstimatedNumberOfUsers).toBe(1)
  expect(place.cognito.pools.user(richId, 'ada').username).toBe('ada')
})

test('a pool that does not exist is not updated', async () => {
  const { client } = await lab()
  const input = { UserPoolId: 'eu-west-1_NOBODY', PoolName: 'x' }
  expect(await refusalOf(client.send(new UpdateUserPoolCommand(input)))).toBe(
    'ResourceNotFoundException: User pool eu-west-1_NOBODY does not exist.',
  )
})

test('the new member for the days drives out the old one, for good', async () => {
  const place = await lab([legacyDaysPool])
  const id = legacyDaysPool.id ?? ''
  const { Policies } = await described(place.client, id)
  const moved = {
    Policies: {
      ...Policies,
      PasswordPolicy: { ...Policies?.PasswordPolicy, TemporaryPasswordValidityDays: 2 },
    },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
  }
  const words =
    'InvalidParameterException: Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays'
  const both = { ...moved, AdminCreateUserConfig: { UnusedAccountValidityDays: 2 } }
  expect(await refused(place, id, both)).toBe(words)
  await update(place, id, { AdminCreateUserConfig: { UnusedAccountValidityDays: 4 } })
  expect((await described(place.client, id)).Policies?.PasswordPolicy).not.toHaveProperty(
    'TemporaryPasswordValidityDays',
  )
  await update(place, id, moved)
  const after = await described(place.client, id)
  expect(after.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays).toBe(2)
  expect(after.AdminCreateUserConfig?.UnusedAccountValidityDays).toBe(2)
  const again = { AdminCreateUserConfig: { UnusedAccountValidityDays: 4 } }
  expect(await refused(place, id, again)).toBe(words)
})

test('0 days count as not said: they become 7', async () => {
  const place = await lab()
  await update(place, poolId, {
    Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 0 } },
  })
  const { Policies, AdminCreateUserConfig } = await described(place.client, poolId)
  expect(Policies?.PasswordPolicy?.TemporaryPasswordValidityDays).toBe(7)
  expect(AdminCreateUserConfig?.UnusedAccountValidityDays).toBe(7)
})

test('the old message members become twins of the template', async () => {
  const place = await lab()
  const SmsVerificationMessage = 'Code: {####}'
  await update(place, poolId, { SmsVerificationMessage, EmailVerificationSubject: 'Hello' })
  const pool = await described(place.client, poolId)
  expect(pool.VerificationMessageTemplate).toEqual({
    SmsMessage: SmsVerificationMessage,
    EmailSubject: 'Hello',
    DefaultEmailOption: 'CONFIRM_WITH_CODE',
  })
  expect([pool.SmsVerificationMessage, pool.EmailVerificationSubject]).toEqual([
    SmsVerificationMessage,
    'Hello',
  ])
  expect(pool).not.toHaveProperty('EmailVerificationMessage')
})

test.for<[Change['DeviceConfiguration']]>([
  [{}],
  [{ ChallengeRequiredOnNewDevice: false, DeviceOnlyRememberedOnUserPrompt: false }],
])('any DeviceConfiguration turns the remembering of devices on: %j', async ([given]) => {
  const place = await lab()
  expect(await described(place.client, poolId)).not.toHaveProperty('DeviceConfiguration')
  await update(place, poolId, { DeviceConfiguration: given })
  expect((await described(place.client, poolId)).DeviceConfiguration).toEqual({
    ChallengeRequiredOnNewDevice: false,
    DeviceOnlyRememberedOnUserPrompt: false,
  })
})

test('a read names every ACR level; a write keeps only names of one’s own', async () => {
  const place = await lab()
  const urn = (level: number) => ({ AcrValue: `urn:cognito:loa:${level}` })
  const Level2 = { AcrValue: 'urn:example:silver' }
  await update(place, poolId, { AcrConfiguration: { Level1: urn(1), Level2 } })
  expect((await described(place.client, poolId)).AcrConfiguration).toEqual({
    Level1: urn(1),
    Level2,
    Level3: urn(3),
    Level4: urn(4),
  })
  expect(place.cognito.pools.get(poolId).settings.AcrConfiguration).toEqual({ Level2 })
})

const smsRole = 'arn:aws:iam::111111111111:role/sms'

test('both reads agree on MFA and on text messages after an update', async () => {
  const place = await lab([richPool])
  const SmsConfiguration = { SnsCallerArn: smsRole, SnsRegion: 'eu-west-1' }
  const SmsAuthenticationMessage = 'New: {####}'
  await update(place, richId, { SmsConfiguration, SmsAuthenticationMessage })
  const off = { MfaConfiguration: 'OFF' } as const
  expect((await mfaOf(place.client, richId)).SmsMfaConfiguration).toEqual({
    SmsConfiguration,
    SmsAuthenticationMessage,
  })
  await update(place, richId, off)
  expect(await mfaOf(place.client, richId)).toMatchObject({ ...off, SmsMfaConfiguration: {} })
  place.cognito.switches.factorsWhileOff = 'hidden'
  expect(Object.keys(await mfaOf(place.client, richId)).toSorted()).toEqual([
    'MfaConfiguration',
    'WebAuthnConfiguration',
  ])
})

test.for<[FaultKind, error: string]>([
  ['concurrent-modification', 'ConcurrentModificationException'],
  ['sms-role-access', 'InvalidSmsRoleAccessPolicyException'],
  ['sms-role-trust', 'InvalidSmsRoleTrustRelationshipException'],
  ['email-role-access', 'InvalidEmailRoleAccessPolicyException'],
  ['tier-change', 'TierChangeNotAllowedException'],
  ['user-import', 'UserImportInProgressException'],
  ['tagging', 'UserPoolTaggingException'],
])('the fault %s is %s, and nothing changes', async ([kind, error]) => {
  const place = await lab()
  place.cognito.fail({ operation: 'UpdateUserPool', kind })
  expect(await refused(place, poolId, { PoolName: 'x' })).toContain(`${error}: `)
  await update(place, poolId, { PoolName: 'x' })
})

test('whoever listens hears of an update', async () => {
  const place = await lab()
  const heard: unknown[] = []
  const stop = place.cognito.onChange((change) => heard.push(change))
  await update(place, poolId, { DeletionProtection: 'ACTIVE' })
  stop()
  await update(place, poolId, { DeletionProtection: 'INACTIVE' })
  expect(heard).toEqual([{ poolId, username: undefined }])
})

test('the log has the request, without the external id of a role', async () => {
  const place = await lab()
  const SmsConfiguration = { SnsCallerArn: smsRole, ExternalId: 'not-for-the-log' }
  await update(place, poolId, { SmsConfiguration })
  const log = JSON.stringify(place.cognito.requests.at(-1))
  expect(log).toContain(smsRole)
  expect(log).not.toContain('not-for-the-log')
})
