import type { Input } from './constraints.ts'
import type { JsonObject } from './json.ts'
import { sendCode } from './messages.ts'
import { newAliases, takenAlias, userOf } from './names.ts'
import { inventCode } from './passwords.ts'
import type { Pool } from './pool.ts'
import { ServiceError } from './service-error.ts'
import { changeUser, poolOf } from './state.ts'
import type { Call, State } from './state.ts'
import { contacts } from './user.ts'
import type { User } from './user.ts'
import {
  checkRequired,
  checkVerifiedFlags,
  immutable,
  readAttributes,
  schemaOf,
} from './user-schema.ts'

export function adminUpdateUserAttributes(
  input: Input<'AdminUpdateUserAttributes'>,
  call: Call,
): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const user = userOf(pool, input.Username)
  const given = readAttributes(pool, input.UserAttributes)
  refuseImmutable(pool, user, given)
  const { next, held, toVerify } = planned(pool, user, given)
  checkRequired(pool, next)
  checkVerifiedFlags(next)
  const taken = takenAlias(pool, user, newAliases(pool, user, next))
  if (taken)
    throw new ServiceError(
      'AliasExistsException',
      `An account with the ${taken.attribute} already exists.`,
    )
  changeUser(call.state, pool, user, () => {
    user.attributes = next
    user.held = held
  })
  for (const contact of toVerify) sendVerification(call.state, pool, user, contact)
  return {}
}

/** Without a word about names the user lacks; a contact takes its `verified` along. */
export function adminDeleteUserAttributes(
  input: Input<'AdminDeleteUserAttributes'>,
  call: Call,
): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const user = userOf(pool, input.Username)
  const blanks = input.UserAttributeNames.map((Name) => ({ Name, Value: '' }))
  const given = readAttributes(pool, blanks)
  refuseImmutable(pool, user, given)
  const { next, held } = planned(pool, user, given)
  checkRequired(pool, next)
  changeUser(call.state, pool, user, () => {
    user.attributes = next
    user.held = held
  })
  return {}
}

function refuseImmutable(pool: Pool, user: User, given: ReadonlyMap<string, string>): void {
  for (const name of given.keys())
    if (schemaOf(pool, name)?.Mutable === false && user.attributes.has(name)) throw immutable(name)
}

/** A new contact is unverified unless the same call says otherwise; some pools hold it back. */
function planned(pool: Pool, user: User, given: ReadonlyMap<string, string>) {
  const next = new Map(user.attributes)
  const held = new Map(user.held)
  const toVerify: (typeof contacts)[number][] = []
  for (const [name, value] of given) {
    if (value === '') next.delete(name)
    else next.set(name, value)
  }
  for (const contact of contacts) {
    const value = given.get(contact)
    const isNew = value !== undefined && value !== user.attributes.get(contact)
    const saidVerified = given.get(`${contact}_verified`) === 'true'
    if (!isNew) continue
    if (saidVerified || value === '') held.delete(contact)
    if (value === '') next.delete(`${contact}_verified`)
    if (saidVerified || value === '') continue
    toVerify.push(contact)
    if (holdsBack(pool, contact)) restore(user, next, held, contact, value)
    else next.set(`${contact}_verified`, 'false')
  }
  return { next, held, toVerify }
}

const holdsBack = (pool: Pool, contact: string): boolean =>
  pool.settings.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate?.includes(
    contact,
  ) ?? false

function restore(
  user: User,
  next: Map<string, string>,
  held: Map<string, string>,
  contact: string,
  value: string,
): void {
  held.set(contact, value)
  const old = user.attributes.get(contact)
  if (old === undefined) next.delete(contact)
  else next.set(contact, old)
}

function sendVerification(
  state: State,
  pool: Pool,
  user: User,
  contact: (typeof contacts)[number],
): void {
  if (!pool.settings.AutoVerifiedAttributes?.includes(contact)) return
  const code = inventCode()
  const to = user.held.get(contact) ?? user.attributes.get(contact) ?? ''
  const medium = contact === 'email' ? 'EMAIL' : 'SMS'
  sendCode(state, pool, user, { medium, to }, 'verification-code', code)
}
