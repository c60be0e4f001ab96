import { flag, integer, list, map, oneOf, optional, structure, text } from './shapes.ts'

/** The members that CreateUserPool and UpdateUserPool share, as the API model constrains them. */
const arn = {
  min: 20,
  max: 2048,
  pattern: String.raw`arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?`,
}
const Arn = text(arn)
const plain = text({ max: 131_072 })
const ExternalId = text({ max: 131_072, sensitive: true, secret: true })
const Region = text({ min: 5, max: 32 })

const written = String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*`
const SmsText = text({ min: 6, max: 140, pattern: String.raw`.*\{####\}.*` })
export const EmailText = text({
  min: 6,
  max: 20_000,
  pattern: String.raw`${written}\{####\}${written}`,
})
const EmailLinkText = text({
  min: 6,
  max: 20_000,
  pattern: String.raw`${written}\{##${written}##\}${written}`,
})
export const EmailSubject = text({
  min: 1,
  max: 140,
  pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\s]+`,
})
export const SmsAuthenticationMessage = SmsText

const Policies = structure({
  PasswordPolicy: optional(
    structure({
      MinimumLength: optional(integer(6, 99)),
      RequireUppercase: optional(flag),
      RequireLowercase: optional(flag),
      RequireNumbers: optional(flag),
      RequireSymbols: optional(flag),
      PasswordHistorySize: optional(integer(0, 24)),
      TemporaryPasswordValidityDays: optional(integer(0, 365)),
    }),
  ),
  SignInPolicy: optional(
    structure({
      AllowedFirstAuthFactors: optional(
        list(oneOf('PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'), { min: 1, max: 4 }),
      ),
    }),
  ),
})

const trigger = structure({ LambdaVersion: oneOf('V1_0'), LambdaArn: Arn })
const LambdaConfig = structure({
  PreSignUp: optional(Arn),
  CustomMessage: optional(Arn),
  PostConfirmation: optional(Arn),
  PreAuthentication: optional(Arn),
  PostAuthentication: optional(Arn),
  DefineAuthChallenge: optional(Arn),
  CreateAuthChallenge: optional(Arn),
  VerifyAuthChallengeResponse: optional(Arn),
  PreTokenGeneration: optional(Arn),
  UserMigration: optional(Arn),
  PreTokenGenerationConfig: optional(
    structure({ LambdaVersion: oneOf('V1_0', 'V2_0', 'V3_0'), LambdaArn: Arn }),
  ),
  CustomSMSSender: optional(trigger),
  CustomEmailSender: optional(trigger),
  KMSKeyID: optional(Arn),
  InboundFederation: optional(trigger),
})

const contact = oneOf('phone_number', 'email')

const VerificationMessageTemplate = structure({
  SmsMessage: optional(SmsText),
  EmailMessage: optional(EmailText),
  EmailSubject: optional(EmailSubject),
  EmailMessageByLink: optional(EmailLinkText),
  EmailSubjectByLink: optional(EmailSubject),
  DefaultEmailOption: optional(oneOf('CONFIRM_WITH_LINK', 'CONFIRM_WITH_CODE')),
})

const EmailConfiguration = structure({
  SourceArn: optional(Arn),
  ReplyToEmailAddress: optional(
    text({
      pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+`,
    }),
  ),
  EmailSendingAccount: optional(oneOf('COGNITO_DEFAULT', 'DEVELOPER')),
  From: optional(plain),
  ConfigurationSet: optional(text({ min: 1, max: 64, pattern: '[a-zA-Z0-9_-]+' })),
})

export const SmsConfiguration = structure({
  SnsCallerArn: optional(Arn),
  ExternalId: optional(ExternalId),
  SnsRegion: optional(Region),
  EumsSms: optional(
    structure({
      CallerArn: Arn,
      ExternalId: optional(ExternalId),
      OriginationIdentity: optional(plain),
      ConfigurationSetName: optional(plain),
      InEntityId: optional(plain),
      InTemplateId: optional(plain),
      Region: optional(Region),
    }),
  ),
})

