import type { Input } from './constraints.ts'
import { parseFilter } from './filter.ts'
import { epochSeconds } from './json.ts'
import type { JsonObject } from './json.ts'
import { mfaAnswer } from './mfa-operations.ts'
import { page } from './pages.ts'
import { invalidParameter } from './service-error.ts'
import { changeUser, poolOf } from './state.ts'
import { userOf } from './names.ts'
import type { Call } from './state.ts'
import { revokeTokens } from './tokens.ts'
import { attributeList } from './user.ts'
import type { User } from './user.ts'

export function listUsers(input: Input<'ListUsers'>, call: Call): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const { now, switches } = call.state
  const search = parseFilter(input.Filter, switches)
  const seenAt = switches.listLagMs > 0 ? now() - switches.listLagMs : undefined
  const { PaginationToken: token, ...parameters } = input
  const request = { operation: 'ListUsers', parameters, token, limit: input.Limit }
  const found = page(call, request, (seq) => pool.users.after(seq, search, seenAt))
  return {
    Users: found.items.map((user) => listedUser(user, input.AttributesToGet)),
    ...(found.token && { PaginationToken: found.token }),
  }
}

function listedUser(user: User, only: readonly string[] | undefined): JsonObject {
  const attributes = attributeList(user)
  // ListUsers fails when any of the users lacks a wanted attribute (API reference).
  if (only?.some((name) => !attributes.some(({ Name }) => Name === name)))
    throw invalidParameter('One or more requested attributes do not exist in user pool.')
  return userAnswer(user, only ? attributes.filter(({ Name }) => only.includes(Name)) : attributes)
}

export const userAnswer = (user: User, Attributes = attributeList(user)): JsonObject => ({
  Username: user.username,
  Attributes,
  ...profile(user),
})

const profile = (user: User): JsonObject => ({
  UserCreateDate: epochSeconds(user.createdAt),
  UserLastModifiedDate: epochSeconds(user.modifiedAt),
  Enabled: user.enabled,
  UserStatus: user.status,
})

export function adminGetUser(input: Input<'AdminGetUser'>, call: Call): JsonObject {
  const user = userOf(poolOf(call, input.UserPoolId), input.Username)
  return {
    Username: user.username,
    UserAttributes: attributeList(user),
    ...profile(user),
    ...mfaAnswer(user),
  }
}

export function adminDeleteUser(input: Input<'AdminDeleteUser'>, call: Call): undefined {
  const pool = poolOf(call, input.UserPoolId)
  const user = userOf(pool, input.Username)
  changeUser(call.state, pool, user, () => {
    revokeTokens(call.state, user)
    pool.users.remove(user)
  })
}
