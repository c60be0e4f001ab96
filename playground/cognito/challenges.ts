import { activeFactors, offersFactor, preferredFactor } from './factors.ts'
import type { JsonObject } from './json.ts'
import { sendCode } from './messages.ts'
import { passwordPolicy } from './password-policy.ts'
import { inventCode } from './passwords.ts'
import type { PasswordHash } from './passwords.ts'
import type { Pool } from './pool.ts'
import { notAuthorized } from './service-error.ts'
import type { State } from './state.ts'
import { openChallenge } from './tokens.ts'
import { attributeList } from './user.ts'
import type { MfaFactor, User } from './user.ts'

export function newPasswordChallenge(
  state: State,
  pool: Pool,
  user: User,
  password: PasswordHash,
): JsonObject {
  const validUntil = password.setAt + passwordPolicy(pool.settings).validityMs
  if (password.temporary && state.now() > validUntil)
    throw notAuthorized('Temporary password has expired and must be reset by an administrator.')
  return {
    ...challenge(state, pool, user, password, 'NEW_PASSWORD_REQUIRED'),
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: '[]',
      userAttributes: JSON.stringify(
        Object.fromEntries(attributeList(user).map(({ Name, Value }) => [Name, Value])),
      ),
    },
  }
}

function challenge(
  state: State,
  pool: Pool,
  user: User,
  password: PasswordHash,
  name: string,
): JsonObject {
  const session = { sub: user.sub, poolId: pool.id, provenBy: password.salt }
  return { ChallengeName: name, Session: openChallenge(state, session) }
}

/** Asked only where the pool has MFA on at all; where it is required, nobody gets in without. */
export function mfaChallenge(
  state: State,
  pool: Pool,
  user: User,
  password: PasswordHash,
): JsonObject | undefined {
  const { MfaConfiguration = 'OFF' } = pool.settings
  if (MfaConfiguration === 'OFF') return undefined
  const factors = activeFactors(pool, user)
  const factor = preferredFactor(user) ?? (factors.length === 1 ? factors[0] : undefined)
  const ask = (name: string, parameters: Record<string, string>) => ({
    ...challenge(state, pool, user, password, name),
    ChallengeParameters: { USER_ID_FOR_SRP: user.username, ...parameters },
  })
  if (factor !== undefined) {
    sendMfaCode(state, pool, user, factor)
    return ask(factor, {})
  }
  if (factors.length > 0)
    return ask('SELECT_MFA_TYPE', { MFAS_CAN_CHOOSE: JSON.stringify(factors) })
  return MfaConfiguration === 'ON'
    ? ask('MFA_SETUP', { MFAS_CAN_SETUP: JSON.stringify(setUpFactors(pool)) })
    : undefined
}

const setUpFactors = (pool: Pool): string[] =>
  (['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] as const).filter((factor) =>
    offersFactor(pool, factor),
  )

function sendMfaCode(state: State, pool: Pool, user: User, factor: MfaFactor): void {
  if (factor === 'SOFTWARE_TOKEN_MFA') return
  const to = user.attributes.get(factor === 'EMAIL_OTP' ? 'email' : 'phone_number')
  const medium = factor === 'EMAIL_OTP' ? 'EMAIL' : 'SMS'
  if (to !== undefined) sendCode(state, pool, user, { medium, to }, 'mfa-code', inventCode())
}
