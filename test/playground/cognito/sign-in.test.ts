import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import { clientOf, goodPassword, lab, poolId, poolWith, refusalOf } from './support.ts'

const who = { UserPoolId: poolId, Username: 'ada' }
const contact = { email: 'ada@example.com', email_verified: 'true' }
const dayMs = 86_400_000
const chosen = 'Chosen-by-ada-2'

test('an app signs in without a signature and gets tokens', async () => {
  const { cognito } = await lab([poolWith([{ username: 'ada', password: goodPassword }])])
  const { clientId } = cognito.pools.get(poolId)
  const app = clientOf(cognito, { credentials: () => Promise.reject(new Error('no credentials')) })
  const answer = await app.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD: goodPassword },
    }),
  )
  expect(answer.AuthenticationResult?.RefreshToken).toBeTypeOf('string')
})

test('a temporary password leads over a new one to a confirmed user', async () => {
  const { cognito, client } = await lab([poolWith([{ username: 'ada' }])])
  await client.send(new AdminSetUserPasswordCommand({ ...who, Password: goodPassword }))
  const { clientId } = cognito.pools.get(poolId)
  const asked = await client.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD: goodPassword },
    }),
  )
  expect(asked.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
  const response = new RespondToAuthChallengeCommand({
    ClientId: clientId,
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    ...(asked.Session !== undefined && { Session: asked.Session }),
    ChallengeResponses: { USERNAME: 'ada', NEW_PASSWORD: chosen },
  })
  const answered = await client.send(response)
  expect(answered.AuthenticationResult?.AccessToken).toBeTypeOf('string')
  expect(cognito.pools.user(poolId, 'ada').status).toBe('CONFIRMED')
  expect(await refusalOf(client.send(response))).toContain('Invalid session')
})

test('a session dies with the temporary password it proved', async () => {
  const { cognito, client } = await lab([poolWith([{ username: 'ada' }])])
  await client.send(new AdminSetUserPasswordCommand({ ...who, Password: goodPassword }))
  const { clientId } = cognito.pools.get(poolId)
  const asked = await client.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD: goodPassword },
    }),
  )
  await client.send(new AdminSetUserPasswordCommand({ ...who, Password: 'Another-one-3' }))
  const response = new RespondToAuthChallengeCommand({
    ClientId: clientId,
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    ...(asked.Session !== undefined && { Session: asked.Session }),
    ChallengeResponses: { USERNAME: 'ada', NEW_PASSWORD: chosen },
  })
  expect(await refusalOf(client.send(response))).toContain('Invalid session')
})

test('a temporary password expires by the clock, and the status does not tell', async () => {
  const settings = { Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 3 } } }
  const { cognito, client } = await lab([poolWith([{ username: 'ada' }], settings)])
  await client.send(new AdminSetUserPasswordCommand({ ...who, Password: goodPassword }))
  cognito.advance(3 * dayMs - 60_000)
  expect(await cognito.signIn(poolId, 'ada', goodPassword)).toBe('new-password-required')
  cognito.advance(120_000)
  expect(await cognito.signIn(poolId, 'ada', goodPassword)).toBe('expired')
  expect(cognito.pools.user(poolId, 'ada').status).toBe('FORCE_CHANGE_PASSWORD')
})

test('resending an invitation replaces the password and opens a new window', async () => {
  const user = { username: 'ada', status: 'FORCE_CHANGE_PASSWORD', attributes: contact } as const
  const { cognito, client } = await lab([
    poolWith([{ ...user, password: goodPassword, passwordAgeDays: 40 }]),
  ])
  expect(await cognito.signIn(poolId, 'ada', goodPassword)).toBe('expired')
  const { sub } = cognito.pools.user(poolId, 'ada')
  await client.send(
    new AdminCreateUserCommand({
      ...who,
      MessageAction: 'RESEND',
      DesiredDeliveryMediums: ['EMAIL'],
    }),
  )
  expect(await cognito.signIn(poolId, 'ada', goodPassword)).toBe('refused')
  const mailed = cognito.outbox[0]?.secret ?? ''
  expect(await cognito.signIn(poolId, 'ada', mailed, chosen)).toBe('ok')
  expect(await cognito.signIn(poolId, 'ada', chosen)).toBe('ok')
  expect(cognito.pools.user(poolId, 'ada').sub).toBe(sub)
})

