import type { Input } from './constraints.ts'
import {
  authFactors,
  hasSoftwareToken,
  offersFactor,
  preferredFactor,
  setupFault,
} from './factors.ts'
import type { JsonObject } from './json.ts'
import { userOf } from './names.ts'
import type { Pool } from './pool.ts'
import { invalidParameter, notFound, ServiceError } from './service-error.ts'
import { changeUser, poolOf } from './state.ts'
import type { Call } from './state.ts'
import type { MfaFactor, User } from './user.ts'

export function adminGetUserAuthFactors(
  input: Input<'AdminGetUserAuthFactors'>,
  call: Call,
): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const user = userOf(pool, input.Username)
  return {
    Username: user.username,
    ...mfaAnswer(user),
    ConfiguredUserAuthFactors: authFactors(pool, user),
  }
}

/** How an answer shows the second factors in use: not at all when there is none. */
export function mfaAnswer(user: User): JsonObject {
  const preferred = preferredFactor(user)
  return {
    ...(user.mfa.length > 0 && { UserMFASettingList: [...user.mfa] }),
    ...(preferred && { PreferredMfaSetting: preferred }),
  }
}

/** The app is forgotten, as a factor and as a preference; other factors stay. */
export function adminDeleteSoftwareToken(
  input: Input<'AdminDeleteSoftwareToken'>,
  call: Call,
): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const user = userOf(pool, input.Username)
  if (user.status === 'UNCONFIRMED') throw notConfirmed()
  if (hasSoftwareToken(user)) changeUser(call.state, pool, user, () => forgetSoftwareToken(user))
  else if (call.state.switches.absentSoftwareToken === 'refuse')
    throw notFound('Software token MFA is not set up for the user.')
  return {}
}

const notConfirmed = (): ServiceError =>
  new ServiceError('UserNotConfirmedException', 'User is not confirmed.')

function forgetSoftwareToken(user: User): void {
  user.softwareToken = false
  user.mfa = user.mfa.filter((factor) => factor !== 'SOFTWARE_TOKEN_MFA')
  user.preferredMfa = preferredFactor(user)
}

interface Wish {
  readonly factor: MfaFactor
  readonly enabled: boolean
  readonly preferred: boolean
}

/** Switches factors on and off, registers and removes none; where MFA is required, does nothing. */
export function adminSetUserMFAPreference(
  input: Input<'AdminSetUserMFAPreference'>,
  call: Call,
): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const user = userOf(pool, input.Username)
  if (user.status === 'UNCONFIRMED') throw notConfirmed()
  if (user.status === 'RESET_REQUIRED')
    throw new ServiceError('PasswordResetRequiredException', 'Password reset required for the user')
  const wishes = wishesIn(input)
  refuseContradictions(wishes)
  if (pool.settings.MfaConfiguration === 'ON') return {}
  for (const wish of wishes) refuseUnready(pool, user, wish)
  if (input.WebAuthnMfaSettings?.Enabled)
    throw invalidParameter('User does not have a passkey set to turn on WEB_AUTHN MFA')
  changeUser(call.state, pool, user, () => grant(user, wishes))
  return {}
}

function wishesIn(input: Input<'AdminSetUserMFAPreference'>): Wish[] {
  const given = [
    ['SMS_MFA', input.SMSMfaSettings],
    ['SOFTWARE_TOKEN_MFA', input.SoftwareTokenMfaSettings],
    ['EMAIL_OTP', input.EmailMfaSettings],
  ] as const
  return given.flatMap(([factor, wish]) =>
    wish ? { factor, enabled: wish.Enabled ?? false, preferred: wish.PreferredMfa ?? false } : [],
  )
}

function refuseContradictions(wishes: readonly Wish[]): void {
  if (wishes.some(({ enabled, preferred }) => preferred && !enabled))
    throw invalidParameter('A preferred MFA method must be enabled.')
  if (wishes.filter(({ preferred }) => preferred).length > 1)
    throw invalidParameter('Only one MFA method can be preferred.')
}

/** AWS asks for the set-up of every factor that is named, even to switch it off (amplify-js#944). */
function refuseUnready(pool: Pool, user: User, { factor, enabled }: Wish): void {
  const fault = setupFault(user, factor)
  if (fault !== undefined) throw invalidParameter(fault)
  if (enabled && !offersFactor(pool, factor))
    throw invalidParameter(`User does not have delivery config set to turn on ${factor}`)
}

function grant(user: User, wishes: readonly Wish[]): void {
  // From here on the registration no longer shows in the list of factors in use.
  user.softwareToken = hasSoftwareToken(user)
  for (const { factor, enabled, preferred } of wishes) {
    user.mfa = user.mfa.filter((other) => other !== factor)
    if (enabled) user.mfa.push(factor)
    if (preferred) user.preferredMfa = factor
    else if (user.preferredMfa === factor) user.preferredMfa = undefined
  }
}
