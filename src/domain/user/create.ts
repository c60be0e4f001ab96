import type { Json } from '../../core/canonical.ts'
import type { NewUser, PoolSnapshot } from '../../core/directory.ts'
import type { Fact } from '../../core/operation.ts'
import { Refusal } from '../../core/refusal.ts'
import { valueAt } from '../pool/paths.ts'
import { attributeNamed, attributesIn, schemaOf, valueFault } from './attributes.ts'
import { userTraits } from './pool-traits.ts'
import type { UserTraits } from './pool-traits.ts'

/** How a new user gets in. `temporary`: a password shown once, and no message. */
export type Entrance = 'email' | 'sms' | 'temporary'

/** A user as a form asks for one. */
export interface UserWish {
  readonly username: string | undefined
  /** Attributes that the form has fields for, by their names; those left empty are undefined. */
  readonly given: Readonly<Record<string, string | undefined>>
  /** Further ones: `name=value`, one a line. */
  readonly lines: string
  readonly verified: { readonly email: boolean; readonly phone_number: boolean }
  readonly method: Entrance
}

/** What AdminCreateUser would be asked for, and what to say about it. */
export interface UserCreation {
  readonly draft: NewUser
  readonly label: string
  readonly facts: readonly Fact[]
  readonly warnings: readonly string[]
}

const refusal = (field: string, why: string) => new Refusal(why, { field })

/** Throws the refusal of a user that the pool would not take, under the field to blame. */
export function userCreation(snapshot: PoolSnapshot, wish: UserWish): UserCreation {
  const traits = userTraits(snapshot)
  const attributes = attributesOf(snapshot, wish)
  const username = usernameFor(traits, wish, attributes)
  const { email, phone_number: phone } = attributes
  requireWayIn(wish.method, email, phone)
  return {
    draft: {
      pool: snapshot.pool,
      username,
      attributes,
      invitation: ({ email: 'EMAIL', sms: 'SMS', temporary: 'none' } as const)[wish.method],
    },
    label: email ?? phone ?? username,
    facts: [
      { term: 'Username', text: traits.signInWith.length > 0 ? 'Made up by Cognito' : username },
      ...Object.entries(attributes).map(([term, text]) => ({ term, text })),
    ],
    warnings: warningsOn(snapshot, wish, attributes),
  }
}

function attributesOf(snapshot: PoolSnapshot, wish: UserWish): Readonly<Record<string, string>> {
  const schema = schemaOf(snapshot)
  const further = attributesIn(wish.lines, schema)
  if (further.fault !== undefined) throw refusal('attributes', further.fault)
  const given = Object.entries(wish.given).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  const twice = [...given.map(([name]) => name), 'email_verified', 'phone_number_verified'].find(
    (name) => further.values[name] !== undefined,
  )
  if (twice !== undefined)
    throw refusal('attributes', `${twice} has a field of its own. Leave it out here.`)
  for (const [name, value] of given) {
    const attribute = attributeNamed(schema, name)
    if (!attribute) throw refusal(name, `This pool has no attribute ${name}. Leave it empty.`)
    const fault = valueFault(attribute, value)
    if (fault !== undefined) throw refusal(name, fault)
  }
  const values = { ...Object.fromEntries(given), ...further.values }
  const missing = schema.find(
    ({ name, required }) => required && !(name in values) && name !== 'sub',
  )
  if (missing)
    throw refusal(
      missing.name in wish.given ? missing.name : 'attributes',
      `Every user of this pool has to have ${missing.name}.`,
    )
  return { ...values, ...flags(values, wish.verified) }
}

/** Sent in so many words: without them a reset code fails later, for no reason that anybody can see. */
function flags(
  values: Readonly<Record<string, string>>,
  verified: UserWish['verified'],
): Readonly<Record<string, string>> {
  return {
    ...('email' in values ? { email_verified: String(verified.email) } : {}),
    ...('phone_number' in values ? { phone_number_verified: String(verified.phone_number) } : {}),
  }
}

const USERNAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u

/** In pools where people sign in with a contact, that is what Cognito takes for the name. */
function usernameFor(
  { signInWith, aliases }: UserTraits,
  { username }: UserWish,
  attributes: Readonly<Record<string, string>>,
): string {
  if (signInWith.length > 0) {
    const contact = signInWith.map((name) => attributes[name]).find((value) => value !== undefined)
    if (contact !== undefined) return contact
    throw refusal(
      signInWith[0] ?? 'email',
      `People sign in to this pool with ${signInWith.map(contactWord).join(' or ')}, so the user needs one.`,
    )
  }
  if (username === undefined) throw refusal('username', 'Give the user a username.')
  if (!USERNAME.test(username))
    throw refusal('username', 'A username has at most 128 characters and no spaces.')
  if (aliases.includes('email') && username.includes('@'))
    throw refusal(
      'username',
      'In this pool a username cannot look like an e-mail address: people can sign in with theirs as it is.',
    )
  if (aliases.includes('phone_number') && /^\+\d+$/.test(username))
    throw refusal(
      'username',
      'In this pool a username cannot look like a phone number: people can sign in with theirs as it is.',
    )
  return username
}

const contactWord = (name: string) => (name === 'email' ? 'an e-mail address' : 'a phone number')

function requireWayIn(
  method: Entrance,
  email: string | undefined,
  phone: string | undefined,
): void {
  if (method === 'email' && email === undefined)
    throw refusal('email', 'The invitation goes by e-mail, so an e-mail address is needed.')
  if (method === 'sms' && phone === undefined)
    throw refusal('phone_number', 'The invitation goes by SMS, so a phone number is needed.')
}

function warningsOn(
  { settings }: PoolSnapshot,
  { method }: UserWish,
  attributes: Readonly<Record<string, string>>,
): readonly string[] {
  const template = valueAt(
    settings,
    `AdminCreateUserConfig.InviteMessageTemplate.${method === 'sms' ? 'SMSMessage' : 'EmailMessage'}`,
  )
  const silent =
    method !== 'temporary' && typeof template === 'string' && !template.includes('{####}')
  return [
    ...(attributes['email_verified'] === 'false'
      ? ['The e-mail address is not marked as verified: no reset code can be sent there.']
      : []),
    ...(silent
      ? ['The invitation text of this pool has no {####} in it, so Cognito delivers no invitation.']
      : []),
    ...(method === 'sms' ? ['Text messages cost money and do not reach every country.'] : []),
    ...(method === 'temporary'
      ? ['Cognito sends no message. Hand the password over yourself.']
      : []),
    ...(method !== 'temporary' && isPasswordless(settings)
      ? ['This pool lets people sign in without a password, so Cognito may send none.']
      : []),
  ]
}

function isPasswordless(settings: PoolSnapshot['settings']): boolean {
  const factors = valueAt(settings, 'Policies.SignInPolicy.AllowedFirstAuthFactors')
  return Array.isArray(factors) && (factors as readonly Json[]).some((one) => one !== 'PASSWORD')
}
