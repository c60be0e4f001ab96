import { randomInt } from 'node:crypto'
import { buildPool } from './build.ts'
import type { Input } from './constraints.ts'
import type { JsonObject } from './json.ts'
import type { Pool } from './pool.ts'
import { checkPool, checkRequest } from './pool-rules.ts'
import { defaultSettings, standardAttributes } from './pool-settings.ts'
import type { MfaSettings, PoolSettings, SchemaAttribute } from './pool-settings.ts'
import { describedPool } from './pools.ts'
import { invalidParameter } from './service-error.ts'
import { poolOf } from './state.ts'
import type { Call } from './state.ts'
import { withMember } from './tampering.ts'

/** Set when a pool is created, and by no update. */
const createOnly = [
  'SchemaAttributes',
  'AliasAttributes',
  'UsernameAttributes',
  'UsernameConfiguration',
  'Status',
  'Domain',
  'CustomDomain',
  'SmsConfigurationFailure',
  'EmailConfigurationFailure',
] as const

/** Measured on the real service in 2026: these stay when they are left out, others go to their default. */
const keptWhenOmitted = ['MfaConfiguration', 'Policies', 'DeletionProtection', 'UserPoolTier']

export function updateUserPool(input: Input<'UpdateUserPool'>, call: Call): JsonObject {
  const { UserPoolId, PoolName, ...rest } = input
  const pool = poolOf(call, UserPoolId)
  const given = structuredClone(rest) as JsonObject as Partial<PoolSettings>
  checkRequest(given, call.state.switches)
  const next = updated(call, pool, given)
  if (PoolName !== undefined) next.Name = PoolName
  const mfa = mirrored(next, pool.mfa)
  checkPool(next, mfa)
  commit(call, pool, next, mfa)
  for (const { path, value } of pool.afterUpdate.splice(0))
    commit(call, pool, withMember(pool.settings, path, value) as PoolSettings, pool.mfa)
  return {}
}

/** What is left out becomes its default or stays, as the switch says; DcrConfiguration always stays. */
function updated(call: Call, pool: Pool, given: Partial<PoolSettings>): PoolSettings {
  const { settings } = pool
  const mode = call.state.switches.updateOmission
  const fixed = pick(settings, createOnly)
  const start: PoolSettings =
    mode === 'keep'
      ? structuredClone(settings)
      : {
          ...resettable(),
          ...(mode === 'mixed' ? pick(settings, keptWhenOmitted) : {}),
          ...pick(settings, ['DcrConfiguration']),
          ...fixed,
          Name: settings.Name,
        }
  const merged =
    mode === 'keep' ? (deepMerge(start, given) as PoolSettings) : { ...start, ...given }
  return { ...settled(merged, given), ...fixed, Name: settings.Name }
}

/** Defaults of what an update can reset. */
function resettable(): Omit<PoolSettings, 'Name'> {
  const { SchemaAttributes: _schema, ...rest } = defaultSettings()
  return rest
}

function pick<T extends object>(from: T, names: readonly string[]): Partial<T> {
  return Object.fromEntries(
    Object.entries(from).filter(([name]) => names.includes(name)),
  ) as Partial<T>
}

/** A structure that is given replaces what it gives; what it leaves out stays. Lists and maps of people's own keys are replaced whole. */
function deepMerge(old: unknown, given: unknown, at = ''): unknown {
  if (!isPlain(old) || !isPlain(given)) return given
  if (['UserPoolTags', 'AcrConfiguration', 'LambdaConfig', 'SmsConfiguration'].includes(at))
    return given
  const names = new Set([...Object.keys(old), ...Object.keys(given)])
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      name in given ? deepMerge(old[name], given[name], name) : old[name],
    ]),
  )
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Settings with what Cognito fills in by itself, as every pool has them once it was written. */
export function settled(settings: PoolSettings, given: Partial<PoolSettings> = {}): PoolSettings {
  const defaults = defaultSettings()
  const policy = settings.Policies?.PasswordPolicy ?? {}
  const givenDays = given.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays
  const legacyDays = given.AdminCreateUserConfig?.UnusedAccountValidityDays
  // 0 is treated as null, and then the default counts.
  const days = givenDays || legacyDays || policy.TemporaryPasswordValidityDays || 7
  return {
    ...defaults,
    ...settings,
    Policies: {
      ...defaults.Policies,
      ...settings.Policies,
      PasswordPolicy: { ...noClasses, ...policy, TemporaryPasswordValidityDays: days },
    },
    AdminCreateUserConfig: {
      AllowAdminCreateUserOnly: false,
      ...settings.AdminCreateUserConfig,
      UnusedAccountValidityDays: days,
    },
    VerificationMessageTemplate: {
      ...defaults.VerificationMessageTemplate,
      ...settings.VerificationMessageTemplate,
    },
    EmailConfiguration: { ...defaults.EmailConfiguration, ...settings.EmailConfiguration },
    ...(given.DcrConfiguration === undefined
      ? {}
      : { DcrConfiguration: { EnableStatus: 'Enabled', ...given.DcrConfiguration } }),
  }
}

