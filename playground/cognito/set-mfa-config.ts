import type { Input } from './constraints.ts'
import type { JsonObject } from './json.ts'
import { hasFactor, mfaFault, noFactor, wantsMfa } from './mfa-rules.ts'
import { mfaAnswer } from './mfa-view.ts'
import type { Pool } from './pool.ts'
import { roleFault, smsFault } from './pool-rules.ts'
import type { MfaSettings, PoolSettings } from './pool-settings.ts'
import { invalidParameter } from './service-error.ts'
import type { ServiceError } from './service-error.ts'
import { changePool, poolOf } from './state.ts'
import type { Call } from './state.ts'
import type { Switches } from './switches.ts'
import { unavailable } from './tiers.ts'
import { refuseReplica } from './update-pool.ts'

type Given = Input<'SetUserPoolMfaConfig'>

/** Replaces the whole MFA configuration: what is left out is gone, MfaConfiguration itself is OFF. */
export function setUserPoolMfaConfig(input: Given, call: Call): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const { switches } = call.state
  refuseReplica(pool)
  const settings = settingsWith(pool.settings, input)
  const mfa = mfaOf(input)
  const fault = requestFault(pool, input, switches) ?? outcomeFault(settings, mfa, switches)
  if (fault) throw fault
  changePool(call.state, pool, () => {
    pool.settings = settings
    pool.mfa = mfa
  })
  return mfaAnswer(settings, mfa, switches)
}

function settingsWith(current: PoolSettings, given: Given): PoolSettings {
  const { MfaConfiguration = 'OFF', SmsMfaConfiguration: sms } = given
  if (!sms) return { ...current, MfaConfiguration }
  const { SmsAuthenticationMessage: _, ...rest } = current
  return { ...rest, ...sms, MfaConfiguration }
}

function mfaOf(given: Given): MfaSettings {
  const { SoftwareTokenMfaConfiguration, EmailMfaConfiguration, WebAuthnConfiguration } = given
  return {
    ...(SoftwareTokenMfaConfiguration && {
      SoftwareTokenMfaConfiguration: { Enabled: false, ...SoftwareTokenMfaConfiguration },
    }),
    ...(EmailMfaConfiguration && { EmailMfaConfiguration }),
    ...(WebAuthnConfiguration && {
      WebAuthnConfiguration: { UserVerification: 'preferred', ...WebAuthnConfiguration },
    }),
  }
}

function requestFault(
  { settings, region }: Pool,
  given: Given,
  switches: Switches,
): ServiceError | undefined {
  const { MfaConfiguration = 'OFF', SmsMfaConfiguration: sms } = given
  const factor = sms ?? given.SoftwareTokenMfaConfiguration ?? given.EmailMfaConfiguration
  if (MfaConfiguration === 'OFF')
    return factor
      ? invalidParameter(
          "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
        )
      : undefined
  if (settings.SmsConfiguration && !sms)
    return invalidParameter(
      "Can't turn off SMS_MFA when SMS configuration is set for the user pool",
    )
  if (sms && !sms.SmsConfiguration && !settings.SmsConfiguration)
    return invalidParameter('SMS configuration is required for SMS_MFA.')
  const wrong = smsFault(sms?.SmsConfiguration, region)
  return wrong === undefined
    ? roleFault(sms?.SmsConfiguration, settings, switches)
    : invalidParameter(wrong)
}

function outcomeFault(
  settings: PoolSettings,
  mfa: MfaSettings,
  switches: Switches,
): ServiceError | undefined {
  if (wantsMfa(settings) && !hasFactor(settings, mfa)) return invalidParameter(noFactor)
  const { UserPoolTier, EmailConfiguration } = settings
  const beyond = [
    ...(mfa.EmailMfaConfiguration ? ['Email MFA'] : []),
    ...(mfa.WebAuthnConfiguration?.FactorConfiguration ? ['Passkey MFA'] : []),
  ]
  if (UserPoolTier === 'LITE' && beyond.length > 0) return unavailable(UserPoolTier, beyond)
  const ownSender = EmailConfiguration?.EmailSendingAccount === 'DEVELOPER'
  if (mfa.EmailMfaConfiguration && !ownSender && switches.mailMfaWithoutOwnSender === 'refuse')
    return invalidParameter('Email MFA requires EmailSendingAccount to be DEVELOPER.')
  return mfaFault(settings, mfa, switches)
}
