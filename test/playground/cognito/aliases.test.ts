import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import { caseInsensitivePool, caseSensitivePool } from '../../../playground/cognito/fixtures.ts'
import { lab, refusalOf } from './support.ts'

const email = (Value: string, verified = 'true') => [
  { Name: 'email', Value },
  { Name: 'email_verified', Value: verified },
]

test('an unverified address is no alias, and takes none', async () => {
  const { client } = await lab([caseSensitivePool])
  await client.send(
    new AdminCreateUserCommand({
      UserPoolId: caseSensitivePool.id,
      Username: 'grace',
      UserAttributes: email('Ada@example.com', 'false'),
    }),
  )
  const found = await client.send(
    new AdminGetUserCommand({ UserPoolId: caseSensitivePool.id, Username: 'Ada@example.com' }),
  )
  expect(found.Username).toBe('Ada')
})

test('nobody is found by an unverified address', async () => {
  const attributes = { email: 'grace@example.com', email_verified: 'false' }
  const { client } = await lab([
    { ...caseSensitivePool, users: [{ username: 'grace', attributes }] },
  ])
  const get = client.send(
    new AdminGetUserCommand({ UserPoolId: caseSensitivePool.id, Username: 'grace@example.com' }),
  )
  expect(await refusalOf(get)).toContain('UserNotFoundException')
})

test('names are found by the case rule of their pool, by sub and by alias', async () => {
  const { cognito, client } = await lab([caseSensitivePool, caseInsensitivePool])
  const find = async (UserPoolId: string | undefined, Username: string) =>
    (await client.send(new AdminGetUserCommand({ UserPoolId, Username }))).Username
  const { sub } = cognito.pools.user(caseSensitivePool.id ?? '', 'Ada')
  expect(await find(caseSensitivePool.id, sub)).toBe('Ada')
  expect(await find(caseSensitivePool.id, 'Ada@example.com')).toBe('Ada')
  expect(await find(caseInsensitivePool.id, 'ada')).toBe('Ada')
  expect(await find(caseInsensitivePool.id, 'ada@EXAMPLE.com')).toBe('Ada')
  expect(await refusalOf(find(caseSensitivePool.id, 'ada'))).toContain('UserNotFoundException')
  expect(await refusalOf(find(caseSensitivePool.id, 'ada@example.com'))).toContain('UserNotFound')
})

test('an alias that is taken by force is the new user’s, and no longer verified before', async () => {
  const { client } = await lab([caseSensitivePool])
  const UserPoolId = caseSensitivePool.id
  await client.send(
    new AdminCreateUserCommand({
      UserPoolId,
      Username: 'grace',
      UserAttributes: email('Ada@example.com'),
      ForceAliasCreation: true,
    }),
  )
  const found = async (Username: string) =>
    client.send(new AdminGetUserCommand({ UserPoolId, Username }))
  expect((await found('Ada@example.com')).Username).toBe('grace')
  expect((await found('Ada')).UserAttributes).toContainEqual({
    Name: 'email_verified',
    Value: 'false',
  })
})

test('a preferred username cannot be taken by force', async () => {
  const users = [{ username: 'ada', attributes: { preferred_username: 'countess' } }]
  const { cognito, client } = await lab([{ ...caseInsensitivePool, users }])
  const before = structuredClone(cognito.pools.users(caseInsensitivePool.id ?? ''))
  const create = client.send(
    new AdminCreateUserCommand({
      UserPoolId: caseInsensitivePool.id,
      Username: 'grace',
      UserAttributes: [{ Name: 'preferred_username', Value: 'Countess' }],
      ForceAliasCreation: true,
    }),
  )
  expect(await refusalOf(create)).toContain('AliasExistsException')
  expect(cognito.pools.users(caseInsensitivePool.id ?? '')).toEqual(before)
})
