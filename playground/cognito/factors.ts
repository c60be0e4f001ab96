import type { Pool } from './pool.ts'
import { isVerified } from './user.ts'
import type { MfaFactor, User } from './user.ts'

/** An authenticator app stays registered when it is no longer in use as a factor. */
export const hasSoftwareToken = (user: User): boolean =>
  user.softwareToken || user.mfa.includes('SOFTWARE_TOKEN_MFA')

/** The factor whose code a sign-in asks for first, if the user named one. */
export const preferredFactor = ({ mfa, preferredMfa }: User): MfaFactor | undefined =>
  mfa.find((factor) => factor === preferredMfa)

/** What a sign-in asks for; where MFA is required, a registered app counts in any case. */
export function activeFactors(pool: Pool, user: User): readonly MfaFactor[] {
  const required = pool.settings.MfaConfiguration === 'ON'
  const app = required && hasSoftwareToken(user) && !user.mfa.includes('SOFTWARE_TOKEN_MFA')
  return app ? [...user.mfa, 'SOFTWARE_TOKEN_MFA'] : user.mfa
}

/** Whether the pool lets anybody use the factor. */
export function offersFactor({ settings, mfa }: Pool, factor: MfaFactor): boolean {
  if ((settings.MfaConfiguration ?? 'OFF') === 'OFF') return false
  if (factor === 'SOFTWARE_TOKEN_MFA') return mfa.SoftwareTokenMfaConfiguration?.Enabled === true
  if (factor === 'SMS_MFA') return settings.SmsConfiguration !== undefined
  return mfa.EmailMfaConfiguration !== undefined && settings.UserPoolTier !== 'LITE'
}

/** Why the user cannot have the factor yet, in the words of AWS; undefined: can. */
export function setupFault(user: User, factor: MfaFactor): string | undefined {
  if (factor === 'SOFTWARE_TOKEN_MFA')
    return hasSoftwareToken(user) ? undefined : 'User has not set up software token mfa'
  if (factor === 'SMS_MFA')
    return isVerified(user, 'phone_number')
      ? undefined
      : 'User does not have a phone_number set to turn on SMS MFA'
  return isVerified(user, 'email')
    ? undefined
    : 'User does not have an email set to turn on Email MFA'
}

/** What a choice-based sign-in could start with, and the authenticator app beside it. */
export function authFactors(pool: Pool, user: User): string[] {
  const first = pool.settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? ['PASSWORD']
  const has: readonly (readonly [factor: string, usable: boolean])[] = [
    ['PASSWORD', first.includes('PASSWORD') && user.password !== undefined],
    ['EMAIL_OTP', usesContact(user, first, 'EMAIL_OTP', 'EMAIL_OTP', 'email')],
    ['SMS_OTP', usesContact(user, first, 'SMS_OTP', 'SMS_MFA', 'phone_number')],
    ['SOFTWARE_TOKEN', hasSoftwareToken(user)],
  ]
  return has.filter(([, usable]) => usable).map(([factor]) => factor)
}

const usesContact = (
  user: User,
  first: readonly string[],
  firstFactor: string,
  secondFactor: MfaFactor,
  contact: 'email' | 'phone_number',
): boolean =>
  isVerified(user, contact) && (first.includes(firstFactor) || user.mfa.includes(secondFactor))
