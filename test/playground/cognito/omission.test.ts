import { UpdateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider'
import type {
  UpdateUserPoolCommandInput,
  UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { legacyDaysPool, litePool } from '../../../playground/cognito/fixtures.ts'
import type { PoolSpec, Switches } from '../../../playground/cognito/index.ts'
import { richPool } from '../../../playground/cognito/rich-pool.ts'
import { customers } from '../../../playground/cognito/seed.ts'
import { carried, described, mfaOf } from './pool-calls.ts'
import { anyPool } from './settings.ts'
import { lab, poolId } from './support.ts'
import type { Lab } from './support.ts'

type Omission = Switches['updateOmission']
const modes: readonly Omission[] = ['reset', 'keep', 'mixed']

function undated(pool: UserPoolType): Omit<UserPoolType, 'LastModifiedDate'> {
  const { LastModifiedDate: _, ...rest } = pool
  return rest
}

const everything = async ({ client }: Lab, id: string) => ({
  pool: undated(await described(client, id)),
  mfa: await mfaOf(client, id),
})

test.for(
  modes.flatMap((mode) =>
    [richPool, customers, legacyDaysPool, litePool].map((spec) => [mode, spec] as const),
  ),
)(
  '$0: the pool $1.settings.Name, read and written back whole, is as it was',
  async ([mode, spec]) => {
    const place = await lab([spec], { switches: { updateOmission: mode } })
    const id = spec.id ?? ''
    const before = await everything(place, id)
    await place.client.send(new UpdateUserPoolCommand(carried(await described(place.client, id))))
    expect(await everything(place, id)).toEqual(before)
  },
)

test.for(modes)(
  '%s: any pool, read and written back whole, is as it was',
  async (updateOmission) => {
    const place = await lab([], { switches: { updateOmission } })
    let count = 0
    const asProperty = fc.asyncProperty(anyPool('eu-west-1_RANDOM'), async (spec) => {
      const id = `${spec.id}${count++}`
      place.cognito.pools.addPool({ ...spec, id })
      const before = await everything(place, id)
      const whole = carried(await described(place.client, id))
      await place.client.send(new UpdateUserPoolCommand(whole))
      expect(await everything(place, id)).toEqual(before)
    })
    await fc.assert(asProperty, { numRuns: 60 })
  },
)

const omissible = [
  'Policies',
  'DeletionProtection',
  'LambdaConfig',
  'AutoVerifiedAttributes',
  'VerificationMessageTemplate',
  'SmsAuthenticationMessage',
  'UserAttributeUpdateSettings',
  'MfaConfiguration',
  'DeviceConfiguration',
  'EmailConfiguration',
  'UserPoolTags',
  'AdminCreateUserConfig',
  'UserPoolAddOns',
  'AccountRecoverySetting',
  'KeyConfiguration',
  'IssuerConfiguration',
  'AcrConfiguration',
] as const satisfies readonly (keyof UpdateUserPoolCommandInput)[]

/** What a member is once it was lost, written down here apart from the code; absent when unnamed. */
const lost: Partial<Record<(typeof omissible)[number], unknown>> = {
  Policies: {
    PasswordPolicy: {
      MinimumLength: 8,
      RequireUppercase: true,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: true,
      TemporaryPasswordValidityDays: 7,
    },
    SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
  },
  DeletionProtection: 'INACTIVE',
  LambdaConfig: {},
  VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
  MfaConfiguration: 'OFF',
  EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
  UserPoolTags: {},
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
  AcrConfiguration: {
    Level1: { AcrValue: 'urn:cognito:loa:1' },
    Level2: { AcrValue: 'urn:cognito:loa:2' },
    Level3: { AcrValue: 'urn:cognito:loa:3' },
    Level4: { AcrValue: 'urn:cognito:loa:4' },
  },
}

const survivors: Readonly<Record<Omission, readonly string[]>> = {
  reset: [],
  keep: omissible,
  mixed: ['Policies', 'MfaConfiguration'],
}

/** The twins of a newer member say nothing of their own. */
function withoutTwins(pool: UserPoolType): Record<string, unknown> {
  const { SmsVerificationMessage: _, EmailVerificationMessage: __, ...rest } = undated(pool)
  const { EmailVerificationSubject: ___, AdminCreateUserConfig = {}, ...own } = rest
  const { UnusedAccountValidityDays: ____, ...config } = AdminCreateUserConfig
  return { ...own, AdminCreateUserConfig: config }
}

test.for(modes)('%s: what an update leaves out is lost exactly as said', async (updateOmission) => {
  const place = await lab([], { switches: { updateOmission } })
  let count = 0
  const pool = anyPool('eu-west-1_RANDOM')
  const asProperty = fc.asyncProperty(pool, fc.subarray([...omissible]), async (spec, omitted) => {
    const id = `${spec.id}${count++}`
    place.cognito.pools.addPool({ ...spec, id })
    const before = await described(place.client, id)
    const parts = Object.entries(carried(before)).filter(
      ([name]) => !omitted.some((one) => one === name),
    )
    const input = { UserPoolId: id, ...Object.fromEntries(parts) }
    await place.client.send(new UpdateUserPoolCommand(input))
    const expected = withoutTwins(before)
    for (const name of omitted)
      if (!survivors[updateOmission].includes(name)) expected[name] = lost[name]
    expect(withoutTwins(await described(place.client, id))).toEqual(expected)
  })
  await fc.assert(asProperty, { numRuns: 60 })
})

const strong: PoolSpec = {
  id: poolId,
  settings: {
    Name: 'test',
    Policies: {
      PasswordPolicy: {
        MinimumLength: 14,
        RequireUppercase: true,
        RequireLowercase: true,
        RequireNumbers: true,
        RequireSymbols: true,
        TemporaryPasswordValidityDays: 3,
      },
      SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] },
    },
    LambdaConfig: { PreSignUp: 'arn:aws:lambda:eu-west-1:111111111111:function:pre-sign-up' },
  },
}

