import type { Input } from './constraints.ts'
import type { JsonObject } from './json.ts'
import { notAuthorized } from './service-error.ts'
import { changeUser, poolOf } from './state.ts'
import { userOf } from './names.ts'
import type { Call } from './state.ts'
import { revokeTokens } from './tokens.ts'

/** Confirms, and verifies no contact. */
export function adminConfirmSignUp(input: Input<'AdminConfirmSignUp'>, call: Call): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const user = userOf(pool, input.Username)
  if (user.status !== 'UNCONFIRMED')
    throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`)
  changeUser(call.state, pool, user, () => {
    user.status = 'CONFIRMED'
  })
  return {}
}

export function adminEnableUser(input: Input<'AdminEnableUser'>, call: Call): JsonObject {
  setEnabled(input, call, true)
  return {}
}

/** Also revokes the user's tokens; enabling does not bring them back. */
export function adminDisableUser(input: Input<'AdminDisableUser'>, call: Call): JsonObject {
  setEnabled(input, call, false)
  return {}
}

function setEnabled(input: Input<'AdminEnableUser'>, call: Call, enabled: boolean): void {
  const pool = poolOf(call, input.UserPoolId)
  const user = userOf(pool, input.Username)
  changeUser(call.state, pool, user, () => {
    user.enabled = enabled
    if (!enabled) revokeTokens(call.state, user)
  })
}

export function adminUserGlobalSignOut(
  input: Input<'AdminUserGlobalSignOut'>,
  call: Call,
): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const user = userOf(pool, input.Username)
  changeUser(call.state, pool, user, () => revokeTokens(call.state, user), false)
  return {}
}
