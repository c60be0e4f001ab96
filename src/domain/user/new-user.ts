import type { PoolSnapshot, User } from '../../core/directory.ts'
import type { Look } from '../../core/ports.ts'
import { Refusal } from '../../core/refusal.ts'
import { schemaOf } from './attributes.ts'
import { holderOf, refuseHeld, userNamed } from './conflicts.ts'
import type { UserCreation } from './create.ts'
import { isUnique, userTraits } from './pool-traits.ts'
import { CLOCK_SLACK_MS, namedOf } from './user-plan.ts'

/** Standard attributes that a pool may require; only then the form asks for them. */
export const STANDARD_NAMES: readonly string[] = [
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'address',
]

const CONTACTS = ['email', 'email_verified', 'phone_number', 'phone_number_verified', 'name']

/** What a form asks for while no pool is chosen. */
export const USUAL_FIELDS: readonly string[] = ['username', ...CONTACTS]

/** What the form of a new user asks for in this pool. */
export function fieldsFor(snapshot: PoolSnapshot): readonly string[] {
  const schema = schemaOf(snapshot)
  const known = new Set(schema.map(({ name }) => name))
  const required = new Set(schema.filter((one) => one.required).map(({ name }) => name))
  return [
    ...(userTraits(snapshot).signInWith.length > 0 ? [] : ['username']),
    ...CONTACTS.filter((name) => known.has(name)),
    ...STANDARD_NAMES.filter((name) => required.has(name)),
  ]
}

/** What the pool wants of its users, for people. */
export function notesOn(snapshot: PoolSnapshot): readonly string[] {
  const { signInWith } = userTraits(snapshot)
  const required = schemaOf(snapshot)
    .filter((one) => one.required && one.name !== 'sub')
    .map(({ name }) => name)
  return [
    ...(signInWith.length > 0
      ? [`People sign in with ${signInWith.join(' or ')}; Cognito makes the username up.`]
      : []),
    ...(required.length > 0
      ? [`Every user of this pool has to have: ${required.join(', ')}.`]
      : []),
  ]
}

/** The user whom an earlier attempt of this request made. Anybody else of that name stands in the way. */
export async function alreadyMade(
  { draft: { pool: place, username, attributes } }: UserCreation,
  look: Look,
): Promise<User | undefined> {
  const found = await userNamed(look, place.id, username)
  if (!found) return undefined
  const entries = await look.history({ pool: place.id, target: username })
  const begun = entries.filter(
    ({ request, event }) => request === look.request && event === 'intent',
  )
  const since = Math.min(...begun.map(({ at }) => Date.parse(at)))
  if (found.status === 'FORCE_CHANGE_PASSWORD' && isOurs(found, attributes, since)) return found
  const shown = look.seesPersonalData(place) ? namedOf(found) : 'look it up'
  throw new Refusal(
    `There is a user of this name in ${place.name} already: ${shown}. Choose another name, or help that user.`,
    { field: username === attributes['email'] ? 'email' : 'username' },
  )
}

/** Made after we began, with just what we sent. */
export function isOurs(
  { createdAt, attributes = {} }: User,
  sent: Readonly<Record<string, string>>,
  since: number,
): boolean {
  const made = createdAt !== undefined && createdAt.getTime() >= since - CLOCK_SLACK_MS
  return made && Object.entries(sent).every(([name, value]) => attributes[name] === value)
}

/** Contacts that others have: refused where people sign in with them, else worth a warning. */
export async function contactsHeld(
  { draft: { pool: place, attributes } }: UserCreation,
  snapshot: PoolSnapshot,
  look: Look,
): Promise<readonly string[]> {
  const traits = userTraits(snapshot)
  const warnings: string[] = []
  for (const attribute of ['email', 'phone_number']) {
    const value = attributes[attribute]
    if (value === undefined) continue
    const wanted = { pool: place, attribute, value }
    const holder = await holderOf(look, wanted)
    if (!holder) continue
    if (isUnique(traits, attribute)) refuseHeld(wanted, holder, attribute)
    warnings.push(`Another user has this ${attribute} too: ${namedOf(holder)}.`)
  }
  return warnings
}
