import type { JsonObject } from './json.ts'
import { operations } from './operations.ts'
import { originOf } from './origin.ts'
import { ServiceError } from './service-error.ts'
import type { State } from './state.ts'

export type SignInResult =
  | 'ok'
  | 'new-password-required'
  | 'mfa-required'
  | 'reset-required'
  | 'not-confirmed'
  | 'disabled'
  | 'expired'
  | 'refused'
  | 'unacceptable-password'

/** What an app's sign-in screen would get; runs the operations the socket runs. */
export function attemptSignIn(
  state: State,
  ClientId: string,
  USERNAME: string,
  PASSWORD: string,
  NEW_PASSWORD: string | undefined,
): SignInResult {
  return attempt(() => {
    const AuthParameters = { USERNAME, PASSWORD }
    const asked = { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }
    const answer = ask(state, 'InitiateAuth', asked)
    const { ChallengeName, Session } = answer
    if (ChallengeName !== 'NEW_PASSWORD_REQUIRED' || NEW_PASSWORD === undefined) return answer
    const ChallengeResponses = { USERNAME, NEW_PASSWORD }
    const response = { ClientId, ChallengeName, Session, ChallengeResponses }
    return ask(state, 'RespondToAuthChallenge', response)
  })
}

export function attemptCode(
  state: State,
  ClientId: string,
  Username: string,
  ConfirmationCode: string,
  Password: string,
): SignInResult {
  const input = { ClientId, Username, ConfirmationCode, Password }
  return attempt(() => ask(state, 'ConfirmForgotPassword', input))
}

/** The page signs in from this machine, through no browser that Cognito could see. */
const origin = originOf('127.0.0.1', undefined)

function ask(state: State, name: keyof typeof operations, input: JsonObject): JsonObject {
  return operations[name].run(input, { state, account: '', region: '', origin }) ?? {}
}

function attempt(step: () => JsonObject): SignInResult {
  try {
    const { ChallengeName } = step()
    if (ChallengeName === undefined) return 'ok'
    return ChallengeName === 'NEW_PASSWORD_REQUIRED' ? 'new-password-required' : 'mfa-required'
  } catch (error) {
    if (error instanceof ServiceError) return resultOf(error)
    throw error
  }
}

function resultOf({ type, message }: ServiceError): SignInResult {
  if (type === 'UserNotConfirmedException') return 'not-confirmed'
  if (type === 'PasswordResetRequiredException') return 'reset-required'
  if (type === 'InvalidPasswordException') return 'unacceptable-password'
  if (type === 'PasswordHistoryPolicyViolationException') return 'unacceptable-password'
  if (type === 'ExpiredCodeException' || message.startsWith('Temporary password')) return 'expired'
  return message.startsWith('User is disabled') ? 'disabled' : 'refused'
}