test('an e-mailed code kills the old password and buys a new one within the hour', async () => {
  const user = { username: 'ada', password: goodPassword, attributes: contact }
  const { cognito, client } = await lab([poolWith([user])])
  await client.send(new AdminResetUserPasswordCommand(who))
  expect(await cognito.signIn(poolId, 'ada', goodPassword)).toBe('reset-required')
  const code = cognito.outbox[0]?.secret ?? ''
  const wrong = code === '000000' ? '111111' : '000000'
  expect(await cognito.enterCode(poolId, 'ada', wrong, chosen)).toBe('refused')
  expect(await cognito.enterCode(poolId, 'ada', code, 'short')).toBe('unacceptable-password')
  expect(await cognito.enterCode(poolId, 'ada', code, chosen)).toBe('ok')
  expect(await cognito.signIn(poolId, 'ada', chosen)).toBe('ok')
  expect(await cognito.enterCode(poolId, 'ada', code, chosen)).toBe('expired')
})

test('a code is worth nothing after an hour', async () => {
  const { cognito, client } = await lab([poolWith([{ username: 'ada', attributes: contact }])])
  await client.send(new AdminResetUserPasswordCommand(who))
  cognito.advance(3_600_001)
  const code = cognito.outbox[0]?.secret ?? ''
  expect(await cognito.enterCode(poolId, 'ada', code, chosen)).toBe('expired')
})

test.for([
  ['a wrong password', {}, 'wrong', 'refused'],
  ['somebody who does not exist', { username: 'grace' }, goodPassword, 'refused'],
  ['a disabled user', { enabled: false }, goodPassword, 'disabled'],
  ['a disabled user with a wrong password learns nothing', { enabled: false }, 'wrong', 'refused'],
  ['an unconfirmed user', { status: 'UNCONFIRMED' }, goodPassword, 'not-confirmed'],
  ['somebody who signs in with Google', { status: 'EXTERNAL_PROVIDER' }, goodPassword, 'refused'],
  ['a second factor', { mfa: ['EMAIL_OTP'] }, goodPassword, 'mfa-required'],
] as const)('signing in: %s', async ([, user, password, result]) => {
  const ada = { username: 'ada', password: goodPassword, attributes: contact }
  const settings = { MfaConfiguration: 'OPTIONAL' } as const
  const { cognito } = await lab([poolWith([{ ...ada, ...user }], settings)])
  expect(await cognito.signIn(poolId, 'ada', password)).toBe(result)
})

test.for([
  ['sign-out', (who_: typeof who) => new AdminUserGlobalSignOutCommand(who_)],
  ['disabling', (who_: typeof who) => new AdminDisableUserCommand(who_)],
] as const)('%s ends refresh tokens for good', async ([, command]) => {
  const { cognito, client } = await lab([poolWith([{ username: 'ada', password: goodPassword }])])
  const { clientId } = cognito.pools.get(poolId)
  const { AuthenticationResult } = await client.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD: goodPassword },
    }),
  )
  const refresh = () =>
    client.send(
      new InitiateAuthCommand({
        ClientId: clientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: AuthenticationResult?.RefreshToken ?? '' },
      }),
    )
  expect((await refresh()).AuthenticationResult?.AccessToken).toBeTypeOf('string')
  await client.send(command(who))
  await client.send(new AdminEnableUserCommand(who))
  expect(await refusalOf(refresh())).toBe('NotAuthorizedException: Refresh Token has been revoked')
})

test('setting a password ends no session', async () => {
  const { cognito, client } = await lab([poolWith([{ username: 'ada', password: goodPassword }])])
  const { clientId } = cognito.pools.get(poolId)
  const { AuthenticationResult } = await client.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD: goodPassword },
    }),
  )
  await client.send(new AdminSetUserPasswordCommand({ ...who, Password: chosen }))
  await client.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: AuthenticationResult?.RefreshToken ?? '' },
    }),
  )
})
