import type { Input } from './constraints.ts'
import type { JsonObject } from './json.ts'
import { userOf } from './names.ts'
import { invalidParameter, ServiceError } from './service-error.ts'
import { changeUser, poolOf } from './state.ts'
import type { Call } from './state.ts'
import type { MfaFactor } from './user.ts'

const factorOf: Readonly<Record<MfaFactor, string>> = {
  SMS_MFA: 'SMS_OTP',
  EMAIL_OTP: 'EMAIL_OTP',
  SOFTWARE_TOKEN_MFA: 'SOFTWARE_TOKEN',
}

export function adminGetUserAuthFactors(
  input: Input<'AdminGetUserAuthFactors'>,
  call: Call,
): JsonObject {
  const user = userOf(poolOf(call, input.UserPoolId), input.Username)
  const [preferred] = user.mfa
  return {
    Username: user.username,
    ...(preferred && { PreferredMfaSetting: preferred, UserMFASettingList: [...user.mfa] }),
    ConfiguredUserAuthFactors: [
      ...(user.password ? ['PASSWORD'] : []),
      ...user.mfa.map((factor) => factorOf[factor]),
    ],
  }
}

/** Removes the authenticator app; the user registers another one. */
export function adminDeleteSoftwareToken(
  input: Input<'AdminDeleteSoftwareToken'>,
  call: Call,
): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const user = userOf(pool, input.Username)
  if (user.status === 'UNCONFIRMED')
    throw new ServiceError('UserNotConfirmedException', 'User is not confirmed.')
  if (!user.mfa.includes('SOFTWARE_TOKEN_MFA'))
    throw invalidParameter('User does not have a software token.')
  changeUser(call.state, pool, user, () => {
    user.mfa = user.mfa.filter((factor) => factor !== 'SOFTWARE_TOKEN_MFA')
  })
  return {}
}

const settings = [
  ['SMSMfaSettings', 'SMS_MFA'],
  ['SoftwareTokenMfaSettings', 'SOFTWARE_TOKEN_MFA'],
  ['EmailMfaSettings', 'EMAIL_OTP'],
] as const

/** Where the pool demands a second factor it answers 200 and changes nothing (amplify-js#4722). */
export function adminSetUserMfaPreference(
  input: Input<'AdminSetUserMFAPreference'>,
  call: Call,
): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const user = userOf(pool, input.Username)
  if (user.status === 'UNCONFIRMED')
    throw new ServiceError('UserNotConfirmedException', 'User is not confirmed.')
  if (pool.settings.MfaConfiguration === 'ON') return {}
  const off = settings.filter(([member]) => input[member]?.Enabled === false).map(([, one]) => one)
  const on = settings.filter(([member]) => input[member]?.Enabled === true).map(([, one]) => one)
  changeUser(call.state, pool, user, () => {
    const kept = user.mfa.filter((factor) => !off.some((one) => one === factor))
    user.mfa = [...new Set([...kept, ...on])]
  })
  return {}
}
