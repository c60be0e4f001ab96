import type { Json, JsonObject } from '../../core/canonical.ts'
import type { PoolSnapshot } from '../../core/directory.ts'
import type { Fact } from '../../core/operation.ts'
import { waysIn } from './kinds.ts'
import { isObject, valueAt } from './paths.ts'
import { LEGACY_VALIDITY, VALIDITY } from './round-trip.ts'
import { SETTINGS } from './settings.ts'
import { labelOf, valueWords } from './words.ts'

const fact = (term: string, text: string): Fact => ({ term, text })
const say = (holds: boolean, sentence: string) => (holds ? [sentence] : [])

/** How a pool is set up, and what deserves attention. */
export interface Summary {
  readonly facts: readonly Fact[]
  readonly warnings: readonly string[]
}

export function summary(snapshot: PoolSnapshot): Summary {
  const { pool, settings } = snapshot
  return {
    facts: [
      fact('Id', pool.id),
      fact('Where', `${pool.environment}, account ${pool.account}, ${pool.region}`),
      fact('Users', usersIn(settings)),
      fact('People sign in with', signInWords(settings)),
      fact('Second factor', mfaWords(snapshot)),
      fact('Passwords', passwordWords(settings)),
      fact('Temporary passwords', `Valid for ${days(validityIn(settings).counts)}.`),
      fact('Account recovery', recoveryWords(settings)),
      fact('Sign-up', signUpWords(settings)),
      fact('E-mail', emailWords(settings)),
      fact('SMS', smsWords(settings)),
      fact('Triggers', triggerWords(settings)),
      fact('Tier', wordsAt(settings, 'UserPoolTier')),
      fact('Deletion protection', wordsAt(settings, 'DeletionProtection')),
      fact('Tags', wordsAt(settings, 'UserPoolTags')),
      fact('Created', dateIn(settings, 'CreationDate')),
      fact('Last changed', dateIn(settings, 'LastModifiedDate')),
    ],
    warnings: warningsOf(snapshot),
  }
}

const wordsAt = (settings: JsonObject, path: string) => valueWords(path, valueAt(settings, path))
const textAt = (settings: JsonObject, path: string) => {
  const value = valueAt(settings, path)
  return typeof value === 'string' ? value : undefined
}

/** One line for a list: what tells pools apart, and a mark for what deserves attention. */
export function poolLine(snapshot: PoolSnapshot): string {
  const { settings } = snapshot
  const attention = warningsOf(snapshot).length
  return [
    usersIn(settings),
    `second factor ${wordsAt(settings, 'MfaConfiguration').toLowerCase()}`,
    `tier ${wordsAt(settings, 'UserPoolTier')}`,
    `deletion protection ${wordsAt(settings, 'DeletionProtection').toLowerCase()}`,
    attention === 0 ? '✓ good' : `⚠ ${attention === 1 ? '1 remark' : `${attention} remarks`}`,
  ].join(' · ')
}

function usersIn(settings: JsonObject): string {
  const count = settings['EstimatedNumberOfUsers']
  if (typeof count !== 'number') return 'users not counted'
  return `about ${count.toLocaleString('en-GB')} ${count === 1 ? 'user' : 'users'}`
}

const numberAt = (settings: JsonObject, path: string) => {
  const value = valueAt(settings, path)
  return typeof value === 'number' ? value : undefined
}

/** Days that temporary passwords stay valid, and who says so: 0 means not set (cognito.md 4.4). */
function validityIn(settings: JsonObject) {
  const own = numberAt(settings, VALIDITY) || undefined
  const legacy = numberAt(settings, LEGACY_VALIDITY) || undefined
  return { own, legacy, counts: own ?? legacy ?? DEFAULT_VALIDITY }
}

const DEFAULT_VALIDITY = 7

const days = (count: number) => (count === 1 ? '1 day' : `${count} days`)

const NAMES: Readonly<Record<string, string>> = {
  email: 'e-mail',
  phone_number: 'phone number',
  preferred_username: 'preferred username',
}

function namesIn(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map((one) => NAMES[String(one)] ?? String(one)) : []
}