test.for([
  ['reset', [8, false, 20], ['PASSWORD']],
  ['keep', [14, true, 20], ['PASSWORD', 'EMAIL_OTP']],
  ['mixed', [8, false, 20], ['PASSWORD', 'EMAIL_OTP']],
] as const)('%s: a part of a structure that is left out', async ([mode, policy, factors]) => {
  const { client } = await lab([strong], { switches: { updateOmission: mode } })
  const PasswordPolicy = { TemporaryPasswordValidityDays: 20 }
  const input = { UserPoolId: poolId, Policies: { PasswordPolicy } }
  await client.send(new UpdateUserPoolCommand(input))
  const { Policies } = await described(client, poolId)
  const { MinimumLength, RequireSymbols, TemporaryPasswordValidityDays } =
    Policies?.PasswordPolicy ?? {}
  expect([MinimumLength, RequireSymbols, TemporaryPasswordValidityDays]).toEqual(policy)
  expect(Policies?.SignInPolicy?.AllowedFirstAuthFactors).toEqual(factors)
})

test.for(modes)(
  '%s: dynamic client registration outlives an update that is silent',
  async (mode) => {
    const { client } = await lab([richPool], { switches: { updateOmission: mode } })
    const id = richPool.id ?? ''
    const before = await described(client, id)
    const UserPoolTier = before.UserPoolTier
    const silent = { UserPoolId: id, UserPoolTier, SmsConfiguration: before.SmsConfiguration }
    await client.send(new UpdateUserPoolCommand(silent))
    expect((await described(client, id)).DcrConfiguration).toEqual(before.DcrConfiguration)
    const said = { ...silent, DcrConfiguration: { OpenDcrGrantTypes: ['code' as const] } }
    await client.send(new UpdateUserPoolCommand(said))
    expect((await described(client, id)).DcrConfiguration).toEqual({
      EnableStatus: 'Enabled',
      OpenDcrEnabled: false,
      OpenDcrGrantTypes: ['code'],
    })
  },
)

