import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type { AdminCreateUserCommandInput } from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import {
  caseInsensitivePool,
  caseSensitivePool,
  emailSignInPool,
  passwordlessPool,
} from '../../../playground/cognito/fixtures.ts'
import { goodPassword, lab, poolId, poolWith, refusalOf } from './support.ts'

const email = (Value: string, verified = 'true') => [
  { Name: 'email', Value },
  { Name: 'email_verified', Value: verified },
]

test('a new user must change the password that was mailed', async () => {
  const { cognito, client } = await lab()
  const { User } = await client.send(
    new AdminCreateUserCommand({
      UserPoolId: poolId,
      Username: 'ada',
      UserAttributes: email('ada@example.com'),
      DesiredDeliveryMediums: ['EMAIL'],
    }),
  )
  expect(User).toMatchObject({
    Username: 'ada',
    UserStatus: 'FORCE_CHANGE_PASSWORD',
    Enabled: true,
  })
  const [invitation] = cognito.outbox
  expect(invitation).toMatchObject({ kind: 'invitation', medium: 'EMAIL', to: 'ada@example.com' })
  expect(await cognito.signIn(poolId, 'ada', invitation?.secret ?? '')).toBe(
    'new-password-required',
  )
})

test.for<[string, Partial<AdminCreateUserCommandInput>]>([
  ['the default medium is a text message and there is no phone', {}],
  ['the message is suppressed', { MessageAction: 'SUPPRESS', DesiredDeliveryMediums: ['EMAIL'] }],
])('no invitation arrives when %s', async ([, input]) => {
  const { cognito, client } = await lab()
  await client.send(
    new AdminCreateUserCommand({
      UserPoolId: poolId,
      Username: 'ada',
      UserAttributes: email('ada@example.com'),
      ...input,
    }),
  )
  expect(cognito.outbox).toEqual([])
})

test('a template without its placeholder swallows the invitation in silence', async () => {
  const InviteMessageTemplate = { EmailMessage: 'Welcome, {username}!' }
  const { cognito, client } = await lab([
    poolWith([], { AdminCreateUserConfig: { InviteMessageTemplate } }),
  ])
  await client.send(
    new AdminCreateUserCommand({
      UserPoolId: poolId,
      Username: 'ada',
      UserAttributes: email('ada@example.com'),
      DesiredDeliveryMediums: ['EMAIL'],
    }),
  )
  expect(cognito.outbox).toEqual([])
})

test('pools that sign in by e-mail generate the username', async () => {
  const { client } = await lab([emailSignInPool])
  const UserPoolId = emailSignInPool.id
  const { User } = await client.send(
    new AdminCreateUserCommand({ UserPoolId, Username: 'grace@example.com' }),
  )
  expect(User?.Username).toMatch(/^[0-9a-f-]{36}$/u)
  expect(User?.Attributes).toContainEqual({ Name: 'sub', Value: User?.Username })
  const found = await client.send(
    new AdminGetUserCommand({ UserPoolId, Username: 'GRACE@example.com' }),
  )
  expect(found.Username).toBe(User?.Username)
})

