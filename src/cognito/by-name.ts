import type { PoolRef } from '../core/directory.ts'
import type { FoundUsers } from './reads.ts'
import { CloudFault } from '../core/cloud-fault.ts'
import { Refusal } from '../core/refusal.ts'

/** What Cognito takes for a username (cognito.md 1); anything else it would refuse in its own words. */
const NAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u

/** Reads by a username, an alias or a `sub`; a pool without the e-mail alias knows e-mails by search alone. */
export async function byName<T>(
  pool: PoolRef,
  name: string,
  read: (name: string) => Promise<T>,
  withEmail: (email: string) => Promise<FoundUsers>,
): Promise<T> {
  if (!NAME.test(name)) throw noSuchUser(pool)
  const first = await orNobody(read(name))
  if (first) return first.found
  const username = name.includes('@') ? await usernameOf(pool, name, withEmail) : undefined
  const second = username === undefined ? undefined : await orNobody(read(username))
  if (second) return second.found
  throw noSuchUser(pool)
}

function noSuchUser(pool: PoolRef): Refusal {
  return new Refusal(
    `There is no such user in ${pool.name}. Check the spelling, or choose a user from the list.`,
    { field: 'user' },
  )
}

async function usernameOf(
  pool: PoolRef,
  email: string,
  withEmail: (email: string) => Promise<FoundUsers>,
): Promise<string | undefined> {
  // Whether letter case counts in e-mails is told differently by different sources (cognito.md 3.3).
  for (const spelling of new Set([email, email.toLowerCase()])) {
    const { rows, complete } = await withEmail(spelling)
    const [first] = rows
    if (first && rows.length === 1 && complete) return first.username
    if (first)
      throw new Refusal(
        `More than one user of ${pool.name} may have this e-mail address. Choose the right one by username.`,
        { field: 'user' },
      )
  }
  return undefined
}

/** Undefined when Cognito knows nobody of that name. */
export async function orNobody<T>(reading: Promise<T>): Promise<{ readonly found: T } | undefined> {
  try {
    return { found: await reading }
  } catch (error) {
    if (error instanceof CloudFault && error.code === 'UserNotFoundException') return undefined
    throw error
  }
}
