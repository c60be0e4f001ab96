import type { Json, JsonObject } from '../../core/canonical.ts'
import { flag, someOf } from './kinds.ts'
import type { Kind } from './kinds.ts'
import { memberFaults } from './members.ts'
import type { Members } from './members.ts'
import { isObject, without } from './paths.ts'
import { schemaFaults } from './attributes.ts'
import { SETTINGS } from './settings.ts'
import { readWritten } from './written.ts'

/** Settings as somebody wrote them in the API's own names, or everything that is wrong with them. */
export type SettingsRead =
  | { readonly settings: JsonObject; readonly faults?: undefined }
  | { readonly faults: readonly string[] }

const SIGN_IN = [
  { value: 'email', label: 'E-mail' },
  { value: 'phone_number', label: 'Phone number' },
] as const
const ALIASES = [...SIGN_IN, { value: 'preferred_username', label: 'Preferred username' }] as const

/** What can be set only while a pool is created. */
const CREATE_SETTINGS = [
  ['AliasAttributes', someOf(ALIASES)],
  ['UsernameAttributes', someOf(SIGN_IN)],
  ['UsernameConfiguration.CaseSensitive', flag],
] as const

const SUPERSEDED = [
  ['SmsVerificationMessage', 'VerificationMessageTemplate.SmsMessage'],
  ['EmailVerificationMessage', 'VerificationMessageTemplate.EmailMessage'],
  ['EmailVerificationSubject', 'VerificationMessageTemplate.EmailSubject'],
  [
    'AdminCreateUserConfig.UnusedAccountValidityDays',
    'Policies.PasswordPolicy.TemporaryPasswordValidityDays',
  ],
] as const

/** What the form asks for in a field of its own. */
const IN_THE_FORM = [
  ['PoolName', 'has a field of its own: leave it out.'],
  ['Name', 'has a field of its own: leave it out.'],
  ['MfaConfiguration', 'is chosen in the form as the second factor: leave it out.'],
] as const

const checkOf = ([path, kind]: readonly [string, Kind]) =>
  [path, (value: Json) => kind.fault(value)] as const

const MEMBERS: Members = new Map([
  ...[...Array.from(SETTINGS, ([path, { kind }]) => [path, kind] as const), ...CREATE_SETTINGS].map(
    checkOf,
  ),
  ...SUPERSEDED.map(([path, twin]) => [path, () => `is out of use: write ${twin}.`] as const),
  ...IN_THE_FORM.map(([path, fault]) => [path, () => fault] as const),
])

/** YAML or JSON, member by member. */
export function parseSettings(text: string): SettingsRead {
  const read = readWritten(text)
  if (read.fault !== undefined) return { faults: [read.fault] }
  const { value } = read
  if (!isObject(value))
    return { faults: ['Write members of CreateUserPool, such as DeletionProtection: ACTIVE.'] }
  const faults = [
    ...memberFaults(without(value, ['Schema']), MEMBERS, { of: 'CreateUserPool' }),
    ...(value['Schema'] === undefined ? [] : schemaFaults(value['Schema'])),
  ]
  return faults.length > 0 ? { faults } : { settings: value }
}
