import type { Json, JsonObject } from '../../core/canonical.ts'
import { isObject, valueAt, without, withValue } from './paths.ts'

/** What becomes of a member of DescribeUserPool in an UpdateUserPool: carried unless it stands here. */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  Id: 'renamed to UserPoolId',
  Name: 'renamed to PoolName',
  Status: 'read-only',
  LastModifiedDate: 'read-only',
  CreationDate: 'read-only',
  EstimatedNumberOfUsers: 'read-only',
  Arn: 'read-only',
  SmsConfigurationFailure: 'read-only: shown in the summary',
  EmailConfigurationFailure: 'read-only: shown in the summary',
  Domain: 'has an API of its own',
  CustomDomain: 'has an API of its own',
  SchemaAttributes: 'only AddCustomAttributes changes it, and nothing removes from it',
  AliasAttributes: 'create-only',
  UsernameAttributes: 'create-only',
  UsernameConfiguration: 'create-only',
  SmsVerificationMessage: 'superseded by VerificationMessageTemplate.SmsMessage',
  EmailVerificationMessage: 'superseded by VerificationMessageTemplate.EmailMessage',
  EmailVerificationSubject: 'superseded by VerificationMessageTemplate.EmailSubject',
}

/** Members that CreateUserPool sets for good. */
export const CREATE_ONLY = [
  'AliasAttributes',
  'UsernameAttributes',
  'UsernameConfiguration',
  'SchemaAttributes',
] as const

const LEGACY_TWINS = [
  ['SmsVerificationMessage', 'VerificationMessageTemplate.SmsMessage'],
  ['EmailVerificationMessage', 'VerificationMessageTemplate.EmailMessage'],
  ['EmailVerificationSubject', 'VerificationMessageTemplate.EmailSubject'],
] as const

export const VALIDITY = 'Policies.PasswordPolicy.TemporaryPasswordValidityDays'
export const LEGACY_VALIDITY = 'AdminCreateUserConfig.UnusedAccountValidityDays'

/**
 * The settings in the one form in which they are written: superseded members moved to those that
 * took their place, what Cognito adds by itself taken out (cognito.md 4.2).
 */
export function modern(settings: JsonObject): JsonObject {
  return [foldTwins, foldValidity, ownTags, ownLevels].reduce((form, step) => step(form), settings)
}

/** A pool has the text once; sending both is refused. The newer place wins. */
function foldTwins(settings: JsonObject): JsonObject {
  return LEGACY_TWINS.reduce((form, [old, twin]) => {
    const value = form[old]
    const rest = without(form, [old])
    return value === undefined || valueAt(form, twin) !== undefined
      ? rest
      : withValue(rest, twin, value)
  }, settings)
}

/** Cognito tells both and takes one: the legacy setting counts only where the newer is absent or 0. */
function foldValidity(settings: JsonObject): JsonObject {
  const legacy = valueAt(settings, LEGACY_VALIDITY)
  const form = withoutAt(settings, LEGACY_VALIDITY)
  const counts = typeof legacy === 'number' && legacy > 0 && !valueAt(settings, VALIDITY)
  return counts ? withValue(form, VALIDITY, legacy) : form
}

/** Takes one member out and leaves its parent, even an empty one. */
function withoutAt(settings: JsonObject, path: string): JsonObject {
  const [parent = '', member = ''] = path.split('.')
  const inner = settings[parent]
  return isObject(inner) ? { ...settings, [parent]: without(inner, [member]) } : settings
}

/** Tags of AWS itself cannot be written. */
function ownTags(settings: JsonObject): JsonObject {
  return entriesKept(settings, 'UserPoolTags', (key) => !key.startsWith('aws:'))
}

const DEFAULT_LEVEL = /^urn:cognito:loa:\d$/

/** Describe merges the default levels in; only names of one's own are written. */
function ownLevels(settings: JsonObject): JsonObject {
  return entriesKept(settings, 'AcrConfiguration', (_key, value) => {
    const name = isObject(value) ? value['AcrValue'] : undefined
    return typeof name !== 'string' || !DEFAULT_LEVEL.test(name)
  })
}

function entriesKept(
  settings: JsonObject,
  member: string,
  keeps: (key: string, value: Json | undefined) => boolean,
): JsonObject {
  const entries = settings[member]
  if (!isObject(entries)) return settings
  const kept = Object.entries(entries).filter(([key, value]) => keeps(key, value))
  if (kept.length === 0 && member === 'AcrConfiguration') return without(settings, [member])
  return { ...settings, [member]: Object.fromEntries(kept) }
}

/**
 * The whole UpdateUserPool input that leaves these settings as they are, but for the members named
 * in `touched`: what is not sent may be reset, so everything is. DcrConfiguration is the exception,
 * kept when it is left out and turned on when it is half there (cognito.md 4.2).
 */
export function updateInput(settings: JsonObject, touched: ReadonlySet<string>): JsonObject {
  const carried = cleared(without(modern(settings), Object.keys(EXCEPTIONS)), touched)
  const dcr = touched.has('DcrConfiguration') ? carried['DcrConfiguration'] : undefined
  return {
    UserPoolId: settings['Id'],
    PoolName: settings['Name'],
    ...without(carried, ['DcrConfiguration']),
    ...(isObject(dcr) ? { DcrConfiguration: { EnableStatus: 'Disabled', ...dcr } } : {}),
  }
}

/** Members that are emptied by an empty value: left out, Cognito may keep what they held. */
const EMPTY: Readonly<Record<string, Json>> = {
  LambdaConfig: {},
  UserPoolTags: {},
  AutoVerifiedAttributes: [],
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
}

function cleared(carried: JsonObject, touched: ReadonlySet<string>): JsonObject {
  const emptied = Object.entries(EMPTY).filter(
    ([member]) => touched.has(member) && carried[member] === undefined,
  )
  return { ...carried, ...Object.fromEntries(emptied) }
}
