import type { Json, JsonObject } from '../../core/canonical.ts'
import type { PoolRef, PoolSnapshot } from '../../core/directory.ts'
import type { Fact, Values } from '../../core/operation.ts'
import { Refusal } from '../../core/refusal.ts'
import { canonical } from '../../core/canonical.ts'
import type { CloneBase } from './clone.ts'
import { differences } from './difference.ts'
import { isObject, leavesOf, plainText, valueAt, withValue } from './paths.ts'
import { breachIn } from './rules.ts'
import { schemaToCreate } from './schema.ts'
import { SECTIONS } from './settings.ts'
import type { Setting } from './settings.ts'
import { parseSettings } from './settings-text.ts'
import { differenceFact, labelOf, valueWords } from './words.ts'

/** How people name themselves when they sign in. */
export const SIGN_IN = [
  { value: 'email', label: 'E-mail', description: 'Cognito makes the usernames up.' },
  { value: 'email_or_phone', label: 'E-mail or phone number' },
  { value: 'username_or_email', label: 'Username, or e-mail once it is verified' },
  { value: 'username', label: 'Username only' },
] as const

const SIGN_IN_SETTINGS: Readonly<Record<string, JsonObject>> = {
  email: { UsernameAttributes: ['email'] },
  email_or_phone: { UsernameAttributes: ['email', 'phone_number'] },
  username_or_email: { AliasAttributes: ['email'] },
  username: {},
}

/** What a pool is created with unless somebody says otherwise: nothing is left to Cognito's own defaults. */
const START: JsonObject = {
  Policies: {
    PasswordPolicy: {
      MinimumLength: 12,
      RequireUppercase: true,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: true,
      TemporaryPasswordValidityDays: 7,
    },
  },
  DeletionProtection: 'ACTIVE',
  UserPoolTier: 'ESSENTIALS',
  AutoVerifiedAttributes: ['email'],
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
  UsernameConfiguration: { CaseSensitive: false },
}

/** The settings that the form always shows. */
export const USUAL: readonly Setting[] = SECTIONS.filter(({ value }) =>
  ['password_policy', 'recovery', 'deletion_protection', 'tags'].includes(value),
).flatMap(({ settings }) => settings)

/** Tells our own pool from others of the same name when the answer was lost. */
export const REQUEST_TAG = 'lifeguard:request'

export interface Wish {
  readonly place: PoolRef
  readonly requestId: string
  readonly signIn: string
  readonly authenticatorApps: boolean
  readonly secondFactor: string
  /** Settings that the form showed. */
  readonly shown: readonly Setting[]
  readonly values: Values
  /** YAML or JSON; wins over the form. */
  readonly text: string | undefined
  readonly clone: CloneBase | undefined
}

/** What is sent to create a pool. */
export interface Creation {
  readonly request: JsonObject
  readonly mfa: JsonObject | undefined
}

/** What a form of a new pool starts from. */
export function startValues(shown: readonly Setting[]): Values {
  return Object.fromEntries(
    shown.map(({ name, path, kind }) => [name, kind.toForm(valueAt(START, path))]),
  )
}

/** The whole CreateUserPool input. Throws a `Refusal` that names the field. */
export function creationOf(wish: Wish): Creation {
  const { place, clone, text } = wish
  const base = clone?.request ?? { ...START, ...SIGN_IN_SETTINGS[wish.signIn] }
  const filled = wish.shown.reduce((form, setting) => fill(form, setting, wish.values), base)
  const written = text === undefined ? {} : settingsIn(text)
  const settings = merged(filled, written)
  requirePossible(settings)
  const tags = isObject(settings['UserPoolTags']) ? settings['UserPoolTags'] : {}
  const request = {
    ...settings,
    PoolName: place.name,
    UserPoolTags: { ...tags, [REQUEST_TAG]: wish.requestId },
  }
  return { request, mfa: mfaOf(wish) }
}

function fill(form: JsonObject, { name, path, kind }: Setting, values: Values): JsonObject {
  const value = kind.fromForm(values[name])
  return value === undefined ? form : withValue(form, path, value)
}

function settingsIn(text: string): JsonObject {
  const { faults, ...read } = parseSettings(text)
  if (faults) throw new Refusal(faults.slice(0, 5).join(' '), { field: 'settings' })
  return (read as { settings: JsonObject }).settings
}

/** Members of the second win, at every depth; lists and maps are replaced whole. */
function merged(one: JsonObject, two: JsonObject): JsonObject {
  const { Schema, ...rest } = two
  const all = [...leavesOf(rest)].reduce((form, [path, value]) => withValue(form, path, value), one)
  return Schema === undefined ? all : { ...all, Schema }
}

const CREATED_WITH = new Set([
  'AliasAttributes',
  'UsernameAttributes',
  'UsernameConfiguration',
  'Schema',
  'MfaConfiguration',
])

