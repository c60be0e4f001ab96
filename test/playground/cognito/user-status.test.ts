import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserPasswordCommand,
  InitiateAuthCommand,
  ListUsersInGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import type { Switches, UserSpec } from '../../../playground/cognito/index.ts'
import { goodPassword, lab, poolId, poolWith, refusalOf } from './support.ts'

const who = { UserPoolId: poolId, Username: 'ada' }
const contact = { email: 'ada@example.com', email_verified: 'true' }

type Send = (client: CognitoIdentityProviderClient) => Promise<unknown>
const temporary: Send = (c) =>
  c.send(new AdminSetUserPasswordCommand({ ...who, Password: goodPassword, Permanent: false }))
const unsaid: Send = (c) =>
  c.send(new AdminSetUserPasswordCommand({ ...who, Password: goodPassword }))
const permanent: Send = (c) =>
  c.send(new AdminSetUserPasswordCommand({ ...who, Password: goodPassword, Permanent: true }))
const emailCode: Send = (c) => c.send(new AdminResetUserPasswordCommand(who))
const confirm: Send = (c) => c.send(new AdminConfirmSignUpCommand(who))
const resend: Send = (c) =>
  c.send(
    new AdminCreateUserCommand({
      ...who,
      MessageAction: 'RESEND',
      DesiredDeliveryMediums: ['EMAIL'],
    }),
  )

const calls = { temporary, unsaid, permanent, emailCode, confirm, resend }
const notNow = 'NotAuthorizedException: User password cannot be reset in the current state.'
const noContact =
  'InvalidParameterException: Cannot reset password for the user as there is no registered/verified email or phone_number'

interface Case {
  readonly call: keyof typeof calls
  readonly from: Partial<UserSpec>
  readonly to?: string
  readonly refusal?: string
  readonly switches?: Partial<Switches>
}

const cases: Case[] = [
  { call: 'temporary', from: { status: 'CONFIRMED' }, to: 'FORCE_CHANGE_PASSWORD' },
  { call: 'unsaid', from: { status: 'CONFIRMED' }, to: 'FORCE_CHANGE_PASSWORD' },
  { call: 'temporary', from: { status: 'UNCONFIRMED' }, to: 'FORCE_CHANGE_PASSWORD' },
  { call: 'temporary', from: { status: 'RESET_REQUIRED' }, to: 'FORCE_CHANGE_PASSWORD' },
  { call: 'temporary', from: { status: 'FORCE_CHANGE_PASSWORD' }, to: 'FORCE_CHANGE_PASSWORD' },
  { call: 'permanent', from: { status: 'CONFIRMED' }, to: 'CONFIRMED' },
  { call: 'permanent', from: { status: 'FORCE_CHANGE_PASSWORD' }, to: 'CONFIRMED' },
  { call: 'permanent', from: { status: 'UNCONFIRMED' }, to: 'CONFIRMED' },
  { call: 'permanent', from: { status: 'EXTERNAL_PROVIDER' }, to: 'CONFIRMED' },
  { call: 'temporary', from: { status: 'EXTERNAL_PROVIDER' }, to: 'CONFIRMED' },
  { call: 'temporary', from: { enabled: false }, to: 'FORCE_CHANGE_PASSWORD' },
  {
    call: 'temporary',
    from: { enabled: false },
    refusal: 'NotAuthorizedException: User is disabled',
    switches: { setPasswordOnDisabled: 'refuse' },
  },
  {
    call: 'temporary',
    from: { status: 'ARCHIVED' },
    refusal: 'NotAuthorizedException: User password cannot be set in the current state.',
  },

  { call: 'emailCode', from: { status: 'CONFIRMED' }, to: 'RESET_REQUIRED' },
  { call: 'emailCode', from: { status: 'FORCE_CHANGE_PASSWORD' }, refusal: notNow },
  { call: 'emailCode', from: { status: 'EXTERNAL_PROVIDER' }, refusal: notNow },
  { call: 'emailCode', from: { status: 'COMPROMISED' }, refusal: notNow },
  { call: 'emailCode', from: { status: 'UNCONFIRMED' }, refusal: notNow },
  {
    call: 'emailCode',
    from: { status: 'UNCONFIRMED' },
    to: 'RESET_REQUIRED',
    switches: { resetUnconfirmed: 'accept' },
  },
  { call: 'emailCode', from: { status: 'RESET_REQUIRED' }, to: 'RESET_REQUIRED' },
  {
    call: 'emailCode',
    from: { status: 'RESET_REQUIRED' },
    refusal: notNow,
    switches: { resetAgain: 'refuse' },
  },
  {
    call: 'emailCode',
    from: { enabled: false },
    refusal: 'NotAuthorizedException: User is disabled',
  },
  { call: 'emailCode', from: { attributes: {} }, refusal: noContact },
  {
    call: 'emailCode',
    from: { attributes: { email: 'ada@example.com', email_verified: 'false' } },
    refusal: noContact,
  },

  { call: 'confirm', from: { status: 'UNCONFIRMED' }, to: 'CONFIRMED' },
  {
    call: 'confirm',
    from: { status: 'CONFIRMED' },
    refusal: 'NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED',
  },

  { call: 'resend', from: { status: 'FORCE_CHANGE_PASSWORD' }, to: 'FORCE_CHANGE_PASSWORD' },
  {
    call: 'resend',
    from: { status: 'CONFIRMED' },
    refusal:
      'UnsupportedUserStateException: Resend not possible. ada status is not FORCE_CHANGE_PASSWORD',
  },
]

