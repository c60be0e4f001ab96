import type { JsonObject } from './json.ts'
import type { MfaSettings, PoolSettings } from './pool-settings.ts'
import type { Switches } from './switches.ts'

/** GetUserPoolMfaConfig's answer. A pool that can send text messages has them as a factor. */
export function mfaAnswer(
  settings: PoolSettings,
  mfa: MfaSettings,
  { factorsWhileOff }: Switches,
): JsonObject {
  const { MfaConfiguration = 'OFF', SmsConfiguration, SmsAuthenticationMessage } = settings
  const { WebAuthnConfiguration, ...factors } = mfa
  const hidden = MfaConfiguration === 'OFF' && factorsWhileOff === 'hidden'
  return {
    ...(!hidden && factors),
    ...(!hidden &&
      SmsConfiguration && {
        SmsMfaConfiguration: {
          ...(SmsAuthenticationMessage !== undefined && { SmsAuthenticationMessage }),
          SmsConfiguration,
        },
      }),
    MfaConfiguration,
    ...(WebAuthnConfiguration && { WebAuthnConfiguration }),
  }
}
