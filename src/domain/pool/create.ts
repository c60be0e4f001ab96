import type { JsonObject } from '../../core/canonical.ts'
import { canonical } from '../../core/canonical.ts'
import type { PoolRef } from '../../core/directory.ts'
import type { Values } from '../../core/operation.ts'
import { Refusal } from '../../core/refusal.ts'
import type { CloneBase } from './clone.ts'
import { isObject, leavesOf, valueAt, without, withValue } from './paths.ts'
import { breachIn } from './rules.ts'
import { isShown } from './sections.ts'
import { SECTIONS } from './settings.ts'
import type { Setting } from './settings.ts'
import { parseSettings } from './settings-text.ts'

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

const MFA = 'MfaConfiguration'

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
  const filled = wish.shown.reduce((form, setting) => fill(form, setting, wish), base)
  const settings = merged(filled, text === undefined ? {} : settingsIn(text))
  const mfa = mfaOf(wish, settings)
  requirePossible(settings, mfa, wish)
  const tags = isObject(settings['UserPoolTags']) ? settings['UserPoolTags'] : {}
  const request = {
    ...settings,
    PoolName: place.name,
    UserPoolTags: { ...tags, [REQUEST_TAG]: wish.requestId },
  }
  return { request, mfa }
}

/** An emptied field takes out what the source of a clone has; anything else keeps what a pool starts with. */
function fill(form: JsonObject, setting: Setting, { values, clone }: Wish): JsonObject {
  const { name, path, kind } = setting
  const value = kind.fromForm(values[name])
  const emptied =
    value === undefined && clone !== undefined && isShown(setting, valueAt(form, path))
  return value === undefined && !emptied ? form : withValue(form, path, value)
}

function settingsIn(text: string): JsonObject {
  const read = parseSettings(text)
  if (read.faults === undefined) return read.settings
  const left = read.faults.length - MOST_FAULTS
  const more = left > 0 ? [`And ${left} more.`] : []
  throw new Refusal([...read.faults.slice(0, MOST_FAULTS), ...more, NOT_CREATED].join(' '), {
    field: 'settings',
  })
}

/** More than these are no help at once. */
const MOST_FAULTS = 5
const NOT_CREATED = 'No pool was created.'

/** Members of the second win, at every depth; lists and maps are replaced whole. */
function merged(one: JsonObject, two: JsonObject): JsonObject {
  const { Schema, ...rest } = two
  const start = SIGN_IN_MEMBERS.some((name) => two[name] !== undefined)
    ? without(one, SIGN_IN_MEMBERS)
    : one
  const all = [...leavesOf(rest)].reduce(
    (form, [path, value]) => withValue(form, path, value),
    start,
  )
  return Schema === undefined ? all : { ...all, Schema }
}

/** Two answers to one question. */
const SIGN_IN_MEMBERS = ['AliasAttributes', 'UsernameAttributes']

const CREATED_WITH = new Set([...SIGN_IN_MEMBERS, 'UsernameConfiguration', 'Schema', MFA])

/** What a clone has from its source is carried as it is; whatever else is sent has to fit. */
function requirePossible(
  settings: JsonObject,
  mfa: JsonObject | undefined,
  { clone, shown }: Wish,
): void {
  if (SIGN_IN_MEMBERS.every((name) => settings[name] !== undefined))
    throw new Refusal(
      `People sign in with an e-mail or phone number instead of a username, or beside it, not both: give AliasAttributes or UsernameAttributes. ${NOT_CREATED}`,
      { field: 'settings' },
    )
  const source = leavesOf(clone?.request ?? {})
  const paths = Array.from(leavesOf(settings))
    .filter(([path, value]) => canonical(value) !== canonical(source.get(path)))
    .map(([path]) => path)
    .filter((path) => !CREATED_WITH.has(path.split('.')[0] ?? ''))
  const asked = { ...settings, [MFA]: mfa?.[MFA] ?? 'OFF' }
  const breach = breachIn({ settings: asked, mfa: {} }, paths)
  if (!breach) return
  const inForm = shown.some(({ name }) => name === breach.field)
  throw new Refusal(`${breach.sentence} ${NOT_CREATED}`, {
    field: inForm && breach.field !== undefined ? breach.field : 'settings',
  })
}

function mfaOf(
  { clone, authenticatorApps, secondFactor }: Wish,
  { SmsConfiguration, SmsAuthenticationMessage }: JsonObject,
): JsonObject | undefined {
  if (clone?.mfa) return clone.mfa
  if (!authenticatorApps && secondFactor === 'OFF') return undefined
  const app = authenticatorApps ? { SoftwareTokenMfaConfiguration: { Enabled: true } } : {}
  const sms =
    SmsConfiguration !== undefined && secondFactor !== 'OFF'
      ? { SmsMfaConfiguration: { SmsConfiguration, SmsAuthenticationMessage } }
      : {}
  const factors = { ...app, ...sms }
  if (Object.keys(factors).length === 0)
    throw new Refusal(
      `A second factor that is asked for has to be there: tick authenticator apps, set up SMS delivery, or leave it off. ${NOT_CREATED}`,
      { field: 'second_factor' },
    )
  return { MfaConfiguration: secondFactor, ...factors }
}