const named = cases.map((one) => ({
  ...one,
  name: [one.call, 'on', ...Object.values(one.from).map((value) => JSON.stringify(value))].join(
    ' ',
  ),
  outcome: one.to ?? one.refusal,
}))

test.for(named)('$name: $outcome', async ({ call, from, to, refusal, switches }) => {
  const user = { username: 'ada', attributes: contact, ...from }
  const { cognito, client } = await lab([poolWith([user])], { ...(switches && { switches }) })
  const before = { ...cognito.pools.user(poolId, 'ada') }
  if (refusal === undefined) await calls[call](client)
  else expect(await refusalOf(calls[call](client))).toBe(refusal)
  const after = cognito.pools.user(poolId, 'ada')
  expect(after.status).toBe(to ?? before.status)
  expect(after.enabled).toBe(before.enabled)
  expect(after.modifiedAt > before.modifiedAt).toBe(refusal === undefined)
})

test('confirming verifies no contact', async () => {
  const attributes = { email: 'ada@example.com', email_verified: 'false' }
  const { client } = await lab([poolWith([{ username: 'ada', status: 'UNCONFIRMED', attributes }])])
  await confirm(client)
  const user = await client.send(new AdminGetUserCommand(who))
  expect(user.UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'false' })
})

test('whether a repeated reset moves the date is a switch', async () => {
  const user = { username: 'ada', status: 'RESET_REQUIRED', attributes: contact } as const
  const { cognito, client } = await lab([poolWith([user])], {
    switches: { resetAgainMovesDate: false },
  })
  const { modifiedAt } = cognito.pools.user(poolId, 'ada')
  await emailCode(client)
  expect(cognito.pools.user(poolId, 'ada').modifiedAt).toBe(modifiedAt)
  cognito.switches.resetAgainMovesDate = true
  await emailCode(client)
  expect(cognito.pools.user(poolId, 'ada').modifiedAt).toBeGreaterThan(modifiedAt)
})

test('disabling and enabling leave the status alone and can be repeated', async () => {
  const { client } = await lab([poolWith([{ username: 'ada' }])])
  const state = async () => {
    const { Enabled, UserStatus } = await client.send(new AdminGetUserCommand(who))
    return `${UserStatus} ${Enabled}`
  }
  await client.send(new AdminDisableUserCommand(who))
  await client.send(new AdminDisableUserCommand(who))
  expect(await state()).toBe('CONFIRMED false')
  await client.send(new AdminEnableUserCommand(who))
  expect(await state()).toBe('CONFIRMED true')
})

test('a deleted user is gone, and the name is free again', async () => {
  const { client } = await lab([poolWith([{ username: 'ada' }])])
  await client.send(new AdminDeleteUserCommand(who))
  expect(await refusalOf(client.send(new AdminGetUserCommand(who)))).toBe(
    'UserNotFoundException: User does not exist.',
  )
  await client.send(new AdminCreateUserCommand(who))
})

test('a deleted user leaves groups and aliases, and every app', async () => {
  const user = { username: 'ada', password: goodPassword, attributes: contact, groups: ['staff'] }
  const pool = { ...poolWith([user], { AliasAttributes: ['email'] }), groups: [{ name: 'staff' }] }
  const { cognito, client } = await lab([pool])
  const { clientId } = cognito.pools.get(poolId)
  const { AuthenticationResult } = await client.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD: goodPassword },
    }),
  )
  await client.send(new AdminDeleteUserCommand({ ...who, Username: contact.email }))
  const members = new ListUsersInGroupCommand({ UserPoolId: poolId, GroupName: 'staff' })
  expect((await client.send(members)).Users).toEqual([])
  const refresh = new InitiateAuthCommand({
    ClientId: clientId,
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    AuthParameters: { REFRESH_TOKEN: AuthenticationResult?.RefreshToken ?? '' },
  })
  expect(await refusalOf(client.send(refresh))).toContain('Refresh Token has been revoked')
  const UserAttributes = Object.entries(contact).map(([Name, Value]) => ({ Name, Value }))
  const { User } = await client.send(new AdminCreateUserCommand({ ...who, UserAttributes }))
  const { Groups } = await client.send(new AdminListGroupsForUserCommand(who))
  expect(User?.UserStatus).toBe('FORCE_CHANGE_PASSWORD')
  expect(Groups).toEqual([])
})

test.for(['FORCE_CHANGE_PASSWORD', 'RESET_REQUIRED', 'EXTERNAL_PROVIDER', 'ARCHIVED'] as const)(
  'who is %s cannot be confirmed',
  async (status) => {
    const { client } = await lab([poolWith([{ username: 'ada', status }])])
    expect(await refusalOf(confirm(client))).toBe(
      `NotAuthorizedException: User cannot be confirmed. Current status is ${status}`,
    )
  },
)

test('listeners hear of each change, until they stop listening', async () => {
  const { cognito, client } = await lab([poolWith([{ username: 'ada' }])])
  const heard: unknown[] = []
  const stop = cognito.onChange((change) => heard.push(change))
  await client.send(new AdminDisableUserCommand(who))
  stop()
  await client.send(new AdminEnableUserCommand(who))
  expect(heard).toEqual([{ poolId, username: 'ada' }])
})
