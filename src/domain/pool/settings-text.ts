import { parseDocument } from 'yaml'
import type { Json, JsonObject } from '../../core/canonical.ts'
import { isObject, leavesOf } from './paths.ts'
import { flag, someOf } from './kinds.ts'
import type { Kind } from './kinds.ts'
import { schemaFaults } from './schema.ts'
import { SETTINGS } from './settings.ts'

/** Settings as somebody wrote them in the API's own names, or everything that is wrong with them. */
export type Written =
  | { readonly settings: JsonObject; readonly faults?: undefined }
  | { readonly faults: readonly string[] }

const SIGN_IN = [
  { value: 'email', label: 'E-mail' },
  { value: 'phone_number', label: 'Phone number' },
] as const

/** What can be set only while a pool is created. */
const CREATE_SETTINGS: Readonly<Record<string, Kind>> = {
  AliasAttributes: someOf([
    ...SIGN_IN,
    { value: 'preferred_username', label: 'Preferred username' },
  ]),
  UsernameAttributes: someOf(SIGN_IN),
  'UsernameConfiguration.CaseSensitive': flag,
}

const SUPERSEDED: Readonly<Record<string, string>> = {
  SmsVerificationMessage: 'VerificationMessageTemplate.SmsMessage',
  EmailVerificationMessage: 'VerificationMessageTemplate.EmailMessage',
  EmailVerificationSubject: 'VerificationMessageTemplate.EmailSubject',
  'AdminCreateUserConfig.UnusedAccountValidityDays':
    'Policies.PasswordPolicy.TemporaryPasswordValidityDays',
}

const NOT_HERE: Readonly<Record<string, string>> = {
  PoolName: 'The name has a field of its own: leave PoolName out.',
  Name: 'The name has a field of its own: leave Name out.',
  MfaConfiguration:
    'The second factor is chosen in the form, because Cognito sets it up in a second step: leave MfaConfiguration out.',
}

/** YAML or JSON, member by member. Anchors and aliases are not taken: they can blow a text up. */
export function parseSettings(text: string): Written {
  const document = parseDocument(text, { maxAliasCount: 0, uniqueKeys: true } as object)
  const [error] = document.errors
  if (error) return { faults: [`This is not YAML or JSON: ${firstLine(error.message)}`] }
  const value = valueOf(() => document.toJS({ maxAliasCount: 0 }) as Json)
  if (value === undefined)
    return { faults: ['Write each value out: anchors and aliases are not taken.'] }
  if (!isObject(value))
    return { faults: ['Write members of CreateUserPool, such as DeletionProtection: ACTIVE.'] }
  const faults = [...leavesOf({ ...value, Schema: undefined })].flatMap(([path, leaf]) =>
    faultAt(path, leaf),
  )
  const schema = value['Schema'] === undefined ? [] : schemaFaults(value['Schema'])
  const all = [...faults, ...schema]
  return all.length > 0 ? { faults: all } : { settings: value }
}

function valueOf(read: () => Json): Json | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

const firstLine = (message: string) => message.split('\n')[0] ?? message

function faultAt(path: string, leaf: Json): readonly string[] {
  const twin = SUPERSEDED[path]
  if (twin !== undefined) return [`${path} is out of use: write ${twin}.`]
  const instead = NOT_HERE[path]
  if (instead !== undefined) return [instead]
  const kind = SETTINGS.get(path)?.kind ?? CREATE_SETTINGS[path]
  if (!kind) return [`${path} is no member of CreateUserPool.`]
  const fault = kind.fault(leaf)
  return fault === undefined ? [] : [`${path} ${fault}`]
}
