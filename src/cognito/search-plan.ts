import type { UserSummary } from '../core/directory.ts'
import type { PoolTraits } from './reads.ts'

const SEARCH_ATTRIBUTES = [
  'username',
  'sub',
  'email',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
] as const
type SearchAttribute = (typeof SEARCH_ATTRIBUTES)[number]

/** One question to ListUsers, which compares one attribute at a time. */
export interface Match {
  readonly attribute: SearchAttribute
  readonly operator: '=' | '^='
  readonly value: string
}

/** Questions in order: the first with an answer ends the search. `everybody` asks for the whole pool. */
export interface SearchPlan {
  readonly text: string
  readonly everybody: boolean
  readonly matches: readonly Match[]
}

export const LEAST_CHARACTERS = 3
const MOST_FILTER = 256

/** Fewer users than this come in one page, which then answers everything typed. */
const SMALL_POOL = 60

const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i

/** What to ask Cognito for a typed text; undefined when the text cannot be searched for. */
export function searchPlan(typed: string, traits: PoolTraits | undefined): SearchPlan | undefined {
  const text = typed.trim()
  const searchable = text.length >= LEAST_CHARACTERS && text.isWellFormed() && !/\p{Cc}/u.test(text)
  if (!searchable) return undefined
  const matches = matchesFor(text, traits).filter((match) => filterOf(match).length <= MOST_FILTER)
  return { text, everybody: (traits?.users ?? SMALL_POOL) < SMALL_POOL, matches }
}

function matchesFor(text: string, traits: PoolTraits | undefined): Match[] {
  if (UUID.test(text)) return [{ attribute: 'sub', operator: '=', value: text.toLowerCase() }]
  if (text.includes('@')) return prefixes('email', text, text.toLowerCase())
  const phone = phoneIn(text)
  if (phone !== undefined) return prefixes('phone_number', phone)
  const named = capitalised(text)
  if (/\s/u.test(text)) return prefixes('name', named, text)
  return [
    ...(traits?.madeUpUsernames ? [] : prefixes('username', text)),
    ...prefixes('email', text.toLowerCase()),
    ...prefixes('name', named),
    ...prefixes('given_name', named),
    ...prefixes('family_name', named),
  ]
}

/** What a search by a person asks: one question, and which of the answered rows are meant. */
export interface Finding {
  /** Undefined asks for the whole pool. */
  readonly filter: string | undefined
  /** What is searched, for people. */
  readonly words: string
  readonly isMeant: (user: UserSummary) => boolean
}

/** One question: the attribute that the text names or looks like; for a word, all of a small pool. */
export function findingOf(typed: string, traits: PoolTraits | undefined): Finding | undefined {
  const named = namedAttribute(typed)
  const plan = searchPlan(named?.value ?? typed, traits)
  if (!plan) return undefined
  if (named) return asking(matchOn(named.attribute, plan.text))
  const attributes = new Set(plan.matches.map(({ attribute }) => attribute))
  if (plan.everybody && attributes.size > 1)
    return {
      filter: undefined,
      words: `every user, for “${plan.text}” in any letter case`,
      isMeant: (user) => mentions(user, plan.text),
    }
  return plan.matches[0] && asking(plan.matches[0])
}

function asking(match: Match): Finding | undefined {
  const filter = filterOf(match)
  if (filter.length > MOST_FILTER) return undefined
  return { filter, words: wordsOf(match), isMeant: () => true }
}

/** `given_name: ada` says where to look; most texts say so themselves. */
function namedAttribute(typed: string) {
  const { attribute, value } =
    /^\s*(?<attribute>\w+)\s*:\s*(?<value>.+)$/su.exec(typed)?.groups ?? {}
  const known = SEARCH_ATTRIBUTES.find((one) => one === attribute?.toLowerCase())
  return known && value !== undefined ? { attribute: known, value } : undefined
}

function matchOn(attribute: SearchAttribute, value: string): Match {
  if (attribute === 'sub') return { attribute, operator: '=', value: value.toLowerCase() }
  const written = NAMES.has(attribute)
    ? capitalised(value)
    : attribute === 'phone_number'
      ? (phoneIn(value) ?? value)
      : value
  return { attribute, operator: '^=', value: written }
}

const NAMES: ReadonlySet<SearchAttribute> = new Set(['name', 'given_name', 'family_name'])

const ATTRIBUTE_WORDS: Readonly<Record<SearchAttribute, string>> = {
  username: 'username',
  sub: 'sub',
  email: 'e-mail',
  phone_number: 'phone number',
  name: 'name',
  given_name: 'given name',
  family_name: 'family name',
  preferred_username: 'preferred username',
}

/** `e-mail begins with “ada” (letter case may count)` */
function wordsOf({ attribute, operator, value }: Match): string {
  const how = operator === '=' ? 'is' : 'begins with'
  const letters =
    attribute === 'phone_number' || attribute === 'sub' ? '' : ' (letter case may count)'
  return `${ATTRIBUTE_WORDS[attribute]} ${how} “${value}”${letters}`
}

/** Whether letter case counts is Cognito's affair, per attribute: each spelling is asked once. */
function prefixes(attribute: SearchAttribute, ...spellings: readonly string[]): Match[] {
  return [...new Set(spellings)].map((value) => ({ attribute, operator: '^=', value }))
}

function phoneIn(text: string): string | undefined {
  const phone = text.replaceAll(/[\s().-]/g, '')
  return /^\+\d{2,}$/.test(phone) ? phone : undefined
}

/** `ada lovelace` as names are written; a text with capitals of its own stays as typed. */
function capitalised(text: string): string {
  const plain = text === text.toLowerCase()
  return plain
    ? text.replaceAll(
        /(^|\s)(\S)/gu,
        (_all, gap: string, first: string) => `${gap}${first.toUpperCase()}`,
      )
    : text
}

/** Escaped, so that no typed text ends the value early (cognito.md 3.3). */
export function filterOf({ attribute, operator, value }: Match): string {
  return `${attribute} ${operator} "${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}

export function emailIs(email: string): string {
  return filterOf({ attribute: 'email', operator: '=', value: email })
}

/** Whether a row that is already here belongs to the text, wherever in it the text stands. */
export function mentions(user: UserSummary, text: string): boolean {
  const sought = text.toLowerCase()
  const phone = phoneIn(text)
  const values = [user.email, user.name, user.username, user.sub]
  return (
    values.some((value) => value?.toLowerCase().includes(sought)) ||
    (phone !== undefined && (user.phone?.startsWith(phone) ?? false))
  )
}

/** The rows of a shorter text that still fit a longer one; undefined when the rows cannot tell. */
export function narrow(
  rows: readonly UserSummary[],
  { attribute, value }: Match,
): readonly UserSummary[] | undefined {
  if (rows.length === 0) return rows
  const column = COLUMNS[attribute]
  const sought = value.toLowerCase()
  return column && rows.filter((user) => user[column]?.toLowerCase().startsWith(sought))
}

/** Where a row keeps what was searched; parts of a name are not kept apart. */
const COLUMNS: Readonly<
  Record<SearchAttribute, 'username' | 'sub' | 'email' | 'phone' | 'name' | undefined>
> = {
  username: 'username',
  sub: 'sub',
  email: 'email',
  phone_number: 'phone',
  name: 'name',
  given_name: undefined,
  family_name: undefined,
  preferred_username: undefined,
}
