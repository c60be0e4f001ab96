import type { Json, JsonObject } from '../../core/canonical.ts'
import type { PoolSnapshot } from '../../core/directory.ts'
import { isObject, plainText, valueAt } from './paths.ts'
import { CREATE_ONLY } from './round-trip.ts'
import { SETTINGS } from './settings.ts'

/** What cannot be, and the field to mend it in. */
export interface Breach {
  readonly field: string | undefined
  readonly sentence: string
}

interface Edited {
  readonly settings: JsonObject
  readonly mfa: JsonObject
}

interface Rule {
  /** The rule is looked at when one of these changes, and told under the first: what is there already is carried as it is. */
  readonly paths: readonly string[]
  readonly broken: (edited: Edited) => string | undefined
}

const at = (edited: Edited, path: string) => valueAt(edited.settings, path)
const PRE_TOKEN = 'LambdaConfig.PreTokenGeneration'
const PRE_TOKEN_CONFIG = 'LambdaConfig.PreTokenGenerationConfig'
const FACTORS = 'Policies.SignInPolicy.AllowedFirstAuthFactors'
const STRONG_PASSKEYS = 'MULTI_FACTOR_WITH_USER_VERIFICATION'
const HISTORY = 'Policies.PasswordPolicy.PasswordHistorySize'
const THREATS = 'UserPoolAddOns.AdvancedSecurityMode'

/** What Cognito refuses of settings that belong together (cognito.md 1, 4.2, 4.5). */
const RULES: readonly Rule[] = [
  {
    paths: [PRE_TOKEN, PRE_TOKEN_CONFIG],
    broken(edited) {
      const plain = at(edited, PRE_TOKEN)
      const versioned = at(edited, `${PRE_TOKEN_CONFIG}.LambdaArn`)
      return plain !== undefined && versioned !== undefined && plain !== versioned
        ? 'The two functions that run before tokens are made have to be the same. Change both.'
        : undefined
    },
  },
  ...['PreTokenGenerationConfig', 'CustomSMSSender', 'CustomEmailSender', 'InboundFederation'].map(
    (trigger): Rule => ({
      paths: [`LambdaConfig.${trigger}`],
      broken(edited) {
        const given = at(edited, `LambdaConfig.${trigger}`)
        const whole = !isObject(given) || (given['LambdaArn'] && given['LambdaVersion'])
        return whole
          ? undefined
          : 'This trigger needs both the function and the version of its event. Give both, or empty both.'
      },
    }),
  ),
  {
    paths: [
      'LambdaConfig.CustomSMSSender',
      'LambdaConfig.CustomEmailSender',
      'LambdaConfig.KMSKeyID',
    ],
    broken: (edited) =>
      (at(edited, 'LambdaConfig.CustomSMSSender') ??
        at(edited, 'LambdaConfig.CustomEmailSender')) !== undefined &&
      at(edited, 'LambdaConfig.KMSKeyID') === undefined
        ? 'A sender of your own needs a key, with which Cognito encrypts the codes. Give the key too.'
        : undefined,
  },
  {
    paths: ['SmsConfiguration'],
    broken(edited) {
      const sms = at(edited, 'SmsConfiguration')
      if (!isObject(sms)) return undefined
      const eums = sms['EumsSms']
      if (isObject(eums) && sms['SnsCallerArn'] !== undefined)
        return 'SMS go through Amazon SNS or through End User Messaging, not both. Empty one of the two roles.'
      return isObject(eums) ? missingCaller(eums) : missingSns(sms)
    },
  },
  {
    paths: ['EmailConfiguration'],
    broken: (edited) =>
      at(edited, 'EmailConfiguration.EmailSendingAccount') === 'DEVELOPER' &&
      at(edited, 'EmailConfiguration.SourceArn') === undefined
        ? 'Your own Amazon SES needs the ARN of its verified identity. Give it as SES identity.'
        : undefined,
  },
  {
    paths: ['KeyConfiguration'],
    broken(edited) {
      const own = at(edited, 'KeyConfiguration.KeyType') === 'CUSTOMER_MANAGED_KEY'
      const arn = at(edited, 'KeyConfiguration.KmsKeyArn') !== undefined
      if (own === arn) return undefined
      return own
        ? 'Your own key needs its ARN. Give it too.'
        : 'Only your own key has an ARN. Choose your own key, or empty the ARN.'
    },
  },
  {
    paths: ['UserPoolAddOns'],
    broken: (edited) =>
      isObject(at(edited, 'UserPoolAddOns')) && at(edited, THREATS) === undefined
        ? 'Say what threat protection does: off, audit only or full function.'
        : undefined,
  },
  {
    paths: ['MfaConfiguration'],
    broken: (edited) =>
      at(edited, 'MfaConfiguration') !== 'OFF' && !hasFactor(edited)
        ? 'A second factor has to be set up in the pool first: SMS, an authenticator app or e-mail. Do that in the AWS console, then try again.'
        : undefined,
  },
  {
    paths: ['MfaConfiguration', FACTORS],
    broken(edited) {
      const factors = at(edited, FACTORS)
      const codes =
        Array.isArray(factors) &&
        (factors as readonly Json[]).some((one) => plainText(one).endsWith('_OTP'))
      return at(edited, 'MfaConfiguration') === 'ON' && codes
        ? 'With a required second factor people can begin with a password or a passkey only. Take the codes out, or make the second factor optional.'
        : undefined
    },
  },
  {
    paths: ['MfaConfiguration', FACTORS],
    broken(edited) {
      const factors = at(edited, FACTORS)
      const passkeys = Array.isArray(factors) && factors.includes('WEB_AUTHN')
      const factor = valueAt(edited.mfa, 'WebAuthnConfiguration.FactorConfiguration')
      return at(edited, 'MfaConfiguration') === 'ON' && passkeys && factor !== STRONG_PASSKEYS
        ? 'With a required second factor, passkeys have to count as one. Set that up in the AWS console, or take the passkeys out.'
        : undefined
    },
  },
  {
    paths: [FACTORS],
    broken(edited) {
      const factors = at(edited, FACTORS)
      return Array.isArray(factors) && !factors.includes('PASSWORD')
        ? 'A password has to be among them: Cognito allows no pool without it. Choose it too.'
        : undefined
    },
  },
  {
    paths: ['AutoVerifiedAttributes', 'SmsConfiguration'],
    broken(edited) {
      const verified = at(edited, 'AutoVerifiedAttributes')
      const phone = Array.isArray(verified) && verified.includes('phone_number')
      return phone && at(edited, 'SmsConfiguration') === undefined
        ? 'Phone numbers are verified by SMS, and SMS are not set up here. Set them up first, or leave the phone number out.'
        : undefined
    },
  },
  beyondLite(
    FACTORS,
    'signs in with a password only',
    (factors) => Array.isArray(factors) && factors.some((one) => one !== 'PASSWORD'),
  ),
  beyondLite(HISTORY, 'remembers no earlier passwords', (size) => Number(size) > 0),
  beyondLite(
    `${PRE_TOKEN_CONFIG}.LambdaVersion`,
    'knows only the version 1 of the event before tokens are made',
    (version) => version !== 'V1_0',
  ),
  beyondLite(
    'DcrConfiguration.EnableStatus',
    'has no dynamic client registration',
    (status) => status === 'Enabled',
  ),
  beyondLite(
    'AcrConfiguration',
    'has no levels of authentication',
    (levels) => isObject(levels) && Object.keys(levels).length > 0,
  ),
  {
    paths: [THREATS, 'UserPoolTier'],
    broken: (edited) =>
      at(edited, 'UserPoolTier') !== undefined &&
      at(edited, 'UserPoolTier') !== 'PLUS' &&
      (at(edited, THREATS) ?? 'OFF') !== 'OFF'
        ? 'Threat protection needs the tier Plus. Choose Plus first, or turn it off.'
        : undefined,
  },
]

