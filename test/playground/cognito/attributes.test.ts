import {
  AdminDeleteUserAttributesCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import { caseSensitivePool, emailSignInPool } from '../../../playground/cognito/fixtures.ts'
import type { PoolSpec } from '../../../playground/cognito/index.ts'
import { standardAttributes } from '../../../playground/cognito/standard-attributes.ts'
import { lab, poolId, poolWith, refusalOf } from './support.ts'

const ada = {
  username: 'ada',
  attributes: { email: 'ada@example.com', email_verified: 'true', name: 'Ada' },
}

async function updated(pool: PoolSpec, Username: string, changes: Record<string, string>) {
  const { cognito, client } = await lab([pool])
  const UserAttributes = Object.entries(changes).map(([Name, Value]) => ({ Name, Value }))
  const who = { UserPoolId: pool.id, Username }
  await client.send(new AdminUpdateUserAttributesCommand({ ...who, UserAttributes }))
  const user = await client.send(new AdminGetUserCommand(who))
  const attributes = Object.fromEntries<string | undefined>(
    user.UserAttributes?.map(({ Name = '', Value }) => [Name, Value] as const) ?? [],
  )
  return { cognito, attributes }
}

test('a new address is unverified unless the same call says otherwise', async () => {
  const plain = await updated(poolWith([ada]), 'ada', { email: 'new@example.com' })
  expect(plain.attributes).toMatchObject({ email: 'new@example.com', email_verified: 'false' })
  const said = { email: 'new@example.com', email_verified: 'true' }
  expect((await updated(poolWith([ada]), 'ada', said)).attributes).toMatchObject(said)
})

test('the same address again stays verified', async () => {
  const { attributes } = await updated(poolWith([ada]), 'ada', { email: 'ada@example.com' })
  expect(attributes['email_verified']).toBe('true')
})

test('a blank value deletes', async () => {
  const { attributes } = await updated(poolWith([ada]), 'ada', { name: '', email: '' })
  expect(Object.keys(attributes)).toEqual(['sub'])
})

test('some pools hold a new address back until the user verifies it', async () => {
  const sub = emailSignInPool.users?.[0]?.username ?? ''
  const held = await updated(emailSignInPool, sub, { email: 'new@example.com' })
  expect(held.attributes).toMatchObject({ email: 'ada@example.com', email_verified: 'true' })
  expect(held.cognito.outbox).toMatchObject([
    { kind: 'verification-code', medium: 'EMAIL', to: 'new@example.com' },
  ])
  const said = { email: 'new@example.com', email_verified: 'true' }
  expect((await updated(emailSignInPool, sub, said)).attributes).toMatchObject(said)
})

const requiring = (name: string): PoolSpec =>
  poolWith([ada], {
    SchemaAttributes: standardAttributes.map((one) =>
      one.Name === name ? { ...one, Required: true } : one,
    ),
  })

const aliasPool: PoolSpec = {
  ...caseSensitivePool,
  users: [...(caseSensitivePool.users ?? []), { username: 'grace' }],
}

test.for<[string, PoolSpec, string, Record<string, string>, string]>([
  [
    'an alias that somebody else has',
    aliasPool,
    'grace',
    { email: 'Ada@example.com', email_verified: 'true' },
    'AliasExistsException: An account with the email already exists.',
  ],
  [
    'the sub',
    poolWith([ada]),
    'ada',
    { sub: 'x' },
    'InvalidParameterException: Cannot modify the non-mutable attribute sub',
  ],
  [
    'what the identity provider said',
    poolWith([ada]),
    'ada',
    { identities: '[]' },
    'InvalidParameterException: Cannot modify the non-mutable attribute identities',
  ],
  [
    'a required attribute, blank',
    requiring('name'),
    'ada',
    { name: '' },
    'InvalidParameterException: Attributes did not conform to the schema: name: The attribute is required',
  ],
  [
    'the address that one signs in with, blank',
    emailSignInPool,
    emailSignInPool.users?.[0]?.username ?? '',
    { email: '' },
    'InvalidParameterException: Attributes did not conform to the schema: email: The attribute is required',
  ],
  [
    'the address of somebody else who signs in with it',
    {
      ...emailSignInPool,
      users: [
        ...(emailSignInPool.users ?? []),
        { username: '7b', attributes: { email: 'grace@example.com' } },
      ],
    },
    '7b',
    { email: 'ADA@example.com', email_verified: 'true' },
    'AliasExistsException: An account with the email already exists.',
  ],
  [
    'a verified flag without a number',
    poolWith([ada]),
    'ada',
    { phone_number_verified: 'true' },
    'InvalidParameterException: phone_number_verified cannot be true without phone_number.',
  ],
  [
    'a number that is none',
    poolWith([ada]),
    'ada',
    { updated_at: 'today' },
    'InvalidParameterException: Attributes did not conform to the schema: updated_at: Value should be a number.',
  ],
  [
    'a number out of range',
    poolWith([ada]),
    'ada',
    { updated_at: '-1' },
    'InvalidParameterException: Attributes did not conform to the schema: updated_at: Value should be between 0 and Infinity.',
  ],
  [
    'a birthday that is none',
    poolWith([ada]),
    'ada',
    { birthdate: '1815' },
    'InvalidParameterException: Attributes did not conform to the schema: birthdate: Length should be between 10 and 10.',
  ],
])('refused: %s', async ([, pool, Username, changes, refusal]) => {
  const { client } = await lab([pool])
  const UserAttributes = Object.entries(changes).map(([Name, Value]) => ({ Name, Value }))
  const update = client.send(
    new AdminUpdateUserAttributesCommand({ UserPoolId: pool.id, Username, UserAttributes }),
  )
  expect(await refusalOf(update)).toBe(refusal)
})

test('an immutable attribute is set once', async () => {
  const schema = {
    Name: 'custom:number',
    AttributeDataType: 'String',
    Mutable: false,
    Required: false,
  }
  const pool = poolWith([{ username: 'ada', attributes: { 'custom:number': '7' } }], {
    SchemaAttributes: [schema],
  })
  const { client } = await lab([pool])
  const update = client.send(
    new AdminUpdateUserAttributesCommand({
      UserPoolId: poolId,
      Username: 'ada',
      UserAttributes: [{ Name: 'custom:number', Value: '8' }],
    }),
  )
  expect(await refusalOf(update)).toContain('Cannot modify the non-mutable attribute custom:number')
})

test('a held address takes the place of the old one when somebody vouches for it', async () => {
  const sub = emailSignInPool.users?.[0]?.username ?? ''
  const { cognito, client } = await lab([emailSignInPool])
  const UserPoolId = emailSignInPool.id ?? ''
  const update = (changes: Record<string, string>) =>
    client.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId,
        Username: sub,
        UserAttributes: Object.entries(changes).map(([Name, Value]) => ({ Name, Value })),
      }),
    )
  await update({ email: 'new@example.com' })
  expect(cognito.pools.user(UserPoolId, sub).held).toEqual(new Map([['email', 'new@example.com']]))
  await update({ email: 'new@example.com', email_verified: 'true' })
  expect(cognito.pools.user(UserPoolId, sub).held).toEqual(new Map())
  expect(cognito.pools.user(UserPoolId, 'new@example.com').sub).toBe(sub)
})