const refused: [string, Parameters<typeof lab>[0], Partial<AdminCreateUserCommandInput>, string][] =
  [
    [
      'a taken username',
      [poolWith([{ username: 'ada' }])],
      { Username: 'ada' },
      'UsernameExistsException: User account already exists',
    ],
    [
      'a taken username in another case',
      [caseInsensitivePool],
      { Username: 'ADA' },
      'UsernameExistsException: User account already exists',
    ],
    [
      'a taken sign-in address',
      [emailSignInPool],
      { Username: 'Ada@example.com' },
      'UsernameExistsException: An account with the given email already exists.',
    ],
    [
      'a taken alias',
      [caseSensitivePool],
      { Username: 'grace', UserAttributes: email('Ada@example.com') },
      'AliasExistsException: An account with the email already exists.',
    ],
    [
      'no address where one is the username',
      [emailSignInPool],
      { Username: 'grace' },
      'InvalidParameterException: Username should be an email.',
    ],
    [
      'an address as username where it is an alias',
      [caseSensitivePool],
      { Username: 'grace@example.com' },
      'InvalidParameterException: Username cannot be of email format, since user pool is configured for email alias.',
    ],
    [
      'an attribute outside the schema',
      [poolWith([])],
      { UserAttributes: [{ Name: 'custom:plan', Value: 'gold' }] },
      'InvalidParameterException: Attributes did not conform to the schema: custom:plan: Attribute does not exist in the schema.',
    ],
    [
      'a malformed address',
      [poolWith([])],
      { UserAttributes: email('ada') },
      'InvalidParameterException: Invalid email address format.',
    ],
    [
      'a phone number without its plus',
      [poolWith([])],
      { UserAttributes: [{ Name: 'phone_number', Value: '12025550100' }] },
      'InvalidParameterException: Invalid phone number format.',
    ],
    [
      'a flag that is neither true nor false',
      [poolWith([])],
      { UserAttributes: email('ada@example.com', 'yes') },
      'InvalidParameterException: Attributes did not conform to the schema: email_verified: Value should be true or false.',
    ],
    [
      'a verified flag without an address',
      [poolWith([])],
      { UserAttributes: [{ Name: 'email_verified', Value: 'true' }] },
      'InvalidParameterException: email_verified cannot be true without email.',
    ],
    [
      'a sub of one’s own',
      [poolWith([])],
      { UserAttributes: [{ Name: 'sub', Value: 'me' }] },
      'InvalidParameterException: Cannot modify the non-mutable attribute sub',
    ],
    [
      'resending to nobody',
      [poolWith([])],
      { MessageAction: 'RESEND' },
      'UserNotFoundException: User does not exist.',
    ],
    [
      'resending with attributes',
      [poolWith([{ username: 'new', status: 'FORCE_CHANGE_PASSWORD' }])],
      { MessageAction: 'RESEND', UserAttributes: email('new@example.com') },
      'InvalidParameterException: User attributes cannot be sent with RESEND.',
    ],
  ]

test.for(refused)('refused: %s', async ([, pools, input, refusal]) => {
  const { cognito, client } = await lab(pools)
  const UserPoolId = pools?.[0]?.id ?? ''
  const count = cognito.pools.users(UserPoolId).length
  const create = client.send(new AdminCreateUserCommand({ UserPoolId, Username: 'new', ...input }))
  expect(await refusalOf(create)).toBe(refusal)
  expect(cognito.pools.users(UserPoolId)).toHaveLength(count)
})

test.for(['CONFIRMED', 'FORCE_CHANGE_PASSWORD'] as const)(
  'a passwordless user may be %s',
  async (passwordlessStatus) => {
    const { client } = await lab([passwordlessPool], { switches: { passwordlessStatus } })
    const { User } = await client.send(
      new AdminCreateUserCommand({ UserPoolId: passwordlessPool.id, Username: 'ada' }),
    )
    expect(User?.UserStatus).toBe(passwordlessStatus)
  },
)

test('an invitation is sent again to whoever signs in by e-mail, found by the address', async () => {
  const { cognito, client } = await lab([emailSignInPool])
  const asked = { UserPoolId: emailSignInPool.id, Username: 'grace@example.com' }
  const mail = { DesiredDeliveryMediums: ['EMAIL' as const] }
  const { User: first } = await client.send(new AdminCreateUserCommand({ ...asked, ...mail }))
  const { User: again } = await client.send(
    new AdminCreateUserCommand({ ...asked, ...mail, MessageAction: 'RESEND' }),
  )
  expect(again?.Username).toBe(first?.Username)
  expect(again?.Attributes).toEqual(first?.Attributes)
  expect(cognito.outbox.map(({ to }) => to)).toEqual(['grace@example.com', 'grace@example.com'])
  expect(cognito.outbox[0]?.secret).not.toBe(cognito.outbox[1]?.secret)
})

test('a suppressed message leaves the temporary password that was sent', async () => {
  const { cognito, client } = await lab()
  await client.send(
    new AdminCreateUserCommand({
      UserPoolId: poolId,
      Username: 'ada',
      TemporaryPassword: goodPassword,
      MessageAction: 'SUPPRESS',
    }),
  )
  expect(cognito.outbox).toEqual([])
  expect(await cognito.signIn(poolId, 'ada', goodPassword)).toBe('new-password-required')
})
