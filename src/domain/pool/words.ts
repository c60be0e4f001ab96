import type { Json } from '../../core/canonical.ts'
import type { Fact } from '../../core/operation.ts'
import type { Difference } from './difference.ts'
import { isObject, plainText } from './paths.ts'
import { SECTIONS, SETTINGS } from './settings.ts'

const NOT_SET = 'not set'
const NOTHING = 'empty'

/** Labels of what no section changes. */
const OTHER_LABELS: Readonly<Record<string, string>> = {
  AliasAttributes: 'Sign-in names beside the username',
  UsernameAttributes: 'People sign in with',
  'UsernameConfiguration.CaseSensitive': 'Letter case counts in names',
  SchemaAttributes: 'Attributes of users',
  Schema: 'Attributes of users',
  'mfa:SoftwareTokenMfaConfiguration.Enabled': 'Authenticator apps',
  'mfa:EmailMfaConfiguration.Message': 'E-mail with a sign-in code',
  'mfa:EmailMfaConfiguration.Subject': 'Subject of e-mails with a sign-in code',
  'mfa:SmsMfaConfiguration.SmsAuthenticationMessage': 'SMS with a sign-in code',
  'mfa:WebAuthnConfiguration.RelyingPartyId': 'Domain of passkeys',
  'mfa:WebAuthnConfiguration.UserVerification': 'Passkeys verify the user',
  'mfa:WebAuthnConfiguration.FactorConfiguration': 'Passkeys as a factor',
}

const SECTION_OF: ReadonlyMap<string, string> = new Map(
  SECTIONS.flatMap(({ label, settings }) => settings.map(({ path }) => [path, label] as const)),
)

/** Labels that mean something only together with their section. */
const NEEDS_SECTION = new Set([
  'Version of its event',
  'External id of that role',
  'Your own key',
  'Without authentication',
  'Scopes',
  'For custom authentication',
])

/** A setting as a person would name it. */
export function labelOf(path: string): string {
  const setting = SETTINGS.get(path)
  if (!setting) return OTHER_LABELS[path] ?? path.replace('mfa:', 'MFA: ')
  return NEEDS_SECTION.has(setting.label)
    ? `${SECTION_OF.get(path) ?? ''}: ${setting.label.toLowerCase()} (${path.split('.')[1] ?? path})`
    : setting.label
}

/** A value as a person would read it. */
export function valueWords(path: string, value: Json | undefined): string {
  if (value === undefined || value === null) return NOT_SET
  const setting = SETTINGS.get(path)
  if (path.endsWith('.ExternalId')) return '•••'
  if (setting) return setting.kind.words(value) || NOTHING
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' ? value || NOTHING : plain(value)
}

function plain(value: Json): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(item).join(', ')
  return JSON.stringify(value)
}

/** An attribute of the schema is known by its name. */
function item(one: Json): string {
  if (!isObject(one)) return plainText(one)
  return typeof one['Name'] === 'string' ? one['Name'] : JSON.stringify(one)
}

/** `8 characters → 12 characters`. What is hidden, or reads the same, is said to be different. */
export function besides({ path, before, after }: Difference, sign: '→' | '|'): string {
  const [was, is] = [valueWords(path, before), valueWords(path, after)]
  return was === is ? `${was} ${sign} ${is} (another value)` : `${was} ${sign} ${is}`
}

/** `Minimum length: 8 characters → 12 characters`. */
export function differenceFact(difference: Difference): Fact {
  return { term: labelOf(difference.path), text: besides(difference, '→') }
}