const remove = (pool: PoolSpec, Username: string, UserAttributeNames: string[]) =>
  new AdminDeleteUserAttributesCommand({ UserPoolId: pool.id, Username, UserAttributeNames })

test.for([
  ['a name', ['name'], ['sub', 'email', 'email_verified']],
  ['an address, and whether it is verified', ['email'], ['sub', 'name']],
  ['two at once', ['email', 'name'], ['sub']],
  ['what nobody ever set', ['nickname'], ['sub', 'email', 'email_verified', 'name']],
] as const)('deleting %s', async ([, names, left]) => {
  const { cognito, client } = await lab([poolWith([ada])])
  const { modifiedAt } = cognito.pools.user(poolId, 'ada')
  await client.send(remove(poolWith([]), 'ada', [...names]))
  const { UserAttributes } = await client.send(
    new AdminGetUserCommand({ UserPoolId: poolId, Username: 'ada' }),
  )
  expect(UserAttributes?.map(({ Name }) => Name)).toEqual(left)
  expect(cognito.pools.user(poolId, 'ada').modifiedAt).toBeGreaterThan(modifiedAt)
})

test.for<[string, PoolSpec, string, string[], string]>([
  ['the sub', poolWith([ada]), 'ada', ['sub'], 'Cannot modify the non-mutable attribute sub'],
  [
    'what the pool does not know',
    poolWith([ada]),
    'ada',
    ['custom:plan'],
    'Attribute does not exist in the schema',
  ],
  ['the same twice', poolWith([ada]), 'ada', ['name', 'name'], 'Duplicate attribute: name'],
  [
    'what is required, among others',
    requiring('name'),
    'ada',
    ['email', 'name'],
    'name: The attribute is required',
  ],
  [
    'the address that one signs in with',
    emailSignInPool,
    'ada@example.com',
    ['email'],
    'email: The attribute is required',
  ],
  ['of nobody', poolWith([]), 'ada', ['name'], 'UserNotFoundException: User does not exist.'],
])('not deleted: %s', async ([, pool, name, names, refusal]) => {
  const { cognito, client } = await lab([pool])
  const before = structuredClone(cognito.pools.users(pool.id ?? ''))
  expect(await refusalOf(client.send(remove(pool, name, names)))).toContain(refusal)
  expect(cognito.pools.users(pool.id ?? '')).toEqual(before)
})