const noClasses = {
  MinimumLength: 8,
  RequireUppercase: false,
  RequireLowercase: false,
  RequireNumbers: false,
  RequireSymbols: false,
}

/** The MFA configuration repeats what the pool says of SMS. */
export function mirrored(settings: PoolSettings, mfa: MfaSettings): MfaSettings {
  const { SmsMfaConfiguration: _old, ...others } = mfa
  const { SmsConfiguration, SmsAuthenticationMessage } = settings
  if (SmsConfiguration === undefined) return others
  return {
    ...others,
    SmsMfaConfiguration: {
      SmsConfiguration,
      ...(SmsAuthenticationMessage === undefined ? {} : { SmsAuthenticationMessage }),
    },
  }
}

function commit(call: Call, pool: Pool, settings: PoolSettings, mfa: MfaSettings): void {
  pool.settings = settings
  pool.mfa = mfa
  // A stopped clock must not hide that something moved.
  pool.modifiedAt = Math.max(call.state.now(), pool.modifiedAt + 1)
  call.state.changed({ poolId: pool.id, username: undefined })
}

export function createUserPool(input: Input<'CreateUserPool'>, call: Call): JsonObject {
  const { PoolName, Schema = [], ...rest } = input
  const given = structuredClone(rest) as JsonObject as Partial<PoolSettings>
  checkRequest(given, call.state.switches)
  if (given.AliasAttributes !== undefined && given.UsernameAttributes !== undefined)
    throw invalidParameter('Only one of the aliasAttributes or usernameAttributes can be set.')
  if ((given.MfaConfiguration ?? 'OFF') !== 'OFF' && given.SmsConfiguration === undefined)
    throw invalidParameter(
      'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
    )
  const settings: PoolSettings = {
    ...settled({ ...defaultSettings(), ...given, Name: PoolName }, given),
    UsernameConfiguration: given.UsernameConfiguration ?? { CaseSensitive: true },
    SchemaAttributes: schemaOf(Schema as readonly SchemaAttribute[]),
  }
  const mfa = mirrored(settings, {})
  checkPool(settings, mfa)
  const { account, region, state } = call
  const id = freshId(call)
  const pool = buildPool({ id, account, region, settings, mfa }, state.pools.size, state.now())
  const now = state.now()
  const made: Pool = { ...pool, createdAt: now, modifiedAt: now }
  state.pools.set(id, made)
  state.changed({ poolId: id, username: undefined })
  return { UserPool: describedPool(made) }
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

function freshId({ region, state }: Call): string {
  const id = `${region}_${Array.from({ length: 9 }, () => letters.charAt(randomInt(62))).join('')}`
  return state.pools.has(id) ? freshId({ region, state } as Call) : id
}

/** The standard attributes, changed where the request says so, then its own with their prefixes. */
function schemaOf(given: readonly SchemaAttribute[]): SchemaAttribute[] {
  const standard = new Map(standardAttributes.map((one) => [one.Name, one]))
  const changed = given.filter(({ Name }) => standard.has(Name))
  const own = given.filter(({ Name }) => !standard.has(Name))
  return [
    ...standardAttributes.map((one) => ({
      ...one,
      ...changed.find(({ Name }) => Name === one.Name),
    })),
    ...own.map((one) => ({
      DeveloperOnlyAttribute: false,
      Mutable: true,
      Required: false,
      ...one,
      AttributeDataType: one.AttributeDataType ?? 'String',
      Name: `${one.DeveloperOnlyAttribute ? 'dev:' : ''}custom:${one.Name}`,
    })),
  ]
}

/** Whole: what is left out is gone, and a missing MfaConfiguration is OFF. */
export function setUserPoolMfaConfig(input: Input<'SetUserPoolMfaConfig'>, call: Call): JsonObject {
  const { UserPoolId, MfaConfiguration = 'OFF', ...factors } = input
  const pool = poolOf(call, UserPoolId)
  const mfa: MfaSettings = structuredClone(factors)
  const sms = mfa.SmsMfaConfiguration as
    | { SmsConfiguration?: JsonObject; SmsAuthenticationMessage?: string }
    | undefined
  const settings: PoolSettings = {
    ...pool.settings,
    MfaConfiguration,
    ...(sms?.SmsConfiguration === undefined ? {} : { SmsConfiguration: sms.SmsConfiguration }),
    ...(sms?.SmsAuthenticationMessage === undefined
      ? {}
      : { SmsAuthenticationMessage: sms.SmsAuthenticationMessage }),
  }
  checkPool(settings, mfa)
  commit(call, pool, settings, mfa)
  return { ...mfa, MfaConfiguration }
}
