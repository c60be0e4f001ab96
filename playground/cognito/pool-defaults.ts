import type { PoolSettings, WritableSettings } from './pool-settings.ts'
import { standardAttributes } from './standard-attributes.ts'

type Policies = NonNullable<PoolSettings['Policies']>

/** What a member becomes when nobody says it; factors and flags unmeasured on the real service. */
export const defaultWritable = (): WritableSettings => ({
  Policies: {
    PasswordPolicy: {
      MinimumLength: 8,
      RequireUppercase: true,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: true,
    },
    SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
  },
  DeletionProtection: 'INACTIVE',
  LambdaConfig: {},
  VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
  MfaConfiguration: 'OFF',
  EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
  UserPoolTags: {},
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
  UserPoolTier: 'ESSENTIALS',
})

/** A pool of which only the name was said. */
export const defaultSettings = (): Omit<PoolSettings, 'Name'> => ({
  ...defaultWritable(),
  SchemaAttributes: standardAttributes,
})

/** In a password policy that somebody wrote, a requirement left out is off. */
export const flagsOff = {
  RequireUppercase: false,
  RequireLowercase: false,
  RequireNumbers: false,
  RequireSymbols: false,
}

/** The settings with the default of each sub-member that a given structure leaves out. */
export function filled<T extends WritableSettings>(given: T, flags: Partial<typeof flagsOff>): T {
  return {
    ...given,
    ...(given.Policies && { Policies: filledPolicies(given.Policies, flags) }),
    ...(given.VerificationMessageTemplate && {
      VerificationMessageTemplate: {
        DefaultEmailOption: 'CONFIRM_WITH_CODE',
        ...given.VerificationMessageTemplate,
      },
    }),
    ...(given.UserAttributeUpdateSettings && {
      UserAttributeUpdateSettings: {
        AttributesRequireVerificationBeforeUpdate: [],
        ...given.UserAttributeUpdateSettings,
      },
    }),
    ...(given.DeviceConfiguration && {
      DeviceConfiguration: {
        ChallengeRequiredOnNewDevice: false,
        DeviceOnlyRememberedOnUserPrompt: false,
        ...given.DeviceConfiguration,
      },
    }),
    ...(given.EmailConfiguration && {
      EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', ...given.EmailConfiguration },
    }),
    ...(given.AdminCreateUserConfig && {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, ...given.AdminCreateUserConfig },
    }),
    // Said without EnableStatus, dynamic client registration is on (DcrConfigurationType).
    ...(given.DcrConfiguration && {
      DcrConfiguration: {
        EnableStatus: 'Enabled',
        OpenDcrEnabled: false,
        ...given.DcrConfiguration,
      },
    }),
    ...(given.KeyConfiguration && {
      KeyConfiguration: { KeyType: 'AWS_OWNED_KEY', ...given.KeyConfiguration },
    }),
    ...(given.IssuerConfiguration && {
      IssuerConfiguration: { Type: 'ORIGINAL', ...given.IssuerConfiguration },
    }),
  }
}

function filledPolicies(given: Policies, flags: Partial<typeof flagsOff>): Policies {
  const { Policies: defaults } = defaultWritable()
  return {
    ...defaults,
    ...given,
    ...(given.PasswordPolicy && {
      PasswordPolicy: { ...defaults?.PasswordPolicy, ...flags, ...given.PasswordPolicy },
    }),
  }
}

/**
 * The days a temporary password lives are kept in one place: the new one, unless a pool has only
 * the old one. 0 counts as not said (PasswordPolicyType).
 */
export function withDays(settings: PoolSettings): PoolSettings {
  const { Policies: policies, AdminCreateUserConfig: config = {} } = settings
  const { UnusedAccountValidityDays: old, ...rest } = config
  const days = policies?.PasswordPolicy?.TemporaryPasswordValidityDays || undefined
  if (days === undefined && old !== undefined) return settings
  const PasswordPolicy = {
    ...policies?.PasswordPolicy,
    TemporaryPasswordValidityDays: days ?? 7,
  }
  return { ...settings, Policies: { ...policies, PasswordPolicy }, AdminCreateUserConfig: rest }
}
