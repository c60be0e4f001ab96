import type { PoolRef, User, UserSummary } from './directory.ts'
import type { Look } from './ports.ts'

const DOTS = '•••'

/** `a•••@e•••.com` */
function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@')
  if (at < 1) return DOTS
  const domain = email.slice(at + 1)
  const end = domain.lastIndexOf('.')
  const top = end < 0 ? '' : domain.slice(end)
  return `${email.slice(0, 1)}${DOTS}@${domain.slice(0, 1)}${DOTS}${top}`
}

/** The last two digits of a phone number, nothing of anything shorter. */
function maskedPhone(phone: string): string {
  return phone.length < 6 ? DOTS : `${phone.slice(0, 1)}${DOTS}${phone.slice(-2)}`
}

/** A word's first letter. */
function maskedWord(text: string): string {
  return text === '' ? '' : `${text.slice(0, 1)}${DOTS}`
}

/** Attributes that say nothing about who somebody is. */
const PLAIN = new Set([
  'sub',
  'email_verified',
  'phone_number_verified',
  'locale',
  'zoneinfo',
  'updated_at',
])

/** The value as somebody may see it who does not see personal data. */
function maskedValue(name: string, value: string): string {
  if (PLAIN.has(name)) return value
  if (name === 'email' || value.includes('@')) return maskedEmail(value)
  return name === 'phone_number' ? maskedPhone(value) : maskedWord(value)
}

/** A username that is an e-mail address or a phone number says who somebody is; others stay. */
export function maskedUsername(username: string): string {
  if (username.includes('@')) return maskedEmail(username)
  return username.startsWith('+') ? maskedPhone(username) : username
}

type Masked = UserSummary & Partial<Pick<User, 'attributes'>>

/** A user whose contacts, name and attributes are masked, and the username where it is a contact. */
export function maskedUser<T extends Masked>(user: T): T {
  const { username, email, phone, name, attributes } = user
  return {
    ...user,
    ...(attributes === undefined ? {} : { attributes: maskedAttributes(attributes) }),
    username: maskedUsername(username),
    email: email === undefined ? undefined : maskedEmail(email),
    phone: phone === undefined ? undefined : maskedPhone(phone),
    name: name === undefined ? undefined : name.split(' ').map(maskedWord).join(' '),
  }
}

function maskedAttributes(
  attributes: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, maskedValue(name, value)]),
  )
}

/** The user as the person who asks may see them. */
export function asSeen<T extends Masked & { readonly pool: PoolRef }>(
  user: T,
  look: Pick<Look, 'seesPersonalData'>,
): T {
  return look.seesPersonalData(user.pool) ? user : maskedUser(user)
}