function signInWords(settings: JsonObject): string {
  const names = namesIn(settings['UsernameAttributes'])
  const aliases = namesIn(settings['AliasAttributes'])
  const first = names.length > 0 ? names.join(' or ') : ['username', ...aliases].join(' or ')
  const strict = valueAt(settings, 'UsernameConfiguration.CaseSensitive') !== false
  return `${capital(first)}. Letter case ${strict ? 'counts' : 'does not count'}.`
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

function mfaWords({ settings, mfa }: PoolSnapshot): string {
  const app = mfa['SoftwareTokenMfaConfiguration']
  const factors = [
    ...(mfa['SmsMfaConfiguration'] === undefined ? [] : ['SMS']),
    ...(isObject(app) && app['Enabled'] === true ? ['authenticator app'] : []),
    ...(mfa['EmailMfaConfiguration'] === undefined ? [] : ['e-mail']),
    ...(mfa['WebAuthnConfiguration'] === undefined ? [] : ['passkey']),
  ]
  return `${wordsAt(settings, 'MfaConfiguration')}. Set up: ${factors.join(', ') || 'none'}.`
}

const CLASSES = [
  ['RequireUppercase', 'a capital letter'],
  ['RequireLowercase', 'a small letter'],
  ['RequireNumbers', 'a digit'],
  ['RequireSymbols', 'a symbol'],
] as const

function policyOf(settings: JsonObject): JsonObject {
  const policy = valueAt(settings, 'Policies.PasswordPolicy')
  return isObject(policy) ? policy : {}
}

/** Cognito's own minimum where the pool says none. */
const leastOf = (policy: JsonObject) => numberAt(policy, 'MinimumLength') ?? 8

function passwordWords(settings: JsonObject): string {
  const policy = policyOf(settings)
  const wanted = CLASSES.filter(([flag]) => policy[flag] !== false).map(([, words]) => words)
  const history = numberAt(policy, 'PasswordHistorySize') ?? 0
  const least = leastOf(policy)
  return [
    `At least ${least} characters${wanted.length > 0 ? `, with ${wanted.join(', ')}` : ''}.`,
    ...say(
      history > 0,
      `${history === 1 ? 'The last one' : `The last ${history}`} cannot be used again.`,
    ),
  ].join(' ')
}

function recoveryWords(settings: JsonObject): string {
  const ways = valueAt(settings, 'AccountRecoverySetting.RecoveryMechanisms')
  if (ways === undefined || waysIn(ways).length === 0) return 'As of old: SMS, else e-mail.'
  return waysIn(ways).includes('admin_only')
    ? 'By administrators only: people cannot reset a password themselves.'
    : `By ${valueWords('AccountRecoverySetting.RecoveryMechanisms', ways)}.`
}

function signUpWords(settings: JsonObject): string {
  const only = valueAt(settings, 'AdminCreateUserConfig.AllowAdminCreateUserOnly') === true
  const verified = namesIn(settings['AutoVerifiedAttributes'])
  return [
    only ? 'Only administrators create users.' : 'People can sign up themselves.',
    `Verified at sign-up: ${verified.join(', ') || 'nothing'}.`,
  ].join(' ')
}

function emailWords(settings: JsonObject): string {
  const failure = textAt(settings, 'EmailConfigurationFailure')
  const own = textAt(settings, 'EmailConfiguration.EmailSendingAccount') === 'DEVELOPER'
  const source = textAt(settings, 'EmailConfiguration.SourceArn')
  const by = own
    ? `Sent by your Amazon SES${source ? ` (${source})` : ''}.`
    : 'Sent by Cognito itself.'
  return reported(by, failure)
}

/** With what Cognito says is wrong. */
const reported = (by: string, failure: string | undefined) =>
  failure === undefined ? by : `${by} Cognito reports: ${failure.replace(/\.$/, '')}.`

function smsWords(settings: JsonObject): string {
  const failure = textAt(settings, 'SmsConfigurationFailure')
  if (settings['SmsConfiguration'] === undefined) return reported('Not set up.', failure)
  const eums = valueAt(settings, 'SmsConfiguration.EumsSms') !== undefined
  const by = eums ? 'Sent by AWS End User Messaging.' : 'Sent by Amazon SNS.'
  return reported(by, failure)
}

function triggerWords(settings: JsonObject): string {
  const config = settings['LambdaConfig']
  const paths = isObject(config)
    ? Object.keys(config)
        .filter((name) => name !== 'KMSKeyID')
        .map((name) => triggerLabel(name))
    : []
  return [...new Set(paths)].join(', ') || 'none'
}

function triggerLabel(name: string): string {
  const path = `LambdaConfig.${name}`
  return labelOf(SETTINGS.has(path) ? path : `${path}.LambdaArn`)
}

function dateIn(settings: JsonObject, member: string): string {
  const text = textAt(settings, member)
  return text === undefined ? 'not known' : `${text.slice(0, 16).replace('T', ' ')} UTC`
}

const INVITATIONS = [
  ['AdminCreateUserConfig.InviteMessageTemplate.EmailMessage', 'e-mail'],
  ['AdminCreateUserConfig.InviteMessageTemplate.SMSMessage', 'SMS'],
] as const

function warningsOf({ pool, settings, unknown }: PoolSnapshot): readonly string[] {
  const policy = policyOf(settings)
  const least = leastOf(policy)
  const fewClasses = CLASSES.filter(([flag]) => policy[flag] === false).length > 1
  const { own, legacy, counts } = validityIn(settings)
  return [
    ...say(
      settings['DeletionProtection'] !== 'ACTIVE',
      `Deletion protection is off${pool.environment.startsWith('prod') ? ', in production' : ''}: one call deletes the pool. Turn it on.`,
    ),
    ...say(
      least < 8 || (fewClasses && least < 12),
      `The password policy is weak: ${least} characters${fewClasses ? ' of few kinds' : ''} are enough. Ask for 12 or more.`,
    ),
    ...say(
      counts > 90,
      `Temporary passwords stay valid for ${days(counts)}: a forgotten invitation stays open that long. A week is usual.`,
    ),
    ...say(
      textAt(settings, 'EmailConfigurationFailure') !== undefined,
      'Cognito cannot send e-mails for this pool: look at its SES identity.',
    ),
    ...say(
      textAt(settings, 'SmsConfigurationFailure') !== undefined,
      'Cognito cannot send SMS for this pool: look at its SNS set-up.',
    ),
    ...say(
      legacy !== undefined && own !== undefined && legacy !== own,
      `UnusedAccountValidityDays says ${days(legacy ?? 0)} and no longer counts: the password policy says ${days(own ?? 0)}.`,
    ),
    ...say(
      legacy !== undefined && own === undefined,
      'The validity of temporary passwords is set by UnusedAccountValidityDays, which is out of use. The next change moves it to the password policy.',
    ),
    ...INVITATIONS.flatMap(([path, medium]) => {
      const template = textAt(settings, path)
      return say(
        template !== undefined && !template.includes('{####}'),
        `The invitation by ${medium} has no place for the password ({####}), so Cognito does not deliver it. Put {####} into the text.`,
      )
    }),
    ...say(
      unknown.length > 0,
      `This pool has settings that this version of Lifeguard does not know (${unknown.join(', ')}), so it changes nothing here. Upgrade Lifeguard.`,
    ),
  ]
}
