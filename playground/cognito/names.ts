import { wanted } from './filter.ts'
import { nameFold } from './pool.ts'
import type { Pool } from './pool.ts'
import { ServiceError } from './service-error.ts'
import type { User } from './user.ts'

export function userOf(pool: Pool, name: string): User {
  const user = findUser(pool, name)
  if (user) return user
  throw new ServiceError('UserNotFoundException', 'User does not exist.')
}

/** By username, by sub, or by an alias that the pool allows. */
export function findUser(pool: Pool, name: string): User | undefined {
  return pool.users.named(name) ?? pool.users.withSub(name) ?? findAlias(pool, name)
}

function findAlias(pool: Pool, name: string): User | undefined {
  const { AliasAttributes = [], UsernameAttributes = [] } = pool.settings
  for (const attribute of [...AliasAttributes, ...UsernameAttributes]) {
    const owner = aliasOwner(pool, attribute, name)
    if (owner) return owner
  }
  return undefined
}

/** In a pool with aliases a contact is one only once it is verified (guide: user-pool-settings-aliases). */
function aliasOwner(pool: Pool, attribute: string, value: string): User | undefined {
  const mustBeVerified =
    attribute !== 'preferred_username' && pool.settings.AliasAttributes?.includes(attribute)
  for (const user of pool.users.after(
    -1,
    wanted(attribute, true, value, nameFold(pool.settings)),
    undefined,
  ))
    if (!mustBeVerified || user.attributes.get(`${attribute}_verified`) === 'true')
      return pool.users.withSub(user.sub)
  return undefined
}

/** The user whose alias a new value would be, other than `self`. */
export function takenAlias(
  pool: Pool,
  self: User | undefined,
  attributes: ReadonlyMap<string, string>,
): { readonly owner: User; readonly attribute: string } | undefined {
  const { AliasAttributes = [], UsernameAttributes = [] } = pool.settings
  for (const attribute of [...AliasAttributes, ...UsernameAttributes]) {
    const value = attributes.get(attribute)
    const owner = value ? aliasOwner(pool, attribute, value) : undefined
    if (owner && owner.sub !== self?.sub) return { owner, attribute }
  }
  return undefined
}

/** What becomes an alias by this update: a contact of an alias pool only once it is verified. */
export function newAliases(
  pool: Pool,
  user: User,
  next: ReadonlyMap<string, string>,
): Map<string, string> {
  const becomes = [...next].filter(([name, value]) => {
    const verified = next.get(`${name}_verified`)
    const moved =
      value !== user.attributes.get(name) || verified !== user.attributes.get(`${name}_verified`)
    const counts = verified === 'true' || name === 'preferred_username'
    return moved && (counts || pool.settings.UsernameAttributes?.includes(name))
  })
  return new Map(becomes)
}
