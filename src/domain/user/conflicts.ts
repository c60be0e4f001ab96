import type { PoolRef, User, UserSummary } from '../../core/directory.ts'
import type { Look, Reads } from '../../core/ports.ts'
import { Refusal } from '../../core/refusal.ts'
import { maskedUser } from '../../core/mask.ts'
import { namedOf } from './user-plan.ts'

interface Wanted {
  readonly pool: PoolRef
  /** `email`, `phone_number`, `preferred_username`. */
  readonly attribute: string
  readonly value: string
  /** Their own `sub`: nobody is in their own way. */
  readonly except?: string
}

/** A ListUsers search compares these. */
const SEARCHABLE: Readonly<Record<string, 'email' | 'phone'>> = {
  email: 'email',
  phone_number: 'phone',
}

/** Another user of the pool who has this contact, as the person who asks may see them. One ListUsers. */
export async function holderOf(
  look: Pick<Look, 'find' | 'seesPersonalData'>,
  { pool, attribute, value, except }: Wanted,
): Promise<UserSummary | undefined> {
  const column = SEARCHABLE[attribute]
  if (column === undefined) return undefined
  const { rows } = await look.find(pool.id, value)
  const holder = rows.find(
    (one) => one.sub !== except && one[column]?.toLowerCase() === value.toLowerCase(),
  )
  return holder && !look.seesPersonalData(pool) ? maskedUser(holder) : holder
}

/** Throws the refusal of a contact that people sign in with and that another user has. `field`: where it was typed. */
export function refuseHeld({ pool, attribute }: Wanted, holder: UserSummary, field: string): never {
  const what = WORDS[attribute] ?? attribute
  throw new Refusal(
    `Another user of ${pool.name} has this ${what} already: ${namedOf(holder)}. People sign in with it, so only one user can have it. Look that user up first.`,
    { field },
  )
}

const WORDS: Readonly<Record<string, string>> = {
  email: 'e-mail address',
  phone_number: 'phone number',
}

/** The user of this name; undefined when there is none. */
export async function userNamed(
  look: Pick<Reads, 'user'>,
  pool: string,
  name: string,
): Promise<User | undefined> {
  try {
    return await look.user(pool, name)
  } catch (error) {
    if (error instanceof Refusal && error.field === 'user') return undefined
    throw error
  }
}
