import {
  AdminCreateUserCommand,
  CreateUserPoolCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type { CreateUserPoolCommandInput } from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import type { Switches } from '../../../playground/cognito/index.ts'
import { richPool } from '../../../playground/cognito/rich-pool.ts'
import { carried, described, mfaOf } from './pool-calls.ts'
import { clientOf, goodPassword, lab, refusalOf } from './support.ts'
import type { Lab } from './support.ts'

const PoolName = 'customers'
const smsRole = 'arn:aws:iam::111111111111:role/sms'
const now = () => 1_800_000_000_000

async function create({ client }: Pick<Lab, 'client'>, input: Partial<CreateUserPoolCommandInput>) {
  const { UserPool } = await client.send(new CreateUserPoolCommand({ PoolName, ...input }))
  if (UserPool?.Id === undefined) throw new Error('no pool in the answer')
  return { ...UserPool, Id: UserPool.Id }
}

test('a pool of which only the name is said has the defaults, and can be used at once', async () => {
  const place = await lab([], { now })
  const made = await create(place, {})
  expect(made.Id).toMatch(/^eu-west-1_[A-Za-z0-9]{9}$/u)
  expect(await described(place.client, made.Id)).toEqual(made)
  expect(made).toMatchObject({
    Name: PoolName,
    Arn: `arn:aws:cognito-idp:eu-west-1:111111111111:userpool/${made.Id}`,
    CreationDate: new Date(now()),
    LastModifiedDate: new Date(now()),
    EstimatedNumberOfUsers: 0,
    UserPoolTier: 'ESSENTIALS',
    DeletionProtection: 'INACTIVE',
    MfaConfiguration: 'OFF',
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
  })
  expect(made.SchemaAttributes).toHaveLength(20)
  expect(await mfaOf(place.client, made.Id)).toEqual({ MfaConfiguration: 'OFF' })
  const { UserPools } = await place.client.send(new ListUserPoolsCommand({ MaxResults: 60 }))
  expect(UserPools).toMatchObject([{ Id: made.Id, Name: PoolName, CreationDate: new Date(now()) }])
  const clients = await place.client.send(new ListUserPoolClientsCommand({ UserPoolId: made.Id }))
  expect(clients.UserPoolClients).toEqual([])

  const user = { UserPoolId: made.Id, Username: 'ada', TemporaryPassword: goodPassword }
  await place.client.send(new AdminCreateUserCommand(user))
  expect(await place.cognito.signIn(made.Id, 'ada', goodPassword)).toBe('new-password-required')
})

test('a pool belongs to the Region and the account of whoever creates it', async () => {
  const place = await lab([])
  const far = clientOf(place.cognito, { region: 'us-east-1' })
  const { Id } = await create({ client: far }, {})
  expect(Id).toMatch(/^us-east-1_/u)
  const { UserPools } = await place.client.send(new ListUserPoolsCommand({ MaxResults: 60 }))
  expect(UserPools).toEqual([])
  expect(await refusalOf(described(place.client, Id))).toContain('ResourceNotFoundException')
})

test('two pools may have one name', async () => {
  const place = await lab([])
  const ids = [await create(place, {}), await create(place, {})].map(({ Id }) => Id)
  expect(new Set(ids).size).toBe(2)
})

test('every member that can be said is said back', async () => {
  const place = await lab([richPool])
  const rich = await described(place.client, richPool.id ?? '')
  const { UserPoolId: _, PoolName: __, Policies, ...settings } = carried(rich)
  const input = {
    ...settings,
    Policies: { PasswordPolicy: Policies?.PasswordPolicy },
    DcrConfiguration: rich.DcrConfiguration,
    AliasAttributes: rich.AliasAttributes,
    UsernameConfiguration: rich.UsernameConfiguration,
  }
  const made = await create(place, input)
  const { AdminCreateUserConfig, ...rest } = input
  expect(made).toMatchObject({ ...rest, Name: PoolName })
  expect(made.AdminCreateUserConfig).toEqual({
    ...AdminCreateUserConfig,
    UnusedAccountValidityDays: 5,
  })
  expect(await mfaOf(place.client, made.Id)).toEqual({
    MfaConfiguration: 'OPTIONAL',
    SmsMfaConfiguration: {
      SmsAuthenticationMessage: rich.SmsAuthenticationMessage,
      SmsConfiguration: rich.SmsConfiguration,
    },
  })
})

test('a schema overrides standard attributes and adds prefixes to the others', async () => {
  const made = await create(await lab([]), {
    Schema: [
      { Name: 'email', Required: true, Mutable: false },
      { Name: 'plan', StringAttributeConstraints: { MinLength: '1', MaxLength: '20' } },
      { Name: 'seats', AttributeDataType: 'Number', DeveloperOnlyAttribute: true, Mutable: false },
      { Name: 'since', AttributeDataType: 'DateTime' },
    ],
  })
  expect(made.SchemaAttributes).toHaveLength(23)
  const named = (name: string) => made.SchemaAttributes?.find(({ Name }) => Name === name)
  expect(named('email')).toEqual({
    Name: 'email',
    AttributeDataType: 'String',
    DeveloperOnlyAttribute: false,
    Mutable: false,
    Required: true,
    StringAttributeConstraints: { MinLength: '0', MaxLength: '2048' },
  })
  expect(named('custom:plan')).toMatchObject({
    AttributeDataType: 'String',
    Mutable: true,
    Required: false,
    StringAttributeConstraints: { MinLength: '1', MaxLength: '20' },
  })
  expect(named('dev:custom:seats')).toMatchObject({ DeveloperOnlyAttribute: true, Mutable: false })
  expect(named('custom:since')).not.toHaveProperty('StringAttributeConstraints')
})

test('a pool whose people sign in by e-mail invents their usernames', async () => {
  const place = await lab([])
  const { Id } = await create(place, {
    UsernameAttributes: ['email'],
    UsernameConfiguration: { CaseSensitive: false },
  })
  const { User } = await place.client.send(
    new AdminCreateUserCommand({ UserPoolId: Id, Username: 'Ada@example.com' }),
  )
  expect(User?.Username).toMatch(/^[0-9a-f-]{36}$/u)
  expect(place.cognito.pools.user(Id, 'ada@EXAMPLE.com').username).toBe(User?.Username)
})

type Input = Partial<CreateUserPoolCommandInput>
const schema = (...Schema: NonNullable<Input['Schema']>): Input => ({ Schema })

test.for<[name: string, input: Input, words: string]>([
  [
    'MFA before text messages',
    { MfaConfiguration: 'OPTIONAL' },
    'SMS configuration and Auto verification for phone_number are required',
  ],
  [
    'aliases and usernames at once',
    { AliasAttributes: ['email'], UsernameAttributes: ['email'] },
    'Only one of the aliasAttributes or usernameAttributes',
  ],
  [
    'a first factor beside the password',
    { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
    'can only have PASSWORD',
  ],
  [
    'both members for the days',
    {
      Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 3 } },
      AdminCreateUserConfig: { UnusedAccountValidityDays: 3 },
    },
    'Please use TemporaryPasswordValidityDays',
  ],
  ['an attribute twice', schema({ Name: 'a' }, { Name: 'a' }), 'Duplicate attribute: custom:a'],
  ['sub', schema({ Name: 'sub' }), 'The attribute sub cannot be set'],
  ['a prefix', schema({ Name: 'custom:a' }), 'The attribute name custom:a is reserved'],
  ['identities', schema({ Name: 'identities' }), 'The attribute name identities is reserved'],
  [
    'another type for a standard attribute',
    schema({ Name: 'email', AttributeDataType: 'Number' }),
    'You can not change AttributeDataType',
  ],
  [
    'a custom attribute that is required',
    schema({ Name: 'a', Required: true }),
    'Required custom attributes are not supported currently.',
  ],
  [
    'a range upside down',
    schema({ Name: 'a', StringAttributeConstraints: { MinLength: '3', MaxLength: '2' } }),
    'Invalid constraints given for attribute a',
  ],
  [
    'a bound that is no number',
    schema({ Name: 'a', NumberAttributeConstraints: { MinValue: 'none' } }),
    'Invalid constraints given for attribute a',
  ],
])('%s is refused, and no pool is made', async ([, input, words]) => {
  const place = await lab([])
  const said = await refusalOf(create(place, input))
  expect(said).toContain('InvalidParameterException: ')
  expect(said).toContain(words)
  expect(place.cognito.pools.all()).toEqual([])
})

