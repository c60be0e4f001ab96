import type { JsonObject } from './json.ts'

/** A pool as DescribeUserPool tells it (38 members in SDK 3.1169.0), less what is counted or dated. */
export type PoolSettings = {
  Name: string
  Policies?: {
    PasswordPolicy?: {
      MinimumLength?: number
      RequireUppercase?: boolean
      RequireLowercase?: boolean
      RequireNumbers?: boolean
      RequireSymbols?: boolean
      PasswordHistorySize?: number
      TemporaryPasswordValidityDays?: number
    }
    SignInPolicy?: { AllowedFirstAuthFactors?: string[] }
  }
  DeletionProtection?: 'ACTIVE' | 'INACTIVE'
  LambdaConfig?: JsonObject
  Status?: string
  SchemaAttributes?: SchemaAttribute[]
  AutoVerifiedAttributes?: string[]
  AliasAttributes?: string[]
  UsernameAttributes?: string[]
  SmsVerificationMessage?: string
  EmailVerificationMessage?: string
  EmailVerificationSubject?: string
  VerificationMessageTemplate?: {
    SmsMessage?: string
    EmailMessage?: string
    EmailSubject?: string
    EmailMessageByLink?: string
    EmailSubjectByLink?: string
    DefaultEmailOption?: string
  }
  SmsAuthenticationMessage?: string
  UserAttributeUpdateSettings?: { AttributesRequireVerificationBeforeUpdate?: string[] }
  MfaConfiguration?: 'OFF' | 'ON' | 'OPTIONAL'
  DeviceConfiguration?: {
    ChallengeRequiredOnNewDevice?: boolean
    DeviceOnlyRememberedOnUserPrompt?: boolean
  }
  EmailConfiguration?: JsonObject
  SmsConfiguration?: JsonObject
  UserPoolTags?: { readonly [key: string]: string }
  SmsConfigurationFailure?: string
  EmailConfigurationFailure?: string
  Domain?: string
  CustomDomain?: string
  AdminCreateUserConfig?: {
    AllowAdminCreateUserOnly?: boolean
    UnusedAccountValidityDays?: number
    InviteMessageTemplate?: { SMSMessage?: string; EmailMessage?: string; EmailSubject?: string }
  }
  UserPoolAddOns?: JsonObject
  DcrConfiguration?: JsonObject
  UsernameConfiguration?: { CaseSensitive: boolean }
  AccountRecoverySetting?: { RecoveryMechanisms?: { Priority: number; Name: string }[] }
  UserPoolTier?: 'LITE' | 'ESSENTIALS' | 'PLUS'
  KeyConfiguration?: JsonObject
  IssuerConfiguration?: JsonObject
  AcrConfiguration?: { readonly [level: string]: { AcrValue: string } }
}

export type SchemaAttribute = {
  Name: string
  AttributeDataType: string
  DeveloperOnlyAttribute?: boolean
  Mutable?: boolean
  Required?: boolean
  StringAttributeConstraints?: { MinLength?: string; MaxLength?: string }
  NumberAttributeConstraints?: { MinValue?: string; MaxValue?: string }
}

/** What only GetUserPoolMfaConfig tells; MfaConfiguration itself lives in the settings. */
export type MfaSettings = {
  SmsMfaConfiguration?: JsonObject
  SoftwareTokenMfaConfiguration?: { Enabled?: boolean }
  EmailMfaConfiguration?: { Message?: string; Subject?: string }
  WebAuthnConfiguration?: JsonObject
}

const text = (Name: string, min = '0', max = '2048'): SchemaAttribute => ({
  Name,
  AttributeDataType: 'String',
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
  StringAttributeConstraints: { MinLength: min, MaxLength: max },
})

const verified = (Name: string): SchemaAttribute => ({
  Name,
  AttributeDataType: 'Boolean',
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
})

/** The 20 standard attributes of a pool that was created without a schema of its own. */
export const standardAttributes: readonly SchemaAttribute[] = [
  { ...text('sub', '1'), Mutable: false, Required: true },
  ...['name', 'given_name', 'family_name', 'middle_name', 'nickname'].map((name) => text(name)),
  ...['preferred_username', 'profile', 'picture', 'website', 'email'].map((name) => text(name)),
  verified('email_verified'),
  text('gender'),
  text('birthdate', '10', '10'),
  ...['zoneinfo', 'locale', 'phone_number'].map((name) => text(name)),
  verified('phone_number_verified'),
  text('address'),
  {
    Name: 'updated_at',
    AttributeDataType: 'Number',
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: false,
    NumberAttributeConstraints: { MinValue: '0' },
  },
]

/** What a pool has when nobody says otherwise; flags and factors unmeasured on the real service. */
export const defaultSettings = (): Omit<PoolSettings, 'Name'> => ({
  Policies: {
    PasswordPolicy: {
      MinimumLength: 8,
      RequireUppercase: true,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: true,
      TemporaryPasswordValidityDays: 7,
    },
    SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
  },
  DeletionProtection: 'INACTIVE',
  LambdaConfig: {},
  SchemaAttributes: structuredClone([...standardAttributes]),
  VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
  MfaConfiguration: 'OFF',
  EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
  UserPoolTags: {},
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
  UserPoolTier: 'ESSENTIALS',
})
