import type { PoolSnapshot, User } from '../../core/directory.ts'
import { labelOf } from '../../core/directory.ts'
import type { Fact } from '../../core/operation.ts'
import { Refusal } from '../../core/refusal.ts'
import { attributeNamed, isSensitive, isSettable, schemaOf, valueFault } from './attributes.ts'
import type { Attribute } from './attributes.ts'
import { userTraits } from './pool-traits.ts'
import type { UserTraits } from './pool-traits.ts'

/** One attribute of a user with another value, and what has to be sent for it. */
export interface AttributeChange {
  readonly name: string
  readonly set: Readonly<Record<string, string>>
  readonly remove: readonly string[]
  readonly happens: string
  readonly facts: readonly Fact[]
  readonly warnings: readonly string[]
  readonly least: number
  /** It can let another person into the account: the caller has to be verified. */
  readonly opensAccount: boolean
  /** Cognito keeps the old value until the user has verified the new one. */
  readonly waits: boolean
}

export interface AttributeWish {
  readonly attribute: string
  /** Undefined: the attribute is taken away. */
  readonly value: string | undefined
  /** The new contact is known to be the user’s: it counts as verified at once. */
  readonly markVerified: boolean
}

const badAttribute = (why: string) => new Refusal(why, { field: 'attribute' })
const badValue = (why: string) => new Refusal(why, { field: 'value' })

const CONTACTS = new Set(['email', 'phone_number'])
const OPENS_ACCOUNT = /^(?:email|phone_number|preferred_username|.*_verified)$/

/** What to send to change one attribute. Throws the refusal of a change that cannot work. `seen`: the user as shown. */
export function attributeChange(
  { user, seen }: { readonly user: User; readonly seen: User },
  snapshot: PoolSnapshot,
  { attribute: asked, value, markVerified }: AttributeWish,
): AttributeChange {
  const attribute = changeable(user, snapshot, asked)
  const { name } = attribute
  const traits = userTraits(snapshot)
  requireSense(attribute, traits, { user, label: labelOf(seen) }, value)
  const contact = CONTACTS.has(name)
  const waits =
    contact && value !== undefined && !markVerified && traits.verifiedFirst.includes(name)
  return {
    name,
    set: value === undefined ? {} : { [name]: value, ...flagFor(name, markVerified, waits) },
    remove: value === undefined ? [name] : [],
    happens: happensTo(attribute, value, { markVerified, waits }),
    facts: [
      { term: 'Until now', text: seen.attributes?.[name] || 'Not set', state: true },
      { term: 'From now on', text: value ?? 'Not set' },
      ...(contact && value !== undefined
        ? [{ term: 'Verified', text: markVerified ? 'Yes' : 'No' }]
        : []),
    ],
    warnings: warningsOn(attribute, traits, user, { value, markVerified, waits }),
    least: isSensitive(name) ? 1 : 0,
    opensAccount: OPENS_ACCOUNT.test(name),
    waits,
  }
}

/** The attributes that somebody may choose from. */
export function changeableAttributes(snapshot: PoolSnapshot): readonly Attribute[] {
  return schemaOf(snapshot).filter((one) => isSettable(one) && one.mutable)
}

function changeable(user: User, snapshot: PoolSnapshot, name: string): Attribute {
  const attribute = attributeNamed(schemaOf(snapshot), name)
  if (!attribute)
    throw badAttribute(`This pool has no attribute ${name}. Choose one from the list.`)
  if (!isSettable(attribute))
    throw badAttribute(`Cognito writes ${attribute.name} itself, so it cannot be changed here.`)
  if (!attribute.mutable)
    throw badAttribute(
      `${attribute.name} is set when a user is created and cannot be changed later.`,
    )
  if (user.status === 'EXTERNAL_PROVIDER' && !attribute.name.startsWith('custom:'))
    throw badAttribute(
      `${attribute.name} comes from the identity provider that this user signs in through. Ask whoever runs it: a change here would be lost at the next sign-in.`,
    )
  return attribute
}

function requireSense(
  attribute: Attribute,
  traits: UserTraits,
  { user, label }: { readonly user: User; readonly label: string },
  value: string | undefined,
): void {
  const { name } = attribute
  const old = user.attributes?.[name] || undefined
  if (value === undefined) {
    if (old === undefined) throw badValue(`${name} is not set, so there is nothing to take away.`)
    if (attribute.required)
      throw badValue(`Every user of this pool has to have ${name}. Give a value.`)
    if (traits.signInWith.includes(name))
      throw badValue(`People sign in to this pool with ${name}, so it cannot be taken away.`)
    return
  }
  const fault = valueFault(attribute, value)
  if (fault !== undefined) throw badValue(fault)
  if (old === value) throw badValue(`${name} has this value already.`)
  const contact = contactOf(name)
  if (contact !== undefined && !user.attributes?.[contact])
    throw badValue(`${label} has no ${contact} that could be verified.`)
}

/** `email` of `email_verified`; undefined for any other attribute. */
function contactOf(name: string): string | undefined {
  const contact = name.replace(/_verified$/, '')
  return contact !== name && CONTACTS.has(contact) ? contact : undefined
}

/** Without it Cognito would count the new contact as not verified, or keep a stale mark (cognito.md 3.3). */
function flagFor(
  name: string,
  markVerified: boolean,
  waits: boolean,
): Readonly<Record<string, string>> {
  if (!CONTACTS.has(name) || waits) return {}
  return { [`${name}_verified`]: String(markVerified) }
}

interface Way {
  readonly markVerified: boolean
  readonly waits: boolean
}

function happensTo({ name }: Attribute, value: string | undefined, { waits }: Way): string {
  if (value === undefined) return `${name} is taken away.`
  return waits
    ? `Cognito sends a code to the new ${name}. Until the user has entered it, the old one stays.`
    : `${name} gets another value.`
}

function warningsOn(
  { name }: Attribute,
  { aliases, signInWith }: UserTraits,
  user: User,
  { value, markVerified, waits }: Way & { readonly value: string | undefined },
): readonly string[] {
  const contact = CONTACTS.has(name)
  const unverified = contact && value !== undefined && !markVerified && !waits
  const signsIn = aliases.includes(name) || signInWith.includes(name)
  return [
    'Tokens that the user has already keep the old value until they are renewed.',
    ...(contact && markVerified && value !== undefined
      ? [
          `Reset codes go to the new ${name} from now on: whoever reads it can take the account over.`,
        ]
      : []),
    ...(unverified ? [`The new ${name} is not verified: no reset code can be sent there.`] : []),
    ...(unverified && signsIn
      ? [`Until it is verified, the user may not be able to sign in with the new ${name}.`]
      : []),
    ...(contact && value === undefined ? [`No code can be sent to ${name} any more.`] : []),
    ...(isSensitive(name) && !contact
      ? [`${name} may decide what this user is allowed to do.`]
      : []),
    ...(user.status === 'EXTERNAL_PROVIDER'
      ? [
          'If the identity provider sends this attribute too, its value comes back at the next sign-in.',
        ]
      : []),
  ]
}
