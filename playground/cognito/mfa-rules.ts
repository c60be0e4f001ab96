import type { MfaSettings, PoolSettings } from './pool-settings.ts'
import { invalidParameter } from './service-error.ts'
import type { ServiceError } from './service-error.ts'
import type { Switches } from './switches.ts'

/** The words that were seen on the real service (aws-cdk 11478 and 12075). */
export const smsNeeded =
  'SMS configuration and Auto verification for phone_number are required when MFA is required/optional'

export const noFactor =
  "Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration."

export const wantsMfa = ({ MfaConfiguration = 'OFF' }: PoolSettings): boolean =>
  MfaConfiguration !== 'OFF'

export const hasFactor = ({ SmsConfiguration }: PoolSettings, mfa: MfaSettings): boolean =>
  SmsConfiguration !== undefined ||
  mfa.EmailMfaConfiguration !== undefined ||
  mfa.SoftwareTokenMfaConfiguration?.Enabled === true

/** What any write must leave in order, whichever operation it is. */
export function mfaFault(
  next: PoolSettings,
  mfa: MfaSettings,
  switches: Switches,
): ServiceError | undefined {
  if (next.AutoVerifiedAttributes?.includes('phone_number') && !next.SmsConfiguration)
    return invalidParameter(
      'SMS configuration is required when phone_number is selected for auto verification',
    )
  if (
    switches.phoneRecoveryWithSmsMfa === 'refuse' &&
    wantsMfa(next) &&
    next.SmsConfiguration &&
    recoversByPhone(next)
  )
    return invalidParameter(
      'Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_phone_number as a recovery mechanism when SMS MFA is configured.',
    )
  return next.MfaConfiguration === 'ON' ? firstFactorFault(next, mfa) : undefined
}

const recoversByPhone = ({ AccountRecoverySetting }: PoolSettings): boolean =>
  AccountRecoverySetting?.RecoveryMechanisms?.some(
    ({ Name }) => Name === 'verified_phone_number',
  ) ?? false

/** Measured under MFA ON (go-to-k/cdkd 1975 and 2064, terraform-provider-aws 50110). */
function firstFactorFault(next: PoolSettings, mfa: MfaSettings): ServiceError | undefined {
  const factors = next.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? []
  if (factors.includes('EMAIL_OTP') || factors.includes('SMS_OTP'))
    return invalidParameter(
      'Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled',
    )
  const passkeys = mfa.WebAuthnConfiguration?.FactorConfiguration
  if (factors.includes('WEB_AUTHN') && passkeys !== 'MULTI_FACTOR_WITH_USER_VERIFICATION')
    return invalidParameter(
      'WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA.',
    )
  return undefined
}
