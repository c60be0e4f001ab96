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
import type { User } from './user.ts'

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

/** Asked only where the pool has MFA on at all. */
export function mfaChallenge(
  state: State,
  pool: Pool,
  user: User,
  password: PasswordHash,
): JsonObject | undefined {
  const [factor] = user.mfa
  if (factor === undefined || (pool.settings.MfaConfiguration ?? 'OFF') === 'OFF') return undefined
  const to = user.attributes.get(factor === 'EMAIL_OTP' ? 'email' : 'phone_number')
  const medium = factor === 'EMAIL_OTP' ? 'EMAIL' : 'SMS'
  if (factor !== 'SOFTWARE_TOKEN_MFA' && to !== undefined)
    sendCode(state, pool, user, { medium, to }, 'mfa-code', inventCode())
  return {
    ...challenge(state, pool, user, password, factor),
    ChallengeParameters: { USER_ID_FOR_SRP: user.username },
  }
}
