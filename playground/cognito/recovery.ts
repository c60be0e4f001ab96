import type { PoolSettings } from './pool-settings.ts'
import { isVerified } from './user.ts'
import type { User } from './user.ts'

export interface Contact {
  readonly medium: 'EMAIL' | 'SMS'
  readonly to: string
}

const verifiedEmail = 'verified_email'
const verifiedPhone = 'verified_phone_number'

/**
 * Where a reset code would go; undefined when nowhere. A contact that is also the user's second
 * factor does not count (AccountRecoverySettingType). Without the setting: text message first.
 */
export function recoveryContact(user: User, settings: PoolSettings): Contact | undefined {
  const mechanisms = settings.AccountRecoverySetting?.RecoveryMechanisms ?? [
    { Name: verifiedPhone, Priority: 1 },
    { Name: verifiedEmail, Priority: 2 },
  ]
  return mechanisms
    .toSorted((a, b) => a.Priority - b.Priority)
    .map(({ Name }) => contactOf(user, Name))
    .find((contact) => contact !== undefined)
}

function contactOf(user: User, mechanism: string): Contact | undefined {
  if (mechanism === verifiedEmail && isVerified(user, 'email') && !user.mfa.includes('EMAIL_OTP'))
    return { medium: 'EMAIL', to: user.attributes.get('email') ?? '' }
  if (
    mechanism === verifiedPhone &&
    isVerified(user, 'phone_number') &&
    !user.mfa.includes('SMS_MFA')
  )
    return { medium: 'SMS', to: user.attributes.get('phone_number') ?? '' }
  return undefined
}