/** Features that the tier Lite has not, by where they are set: what is asked for there is more than it can. */
function beyondLite(path: string, says: string, isUsed: (value: Json) => boolean): Rule {
  return {
    paths: [path, 'UserPoolTier'],
    broken(edited) {
      const value = at(edited, path)
      return isLite(edited) && value !== undefined && isUsed(value)
        ? `The tier Lite ${says}. Choose Essentials or Plus first.`
        : undefined
    },
  }
}

const isLite = (edited: Edited) => at(edited, 'UserPoolTier') === 'LITE'

const missingCaller = (eums: JsonObject) =>
  eums['CallerArn'] === undefined
    ? 'End User Messaging needs a role. Give it, or empty all of its fields.'
    : undefined

const missingSns = (sms: JsonObject) =>
  sms['SnsCallerArn'] === undefined
    ? 'SMS need a role with which Cognito may send them. Give it, or empty all of this section.'
    : undefined

function hasFactor({ settings, mfa }: Edited): boolean {
  const app = mfa['SoftwareTokenMfaConfiguration']
  return (
    settings['SmsConfiguration'] !== undefined ||
    mfa['EmailMfaConfiguration'] !== undefined ||
    (isObject(app) && app['Enabled'] === true)
  )
}

/** The first thing that cannot be about settings as they would be after a change of these paths. */
export function breachIn(edited: Edited, changed: readonly string[]): Breach | undefined {
  for (const path of changed) {
    const setting = SETTINGS.get(path)
    if (!setting) return { field: undefined, sentence: unchangeable(path) }
    const value = valueAt(edited.settings, path)
    const fault = value === undefined ? emptied(path) : setting.kind.fault(value)
    if (fault !== undefined) return { field: setting.name, sentence: `${setting.label} ${fault}` }
  }
  for (const { paths, broken } of RULES) {
    const touched = paths
      .map((one) => changed.find((path) => path === one || path.startsWith(`${one}.`)))
      .find((path) => path !== undefined)
    const sentence = touched === undefined ? undefined : broken(edited)
    if (sentence !== undefined) return { field: SETTINGS.get(touched ?? '')?.name, sentence }
  }
  return undefined
}

/** Every pool has these: left out, they would stay or fall back to what nobody chose. */
const NEVER_EMPTY = new Set([
  'Name',
  'Policies.PasswordPolicy.MinimumLength',
  'MfaConfiguration',
  'DeletionProtection',
  'UserPoolTier',
])

const emptied = (path: string) =>
  NEVER_EMPTY.has(path) ? 'cannot be left empty. Fill it in.' : undefined

function unchangeable(path: string): string {
  const [member = ''] = path.split('.')
  return (CREATE_ONLY as readonly string[]).includes(member)
    ? `${path} is set when a pool is created and cannot be changed afterwards. Create a new pool instead.`
    : `${path} is no setting that can be changed. Choose one from the form.`
}

/** Why this pool must not be written at all; undefined when it may be. */
export function untouchable({ unknown, settings, mfa }: PoolSnapshot): string | undefined {
  if (unknown.length > 0)
    return `This pool has settings that this version of Lifeguard does not know and would lose: ${unknown.join(', ')}. Nothing was changed. Upgrade Lifeguard, then try again.`
  const [one, other] = [settings['MfaConfiguration'], mfa['MfaConfiguration']]
  return one !== undefined && other !== undefined && one !== other
    ? `Cognito tells the second factor of this pool in two ways: ${plainText(one)} and ${plainText(other)}. Nothing was changed. Look at the pool in the AWS console first.`
    : undefined
}
