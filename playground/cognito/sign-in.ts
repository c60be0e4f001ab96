import { noted } from './auth-events.ts'
import { mfaChallenge, newPasswordChallenge } from './challenges.ts'
import type { Input } from './constraints.ts'
import type { JsonObject } from './json.ts'
import { findUser, userOf } from './names.ts'
import { checkNewPassword, keepPassword } from './new-password.ts'
import { matches } from './passwords.ts'
import type { Pool } from './pool.ts'
import { invalidParameter, notAuthorized, ServiceError } from './service-error.ts'
import { touchSession } from './session-life.ts'
import { changeUser, poolOfClient } from './state.ts'
import type { Call, State } from './state.ts'
import { issueTokens, renewTokens, takeChallenge } from './tokens.ts'
import type { User } from './user.ts'

export function initiateAuth(input: Input<'InitiateAuth'>, call: Call): JsonObject {
  const { state } = call
  const pool = poolOfClient(state, input.ClientId)
  const parameters = new Map(Object.entries(input.AuthParameters ?? {}))
  if (input.AuthFlow === 'USER_PASSWORD_AUTH') {
    const [name, password] = [needed(parameters, 'USERNAME'), needed(parameters, 'PASSWORD')]
    const user = findUser(pool, name)
    return noted(call, pool, user, 'SignIn', () => withPassword(call, pool, user, password))
  }
  if (input.AuthFlow === 'REFRESH_TOKEN_AUTH' || input.AuthFlow === 'REFRESH_TOKEN')
    return refresh(call, pool, needed(parameters, 'REFRESH_TOKEN'))
  throw invalidParameter(`${input.AuthFlow} flow not enabled for this client`)
}

function needed(parameters: ReadonlyMap<string, string>, name: string): string {
  const value = parameters.get(name)
  if (value === undefined) throw invalidParameter(`Missing required parameter ${name}`)
  return value
}

/** The password comes before any challenge: a wrong one learns nothing about the user. */
function withPassword(
  call: Call,
  pool: Pool,
  user: User | undefined,
  password: string,
): JsonObject {
  const { state } = call
  if (!user?.password || !matches(password, user.password))
    throw notAuthorized('Incorrect username or password.')
  if (!user.enabled) throw notAuthorized('User is disabled.')
  switch (user.status) {
    case 'UNCONFIRMED':
      throw new ServiceError('UserNotConfirmedException', 'User is not confirmed.')
    case 'RESET_REQUIRED':
      throw new ServiceError(
        'PasswordResetRequiredException',
        'Password reset required for the user',
      )
    case 'FORCE_CHANGE_PASSWORD':
      return newPasswordChallenge(state, pool, user, user.password)
    case 'CONFIRMED':
      return mfaChallenge(state, pool, user, user.password) ?? signedIn(call, pool, user)
    case 'EXTERNAL_PROVIDER':
    case 'ARCHIVED':
    case 'COMPROMISED':
    case 'UNKNOWN':
      throw notAuthorized('Incorrect username or password.')
  }
}

const signedIn = (call: Call, pool: Pool, user: User): JsonObject => ({
  ChallengeParameters: {},
  AuthenticationResult: issueTokens(call, pool, user),
})

function refresh(call: Call, pool: Pool, token: string): JsonObject {
  const { state } = call
  const known = state.refreshTokens.get(token)
  const user = known && pool.users.withSub(known.sub)
  if (!known || !user || known.expiresAt < state.now())
    throw notAuthorized('Refresh Token has been revoked')
  if (!user.enabled) throw notAuthorized('User is disabled.')
  touchSession(call, user, known.sessionId)
  return { ChallengeParameters: {}, AuthenticationResult: renewTokens() }
}

export function respondToAuthChallenge(
  input: Input<'RespondToAuthChallenge'>,
  call: Call,
): JsonObject {
  const { state } = call
  const pool = poolOfClient(state, input.ClientId)
  if (input.ChallengeName !== 'NEW_PASSWORD_REQUIRED')
    throw invalidParameter(`The local Cognito does not take part in ${input.ChallengeName}.`)
  const responses = new Map(Object.entries(input.ChallengeResponses ?? {}))
  const user = findUser(pool, needed(responses, 'USERNAME'))
  const password = needed(responses, 'NEW_PASSWORD')
  const session = takeChallenge(state, input.Session ?? '')
  const fits =
    session?.poolId === pool.id &&
    session.sub === user?.sub &&
    session.provenBy === user.password?.salt
  if (!user || !fits || user.status !== 'FORCE_CHANGE_PASSWORD')
    throw notAuthorized('Invalid session for the user.')
  if (!user.enabled) throw notAuthorized('User is disabled.')
  choosePassword(state, pool, user, password)
  const next = user.password && mfaChallenge(state, pool, user, user.password)
  return next ?? signedIn(call, pool, user)
}

export function confirmForgotPassword(
  input: Input<'ConfirmForgotPassword'>,
  call: Call,
): JsonObject {
  const pool = poolOfClient(call.state, input.ClientId)
  const user = userOf(pool, input.Username)
  return noted(call, pool, user, 'ForgotPassword', () => withCode(call.state, pool, user, input))
}

function withCode(
  state: State,
  pool: Pool,
  user: User,
  input: Input<'ConfirmForgotPassword'>,
): JsonObject {
  if (!user.enabled) throw notAuthorized('User is disabled.')
  if (!user.code || user.code.expiresAt < state.now())
    throw new ServiceError(
      'ExpiredCodeException',
      'Invalid code provided, please request a code again.',
    )
  if (!matches(input.ConfirmationCode, user.code.hash))
    throw new ServiceError(
      'CodeMismatchException',
      'Invalid verification code provided, please try again.',
    )
  choosePassword(state, pool, user, input.Password)
  return {}
}

function choosePassword(state: State, pool: Pool, user: User, password: string): void {
  checkNewPassword(pool, user, password)
  changeUser(state, pool, user, () => keepPassword(user, password, false, state.now()))
}
