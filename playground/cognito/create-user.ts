import { randomUUID } from 'node:crypto'

import type { Input } from './constraints.ts'
import type { JsonObject } from './json.ts'
import { sendInvitation } from './messages.ts'
import { checkNewPassword, keepPassword } from './new-password.ts'
import { passwordPolicy } from './password-policy.ts'
import { inventPassword } from './passwords.ts'
import type { Pool } from './pool.ts'
import { invalidParameter, ServiceError } from './service-error.ts'
import { changeUser, poolOf } from './state.ts'
import { takenAlias, userOf } from './names.ts'
import { emptyHanded } from './user.ts'
import { checkRequired, checkVerifiedFlags, readAttributes } from './user-schema.ts'
import type { Call } from './state.ts'
import type { User } from './user.ts'
import { userAnswer } from './users.ts'

export function adminCreateUser(input: Input<'AdminCreateUser'>, call: Call): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const user =
    input.MessageAction === 'RESEND' ? resend(input, call, pool) : create(input, call, pool)
  return { User: userAnswer(user) }
}

function create(input: Input<'AdminCreateUser'>, call: Call, pool: Pool): User {
  if (pool.users.named(input.Username))
    throw new ServiceError('UsernameExistsException', 'User account already exists')
  const attributes = readAttributes(pool, input.UserAttributes ?? [])
  const username = usernameFor(pool, input.Username, attributes)
  for (const [name, value] of attributes) if (value === '') attributes.delete(name)
  checkRequired(pool, attributes)
  checkVerifiedFlags(attributes)
  if (input.TemporaryPassword !== undefined)
    checkNewPassword(pool, undefined, input.TemporaryPassword)
  claimAliases(call, pool, attributes, input.ForceAliasCreation === true)
  const user = newUser(call, pool, username, attributes)
  invite(input, call, pool, user)
  pool.users.add(user, call.state.now(), call.state.switches.listLagMs > 0)
  call.state.changed({ poolId: pool.id, username: user.username })
  return user
}

/** The same user, a new temporary password and a new validity window. */
function resend(input: Input<'AdminCreateUser'>, call: Call, pool: Pool): User {
  const user = userOf(pool, input.Username)
  if (user.status !== 'FORCE_CHANGE_PASSWORD')
    throw new ServiceError(
      'UnsupportedUserStateException',
      `Resend not possible. ${user.username} status is not FORCE_CHANGE_PASSWORD`,
    )
  if (input.UserAttributes?.length && call.state.switches.resendAttributes === 'refuse')
    throw invalidParameter('User attributes cannot be sent with RESEND.')
  if (input.TemporaryPassword !== undefined) checkNewPassword(pool, user, input.TemporaryPassword)
  const movesDate = call.state.switches.resendMovesDate
  changeUser(call.state, pool, user, () => invite(input, call, pool, user), movesDate)
  return user
}

function invite(input: Input<'AdminCreateUser'>, call: Call, pool: Pool, user: User): void {
  if (input.TemporaryPassword === undefined && isPasswordless(pool) && !user.password) {
    user.status = call.state.switches.passwordlessStatus
    return
  }
  const password = input.TemporaryPassword ?? inventPassword(passwordPolicy(pool.settings))
  keepPassword(user, password, true, call.state.now())
  if (input.MessageAction === 'SUPPRESS') return
  // The default is a text message, whatever contact the user has (AdminCreateUserRequest).
  sendInvitation(call.state, pool, user, input.DesiredDeliveryMediums ?? ['SMS'], password)
}

const isPasswordless = (pool: Pool): boolean =>
  pool.settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors?.some(
    (factor) => factor !== 'PASSWORD',
  ) ?? false

const isEmail = (text: string): boolean => /^[^@\s]+@[^@\s]+$/u.test(text)
const isPhone = (text: string): boolean => /^\+\d+$/u.test(text)

/** Pools that sign in by e-mail or phone take that as the name and generate the real one. */
function usernameFor(pool: Pool, given: string, attributes: Map<string, string>): string {
  const { UsernameAttributes = [], AliasAttributes = [] } = pool.settings
  if (UsernameAttributes.length === 0) {
    for (const [attribute, is] of [
      ['email', isEmail],
      ['phone_number', isPhone],
    ] as const)
      if (AliasAttributes.includes(attribute) && is(given))
        throw invalidParameter(
          `Username cannot be of ${attribute} format, since user pool is configured for ${attribute} alias.`,
        )
    return given
  }
  const attribute = isEmail(given) ? 'email' : 'phone_number'
  if (!UsernameAttributes.includes(attribute) || (attribute === 'phone_number' && !isPhone(given)))
    throw invalidParameter(`Username should be an ${UsernameAttributes.join(' or a ')}.`)
  if ((attributes.get(attribute) ?? given) !== given)
    throw invalidParameter(`Username and ${attribute} should be the same.`)
  readAttributes(pool, [{ Name: attribute, Value: given }])
  attributes.set(attribute, given)
  return randomUUID()
}

function claimAliases(
  call: Call,
  pool: Pool,
  attributes: ReadonlyMap<string, string>,
  force: boolean,
): void {
  const { UsernameAttributes = [] } = pool.settings
  const claimed = [...attributes].filter(
    ([name]) =>
      UsernameAttributes.includes(name) ||
      name === 'preferred_username' ||
      attributes.get(`${name}_verified`) === 'true',
  )
  const taken = takenAlias(pool, undefined, new Map(claimed))
  if (!taken) return
  const { owner, attribute } = taken
  if (UsernameAttributes.includes(attribute))
    throw new ServiceError(
      'UsernameExistsException',
      `An account with the given ${attribute} already exists.`,
    )
  // Only a contact can be taken over: its owner keeps it, unverified.
  if (!force || attribute === 'preferred_username')
    throw new ServiceError(
      'AliasExistsException',
      `An account with the ${attribute} already exists.`,
    )
  changeUser(call.state, pool, owner, () => owner.attributes.set(`${attribute}_verified`, 'false'))
}

function newUser(call: Call, pool: Pool, username: string, attributes: Map<string, string>): User {
  const now = call.state.now()
  const generated = (pool.settings.UsernameAttributes?.length ?? 0) > 0
  return {
    seq: pool.users.nextSeq(),
    username,
    sub: generated ? username : randomUUID(),
    attributes,
    status: 'FORCE_CHANGE_PASSWORD',
    enabled: true,
    createdAt: now,
    modifiedAt: now,
    password: undefined,
    ...emptyHanded(),
  }
}