const AdminCreateUserConfig = structure({
  AllowAdminCreateUserOnly: optional(flag),
  UnusedAccountValidityDays: optional(integer(0, 365)),
  InviteMessageTemplate: optional(
    structure({
      SMSMessage: optional(text({ min: 6, max: 140, pattern: '.*' })),
      EmailMessage: optional(text({ min: 6, max: 20_000, pattern: written })),
      EmailSubject: optional(EmailSubject),
    }),
  ),
})

const grants = list(oneOf('code', 'implicit', 'client_credentials'), { max: 3 })
const printable = String.raw`[\x21\x23-\x5B\x5D-\x7E]+`
const DcrConfiguration = structure({
  EnableStatus: optional(oneOf('Enabled', 'Disabled')),
  OpenDcrEnabled: optional(flag),
  AuthenticatedGrantTypes: optional(grants),
  OpenDcrGrantTypes: optional(grants),
  AllowedScopes: optional(list(text({ min: 1, max: 256, pattern: printable }), { max: 50 })),
})

const AccountRecoverySetting = structure({
  RecoveryMechanisms: optional(
    list(
      structure({
        Priority: integer(1, 2),
        Name: oneOf('verified_email', 'verified_phone_number', 'admin_only'),
      }),
      { min: 1, max: 2 },
    ),
  ),
})

export const PoolName = text({ min: 1, max: 128, pattern: String.raw`[\w\s+=,.@-]+` })

export const settingsMembers = {
  Policies: optional(Policies),
  DeletionProtection: optional(oneOf('ACTIVE', 'INACTIVE')),
  LambdaConfig: optional(LambdaConfig),
  AutoVerifiedAttributes: optional(list(contact)),
  SmsVerificationMessage: optional(SmsText),
  EmailVerificationMessage: optional(EmailText),
  EmailVerificationSubject: optional(EmailSubject),
  VerificationMessageTemplate: optional(VerificationMessageTemplate),
  SmsAuthenticationMessage: optional(SmsText),
  UserAttributeUpdateSettings: optional(
    structure({ AttributesRequireVerificationBeforeUpdate: optional(list(contact)) }),
  ),
  MfaConfiguration: optional(oneOf('OFF', 'ON', 'OPTIONAL')),
  DeviceConfiguration: optional(
    structure({
      ChallengeRequiredOnNewDevice: optional(flag),
      DeviceOnlyRememberedOnUserPrompt: optional(flag),
    }),
  ),
  EmailConfiguration: optional(EmailConfiguration),
  SmsConfiguration: optional(SmsConfiguration),
  UserPoolTags: optional(map(text({ max: 256 }), { keys: text({ min: 1, max: 128 }), max: 50 })),
  AdminCreateUserConfig: optional(AdminCreateUserConfig),
  UserPoolAddOns: optional(
    structure({
      AdvancedSecurityMode: oneOf('OFF', 'AUDIT', 'ENFORCED'),
      AdvancedSecurityAdditionalFlows: optional(
        structure({ CustomAuthMode: optional(oneOf('AUDIT', 'ENFORCED')) }),
      ),
    }),
  ),
  DcrConfiguration: optional(DcrConfiguration),
  AccountRecoverySetting: optional(AccountRecoverySetting),
  UserPoolTier: optional(oneOf('LITE', 'ESSENTIALS', 'PLUS')),
  KeyConfiguration: optional(
    structure({
      KeyType: optional(oneOf('AWS_OWNED_KEY', 'CUSTOMER_MANAGED_KEY')),
      KmsKeyArn: optional(Arn),
    }),
  ),
  IssuerConfiguration: optional(structure({ Type: optional(oneOf('ORIGINAL', 'UPDATED')) })),
  AcrConfiguration: optional(
    map(structure({ AcrValue: text({ min: 1, max: 64, pattern: printable }) }), {
      keys: oneOf('Level1', 'Level2', 'Level3', 'Level4'),
    }),
  ),
}
