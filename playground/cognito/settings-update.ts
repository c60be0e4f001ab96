import { customLevels } from './acr.ts'
import { isObject } from './json.ts'
import type { Json, JsonObject } from './json.ts'
import { defaultWritable, filled, flagsOff, withDays } from './pool-defaults.ts'
import type { PoolSettings, WritableSettings } from './pool-settings.ts'

/** What becomes of the members that an UpdateUserPool leaves out. */
export type Omission = 'reset' | 'keep' | 'mixed'

/**
 * The settings after an update. Create-only members, the name, dynamic client registration and
 * AWS's own tags outlive every omission.
 */
export function settingsAfter(
  current: PoolSettings,
  sent: WritableSettings,
  omission: Omission,
): PoolSettings {
  const given = tidied(sent)
  const next: PoolSettings =
    omission === 'keep'
      ? withoutOldTwins(merged(current, given), given)
      : { ...lasting(current), ...defaultWritable(), ...keptWhenMixed(current, given, omission) }
  return withDays({ ...next, ...withSystemTags(current, next) })
}

/** The settings a new pool gets from its request. */
export const settingsOfNew = (Name: string, sent: WritableSettings): PoolSettings =>
  withDays({ ...defaultWritable(), ...filled(tidied(sent), flagsOff), Name })

/** Old message members live on in the template, and level names that are the default are none. */
function tidied(sent: WritableSettings): WritableSettings {
  const {
    SmsVerificationMessage: sms,
    EmailVerificationMessage: message,
    EmailVerificationSubject: subject,
    AcrConfiguration: levels,
    ...rest
  } = sent
  const old = {
    ...(sms !== undefined && { SmsMessage: sms }),
    ...(message !== undefined && { EmailMessage: message }),
    ...(subject !== undefined && { EmailSubject: subject }),
  }
  const saysTemplate = rest.VerificationMessageTemplate ?? Object.keys(old).length > 0
  return {
    ...rest,
    ...(saysTemplate && {
      VerificationMessageTemplate: { ...rest.VerificationMessageTemplate, ...old },
    }),
    ...(levels && { AcrConfiguration: customLevels(levels) }),
  }
}

function lasting(current: PoolSettings): PoolSettings {
  const { Name, Status, SchemaAttributes, AliasAttributes, UsernameAttributes } = current
  const { UsernameConfiguration, SmsConfigurationFailure, EmailConfigurationFailure } = current
  const { Domain, CustomDomain, DcrConfiguration } = current
  return {
    Name,
    ...(Status !== undefined && { Status }),
    ...(SchemaAttributes && { SchemaAttributes }),
    ...(AliasAttributes && { AliasAttributes }),
    ...(UsernameAttributes && { UsernameAttributes }),
    ...(UsernameConfiguration && { UsernameConfiguration }),
    ...(SmsConfigurationFailure !== undefined && { SmsConfigurationFailure }),
    ...(EmailConfigurationFailure !== undefined && { EmailConfigurationFailure }),
    ...(Domain !== undefined && { Domain }),
    ...(CustomDomain !== undefined && { CustomDomain }),
    ...(DcrConfiguration && { DcrConfiguration }),
  }
}

/**
 * Measured on the real service (go-to-k/cdkd PR 1982, issue 2675): MFA and each of the two policies
 * stay when they are left out; so does the tier, by older documentation.
 */
function keptWhenMixed(
  current: PoolSettings,
  given: WritableSettings,
  omission: 'reset' | 'mixed',
): WritableSettings {
  const whole = filled(given, flagsOff)
  if (omission === 'reset') return whole
  const { MfaConfiguration, UserPoolTier } = current
  const { PasswordPolicy, SignInPolicy } = whole.Policies ?? {}
  const Policies = {
    ...current.Policies,
    ...(given.Policies?.PasswordPolicy && PasswordPolicy && { PasswordPolicy }),
    ...(given.Policies?.SignInPolicy && SignInPolicy && { SignInPolicy }),
  }
  return {
    ...(MfaConfiguration && { MfaConfiguration }),
    ...(UserPoolTier && { UserPoolTier }),
    ...whole,
    Policies,
  }
}

/** Documented to be replaced as one: a map is a value, and so are these two structures. */
const atomic = new Set(['UserPoolTags', 'AcrConfiguration', 'DcrConfiguration', 'SmsConfiguration'])

/** A structure that is said replaces, at every depth, only what it says. */
const merged = (current: PoolSettings, given: WritableSettings): PoolSettings =>
  filled(overlaid(current, given) as PoolSettings, {})

function overlaid(current: JsonObject, given: JsonObject): JsonObject {
  const entries = Object.entries(given).map(([name, value]): [string, Json | undefined] => {
    const before = current[name]
    const inside = !atomic.has(name) && isStructure(before) && isStructure(value)
    return [name, inside ? overlaid(before, value) : value]
  })
  return { ...current, ...Object.fromEntries(entries) }
}

const isStructure = (value: Json | undefined): value is JsonObject => isObject(value)

/** A pool that has only the old member for a message loses it to the template's. */
function withoutOldTwins(next: PoolSettings, given: WritableSettings): PoolSettings {
  const { SmsMessage, EmailMessage, EmailSubject } = given.VerificationMessageTemplate ?? {}
  const { SmsVerificationMessage, EmailVerificationMessage, EmailVerificationSubject, ...rest } =
    next
  return {
    ...rest,
    ...(SmsMessage === undefined &&
      SmsVerificationMessage !== undefined && { SmsVerificationMessage }),
    ...(EmailMessage === undefined &&
      EmailVerificationMessage !== undefined && { EmailVerificationMessage }),
    ...(EmailSubject === undefined &&
      EmailVerificationSubject !== undefined && { EmailVerificationSubject }),
  }
}

/** Tags that AWS itself has put on a pool are out of a caller's reach. */
function withSystemTags(
  current: PoolSettings,
  next: PoolSettings,
): Pick<PoolSettings, 'UserPoolTags'> {
  const system = Object.entries(current.UserPoolTags ?? {}).filter(([key]) =>
    key.startsWith('aws:'),
  )
  return { UserPoolTags: { ...Object.fromEntries(system), ...next.UserPoolTags } }
}