function requirePossible(settings: JsonObject): void {
  if (settings['AliasAttributes'] !== undefined && settings['UsernameAttributes'] !== undefined)
    throw new Refusal(
      'People sign in with an e-mail or phone number instead of a username, or beside it, not both: give AliasAttributes or UsernameAttributes.',
      { field: 'settings' },
    )
  const paths = [...leavesOf(settings).keys()].filter(
    (path) => !CREATED_WITH.has(path.split('.')[0] ?? ''),
  )
  const breach = breachIn({ settings, mfa: {} }, paths)
  if (breach)
    throw new Refusal(`${breach.sentence} No pool was created.`, {
      field: breach.field ?? 'settings',
    })
}

function mfaOf({ clone, authenticatorApps, secondFactor }: Wish): JsonObject | undefined {
  if (clone?.mfa) return clone.mfa
  if (!authenticatorApps && secondFactor === 'OFF') return undefined
  if (!authenticatorApps)
    throw new Refusal(
      'A second factor that is asked for has to be there: tick authenticator apps, or leave it off.',
      { field: 'second_factor' },
    )
  return { MfaConfiguration: secondFactor, SoftwareTokenMfaConfiguration: { Enabled: true } }
}

/** The new pool in words: every setting that is sent. */
export function creationFacts({ request, mfa }: Creation): readonly Fact[] {
  const rows = [...leavesOf({ ...request, Schema: undefined, PoolName: undefined })].map(
    ([path, value]): Fact => ({ term: labelOf(path), text: valueWords(path, value) }),
  )
  return [
    ...rows.filter(({ text }) => text !== 'none'),
    ...attributeFacts(request),
    ...(mfa ? [{ term: 'Second factor, in a second step', text: mfaWords(mfa) }] : []),
  ]
}

function attributeFacts({ Schema }: JsonObject): readonly Fact[] {
  const names = Array.isArray(Schema)
    ? Schema.filter(isObject).map(({ Name }) => plainText(Name))
    : []
  return names.length === 0 ? [] : [{ term: 'Attributes of its own', text: names.join(', ') }]
}

/** The new pool beside the one it is made from: only what differs, and how much is the same. */
export function cloneFacts(source: PoolSnapshot, { request, mfa }: Creation): readonly Fact[] {
  const { PoolName: Name = '', Schema: _own, ...rest } = request
  const made = {
    settings: {
      ...rest,
      Name,
      SchemaAttributes: source.settings['SchemaAttributes'],
      MfaConfiguration: mfa?.['MfaConfiguration'] ?? 'OFF',
    } as JsonObject,
    mfa: { MfaConfiguration: 'OFF', ...mfa },
  }
  const different = differences(source, made)
  const changed = new Set(different.map(({ path }) => path))
  const same = [...leavesOf(rest).keys()].filter((path) => !changed.has(path)).length
  const theirs = schemaToCreate(source.settings['SchemaAttributes']).schema
  const alike = canonical(request['Schema'] ?? []) === canonical(theirs)
  return [
    ...different.map(differenceFact),
    ...(alike ? [] : attributeFacts(request)),
    {
      term: 'Everything else',
      text: `${same} settings${alike ? ' and the attributes' : ''} are as in ${source.pool.name}.`,
    },
  ]
}

function mfaWords(mfa: JsonObject): string {
  const factors = Object.keys(mfa).filter((name) => name !== 'MfaConfiguration')
  const names: Readonly<Record<string, string>> = {
    SoftwareTokenMfaConfiguration: 'authenticator apps',
    SmsMfaConfiguration: 'SMS',
    EmailMfaConfiguration: 'e-mail',
  }
  const set = valueWords('MfaConfiguration', mfa['MfaConfiguration'] ?? 'OFF')
  return `${set}, with ${factors.map((name) => names[name] ?? name).join(', ')}`
}

/** What the new pool has differently from what was asked for: Cognito may add, and must not change. */
export function creationDifferences(request: JsonObject, settings: JsonObject): readonly Fact[] {
  const asked = [
    ...leavesOf({
      ...request,
      Schema: undefined,
      PoolName: undefined,
      MfaConfiguration: undefined,
    }),
  ]
  return asked.flatMap(([path, value]) => {
    const is = valueAt(settings, path)
    return same(value, is)
      ? []
      : [
          {
            term: labelOf(path),
            text: `${valueWords(path, value)} asked for, ${valueWords(path, is)} found`,
          },
        ]
  })
}

const unordered = (value: Json | undefined) =>
  JSON.stringify(Array.isArray(value) ? value.map((one) => JSON.stringify(one)).toSorted() : value)

function same(asked: Json, found: Json | undefined): boolean {
  if (isObject(asked) && isObject(found))
    return Object.entries(asked).every(([key, value]) => unordered(value) === unordered(found[key]))
  if (isObject(asked) || (Array.isArray(asked) && asked.length === 0))
    return found === undefined || unordered(asked) === unordered(found)
  return unordered(asked) === unordered(found)
}
