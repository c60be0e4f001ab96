import {
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import { caseSensitivePool, emailSignInPool } from '../../../playground/cognito/fixtures.ts'
import type { PoolSpec } from '../../../playground/cognito/index.ts'
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
