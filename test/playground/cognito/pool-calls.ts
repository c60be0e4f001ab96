import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { expect } from 'vitest'

import { richPool } from '../../../playground/cognito/rich-pool.ts'
import { refusalOf } from './support.ts'
import type { Lab } from './support.ts'

const UserPoolId = richPool.id ?? ''

/** DescribeUserPool's `UserPool`; throws when the answer has none. */
export async function described(
  client: sdk.CognitoIdentityProviderClient,
  id: string,
): Promise<sdk.UserPoolType> {
  const { UserPool } = await client.send(new sdk.DescribeUserPoolCommand({ UserPoolId: id }))
  if (UserPool) return UserPool
  throw new Error(`no pool ${id} in the answer`)
}

/** GetUserPoolMfaConfig's answer without the SDK's own notes. */
export async function mfaOf(client: sdk.CognitoIdentityProviderClient, id: string) {
  const command = new sdk.GetUserPoolMfaConfigCommand({ UserPoolId: id })
  const { $metadata: _, ...mfa } = await client.send(command)
  return mfa
}

/** Everything that an update of this pool has to say so that nothing is left out. */
export function carried(pool: sdk.UserPoolType): sdk.UpdateUserPoolCommandInput {
  const { Id = '', Name = '', AdminCreateUserConfig = {}, VerificationMessageTemplate } = pool
  const { UnusedAccountValidityDays: days, ...config } = AdminCreateUserConfig
  const isOldOnly = pool.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays === undefined
  const isSystem = (key: string) => key.startsWith('aws:')
  const tags = Object.entries(pool.UserPoolTags ?? {}).filter(([key]) => !isSystem(key))
  return {
    UserPoolId: Id,
    PoolName: Name,
    Policies: pool.Policies,
    DeletionProtection: pool.DeletionProtection,
    LambdaConfig: pool.LambdaConfig,
    AutoVerifiedAttributes: pool.AutoVerifiedAttributes,
    VerificationMessageTemplate,
    SmsAuthenticationMessage: pool.SmsAuthenticationMessage,
    UserAttributeUpdateSettings: pool.UserAttributeUpdateSettings,
    MfaConfiguration: pool.MfaConfiguration,
    DeviceConfiguration: pool.DeviceConfiguration,
    EmailConfiguration: pool.EmailConfiguration,
    SmsConfiguration: pool.SmsConfiguration,
    UserPoolTags: Object.fromEntries(tags),
    AdminCreateUserConfig: isOldOnly ? { ...config, UnusedAccountValidityDays: days } : config,
    UserPoolAddOns: pool.UserPoolAddOns,
    AccountRecoverySetting: pool.AccountRecoverySetting,
    UserPoolTier: pool.UserPoolTier,
    KeyConfiguration: pool.KeyConfiguration,
    IssuerConfiguration: pool.IssuerConfiguration,
    AcrConfiguration: pool.UserPoolTier === 'LITE' ? undefined : pool.AcrConfiguration,
  }
}

/** What an update says beside everything else. */
export type Change = Partial<sdk.UpdateUserPoolCommandInput>

/** An update that says everything, and this. */
export async function update({ client }: Lab, id: string, change: Change): Promise<void> {
  const whole = carried(await described(client, id))
  await client.send(new sdk.UpdateUserPoolCommand({ ...whole, ...change }))
}

/** The words of the refusal, once it is certain that nothing has changed. */
export async function refused(place: Lab, id: string, change: Change): Promise<string> {
  const before = [await described(place.client, id), await mfaOf(place.client, id)]
  const words = await refusalOf(update(place, id, change))
  expect([await described(place.client, id), await mfaOf(place.client, id)]).toEqual(before)
  return words
}

/** Calls every operation on a pool once, with answers that are as full as they get. */
export async function callPoolOperations(client: sdk.CognitoIdentityProviderClient): Promise<void> {
  const id = { UserPoolId }
  await client.send(new sdk.ListUserPoolsCommand({ MaxResults: 60 }))
  const pool = await described(client, UserPoolId)
  await client.send(new sdk.UpdateUserPoolCommand(carried(pool)))
  await described(client, UserPoolId)
  const { MfaConfiguration, ...factors } = await mfaOf(client, UserPoolId)
  await client.send(new sdk.SetUserPoolMfaConfigCommand({ ...id, ...factors, MfaConfiguration }))
  await client.send(
    new sdk.CreateUserPoolCommand({
      PoolName: 'new',
      Schema: [{ Name: 'plan' }, { Name: 'email', Required: true }],
    }),
  )
  await client.send(new sdk.DescribeRiskConfigurationCommand(id))
  await client.send(new sdk.GetLogDeliveryConfigurationCommand(id))
  await client.send(new sdk.GetUserPoolSessionConfigurationCommand(id))
  await client.send(new sdk.ListUserPoolReplicasCommand(id))
  await client.send(new sdk.ListUserPoolClientsCommand(id))
}