test.for(modes)('%s: a tag that AWS has put there stays', async (mode) => {
  const settings = {
    Name: 'test',
    UserPoolTags: { 'aws:cloudformation:stack-name': 's', env: 'a' },
  }
  const { client } = await lab([{ id: poolId, settings }], { switches: { updateOmission: mode } })
  const UserPoolTags = { env: 'b' }
  await client.send(new UpdateUserPoolCommand({ UserPoolId: poolId, UserPoolTags }))
  expect((await described(client, poolId)).UserPoolTags).toEqual({
    'aws:cloudformation:stack-name': 's',
    env: 'b',
  })
})

test('keep: text messages go through one service or the other, never through a mixture', async () => {
  const role = 'arn:aws:iam::111111111111:role/sms'
  const settings = { Name: 'test', SmsConfiguration: { SnsCallerArn: role, ExternalId: 'x' } }
  const place = await lab([{ id: poolId, settings }], { switches: { updateOmission: 'keep' } })
  const SmsConfiguration = { EumsSms: { CallerArn: role } }
  await place.client.send(new UpdateUserPoolCommand({ UserPoolId: poolId, SmsConfiguration }))
  expect((await described(place.client, poolId)).SmsConfiguration).toEqual(SmsConfiguration)
})

test('keep: an old message outlives an update about another one, and yields to its own twin', async () => {
  const settings = {
    Name: 'test',
    SmsVerificationMessage: 'Old: {####}',
    EmailVerificationMessage: 'Old: {####}',
    EmailVerificationSubject: 'Old',
  }
  const place = await lab([{ id: poolId, settings }], { switches: { updateOmission: 'keep' } })
  const kept = () => place.cognito.pools.get(poolId).settings
  for (const [part, gone] of [
    [{ SmsMessage: 'New: {####}' }, 'SmsVerificationMessage'],
    [{ EmailMessage: 'New: {####}' }, 'EmailVerificationMessage'],
    [{ EmailSubject: 'New' }, 'EmailVerificationSubject'],
  ] as const) {
    expect(kept()).toHaveProperty(gone)
    const input = { UserPoolId: poolId, VerificationMessageTemplate: part }
    await place.client.send(new UpdateUserPoolCommand(input))
    expect(kept()).not.toHaveProperty(gone)
    expect(await described(place.client, poolId)).toMatchObject({
      VerificationMessageTemplate: part,
    })
  }
  expect(await described(place.client, poolId)).toMatchObject({
    SmsVerificationMessage: 'New: {####}',
    EmailVerificationMessage: 'New: {####}',
    EmailVerificationSubject: 'New',
  })
})

test('reset: a structure that says nothing has its defaults, and a requirement unsaid is off', async () => {
  const { client } = await lab([strong])
  const empty = {
    Policies: { PasswordPolicy: {} },
    VerificationMessageTemplate: {},
    UserAttributeUpdateSettings: {},
    EmailConfiguration: {},
    AdminCreateUserConfig: {},
    KeyConfiguration: {},
    IssuerConfiguration: {},
    DcrConfiguration: {},
  }
  await client.send(new UpdateUserPoolCommand({ UserPoolId: poolId, ...empty }))
  expect(await described(client, poolId)).toMatchObject({
    Policies: {
      PasswordPolicy: {
        MinimumLength: 8,
        RequireUppercase: false,
        RequireLowercase: false,
        RequireNumbers: false,
        RequireSymbols: false,
        TemporaryPasswordValidityDays: 7,
      },
      SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
    },
    VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
    EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
    KeyConfiguration: { KeyType: 'AWS_OWNED_KEY' },
    IssuerConfiguration: { Type: 'ORIGINAL' },
    DcrConfiguration: { EnableStatus: 'Enabled', OpenDcrEnabled: false },
  })
})
