import type { Input } from './constraints.ts'
import type { JsonObject } from './json.ts'
import { sendCode } from './messages.ts'
import { checkNewPassword, keepPassword } from './new-password.ts'
import { hashSecret, inventCode } from './passwords.ts'
import type { Pool } from './pool.ts'
import { recoveryContact } from './recovery.ts'
import { invalidParameter, notAuthorized } from './service-error.ts'
import { changeUser, poolOf } from './state.ts'
import { userOf } from './names.ts'
import type { Call } from './state.ts'
import type { Switches } from './switches.ts'
import type { User, UserStatus } from './user.ts'

/** Sends no message; confirms an UNCONFIRMED user in passing; `Permanent` absent means temporary. */
export function adminSetUserPassword(input: Input<'AdminSetUserPassword'>, call: Call): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const user = userOf(pool, input.Username)
  if (!user.enabled && call.state.switches.setPasswordOnDisabled === 'refuse')
    throw notAuthorized('User is disabled')
  if (noLongerUsed.has(user.status))
    throw notAuthorized('User password cannot be set in the current state.')
  checkNewPassword(pool, user, input.Password)
  const temporary = input.Permanent !== true
  changeUser(call.state, pool, user, () => {
    // AWS gives a federated user a native login here, and advises against asking for it.
    const becomesNative = user.status === 'EXTERNAL_PROVIDER'
    keepPassword(user, input.Password, temporary, call.state.now())
    if (becomesNative) user.status = 'CONFIRMED'
  })
  return {}
}

const noLongerUsed = new Set<UserStatus>(['ARCHIVED', 'COMPROMISED', 'UNKNOWN'])

const hourMs = 3_600_000

/** The old password is dead from here on, and a code good for an hour is on its way. */
export function adminResetUserPassword(
  input: Input<'AdminResetUserPassword'>,
  call: Call,
): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const user = userOf(pool, input.Username)
  const contact = resetContact(pool, user, call.state.switches)
  const code = inventCode()
  const now = call.state.now()
  const repeated = user.status === 'RESET_REQUIRED'
  const change = () => {
    user.status = 'RESET_REQUIRED'
    user.code = { hash: hashSecret(code, now), expiresAt: now + hourMs }
  }
  changeUser(call.state, pool, user, change, !repeated || call.state.switches.resetAgainMovesDate)
  sendCode(call.state, pool, user, contact, 'reset-code', code)
  return {}
}

function resetContact(pool: Pool, user: User, switches: Switches) {
  if (!user.enabled) throw notAuthorized('User is disabled')
  if (!canBeReset(user.status, switches))
    throw notAuthorized('User password cannot be reset in the current state.')
  const contact = recoveryContact(user, pool.settings)
  if (contact) return contact
  throw invalidParameter(
    'Cannot reset password for the user as there is no registered/verified email or phone_number',
  )
}

function canBeReset(status: UserStatus, switches: Switches): boolean {
  if (status === 'RESET_REQUIRED') return switches.resetAgain === 'accept'
  if (status === 'UNCONFIRMED') return switches.resetUnconfirmed === 'accept'
  return status === 'CONFIRMED'
}