test('a plan without the feature is refused', async () => {
  const input: Input = {
    UserPoolTier: 'LITE',
    Policies: { PasswordPolicy: { PasswordHistorySize: 5 } },
  }
  expect(await refusalOf(create(await lab([]), input))).toBe(
    'FeatureUnavailableInTierException: The following features need to be disabled for the LITE pricing tier configured: Password History',
  )
})

test('the switches decide about first factors and the role', async () => {
  const accepting: Partial<Switches> = { createFirstFactors: 'accept' }
  const first: Input = {
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
  }
  const made = await create(await lab([], { switches: accepting }), first)
  expect(made.Policies?.SignInPolicy).toEqual(first.Policies?.SignInPolicy)
  const refusing: Partial<Switches> = { passRole: 'refused-for-a-new-role' }
  const sms: Input = { SmsConfiguration: { SnsCallerArn: smsRole } }
  expect(await refusalOf(create(await lab([], { switches: refusing }), sms))).toContain(
    'AccessDeniedException: User is not authorized to perform: iam:PassRole',
  )
})

test('a limit is a fault, after which the same request goes through', async () => {
  const place = await lab([])
  place.cognito.fail({ operation: 'CreateUserPool', kind: 'limit-exceeded' })
  expect(await refusalOf(create(place, {}))).toContain('LimitExceededException: ')
  await create(place, {})
  expect(place.cognito.pools.all()).toHaveLength(1)
})

test('whoever listens hears of a new pool', async () => {
  const place = await lab([])
  const heard: unknown[] = []
  place.cognito.onChange((change) => heard.push(change))
  const { Id } = await create(place, {})
  expect(heard).toEqual([{ poolId: Id, username: undefined }])
})
