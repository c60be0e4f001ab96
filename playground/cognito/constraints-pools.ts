import { flag, integer, list, map, oneOf, optional, structure, text } from './shapes.ts'

/** Pool settings as the API model of `cognito-idp` allows them, written apart from the bot's own table. */
const UserPoolId = text({ min: 1, max: 55, pattern: String.raw`[\w-]+_[0-9a-zA-Z]+` })
const PoolName = text({ min: 1, max: 128, pattern: String.raw`[\w\s+=,.@-]+` })
const Arn = text({
  min: 20,
  max: 2048,
  pattern: String.raw`arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?`,
})
const plain = text({ max: 131_072 })
const sms = text({ min: 6, max: 140, pattern: String.raw`[\s\S]*\{####\}[\s\S]*` })
const mail = text({ min: 6, max: 20_000, pattern: String.raw`[\s\S]*\{####\}[\s\S]*` })
const link = text({ min: 6, max: 20_000, pattern: String.raw`[\s\S]*\{##[\s\S]*##\}[\s\S]*` })
const subject = text({ min: 1, max: 140 })
/** The model does not ask for the placeholder here: without it the invitation is silently not delivered. */
const invitation = (max: number) => text({ min: 6, max })
const contact = oneOf('phone_number', 'email')
const versioned = (...versions: readonly string[]) =>
  optional(structure({ LambdaVersion: oneOf(...versions), LambdaArn: Arn }))

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
  PreTokenGenerationConfig: versioned('V1_0', 'V2_0', 'V3_0'),
  CustomSMSSender: versioned('V1_0'),
  CustomEmailSender: versioned('V1_0'),
  KMSKeyID: optional(Arn),
  InboundFederation: versioned('V1_0'),
})

const SmsConfiguration = structure({
  SnsCallerArn: optional(Arn),
  ExternalId: optional(plain),
  SnsRegion: optional(text({ min: 5, max: 32 })),
  EumsSms: optional(
    structure({
      CallerArn: Arn,
      ExternalId: optional(plain),
      OriginationIdentity: optional(plain),
      ConfigurationSetName: optional(plain),
      InEntityId: optional(plain),
      InTemplateId: optional(plain),
      Region: optional(text({ min: 5, max: 32 })),
    }),
  ),
})

const MfaConfiguration = oneOf('OFF', 'ON', 'OPTIONAL')

/** Members that CreateUserPool and UpdateUserPool share. */
const shared = {
  Policies: optional(Policies),
  DeletionProtection: optional(oneOf('ACTIVE', 'INACTIVE')),
  LambdaConfig: optional(LambdaConfig),
  AutoVerifiedAttributes: optional(list(contact)),
  SmsVerificationMessage: optional(sms),
  EmailVerificationMessage: optional(mail),
  EmailVerificationSubject: optional(subject),
  VerificationMessageTemplate: optional(
    structure({
      SmsMessage: optional(sms),
      EmailMessage: optional(mail),
      EmailSubject: optional(subject),
      EmailMessageByLink: optional(link),
      EmailSubjectByLink: optional(subject),
      DefaultEmailOption: optional(oneOf('CONFIRM_WITH_LINK', 'CONFIRM_WITH_CODE')),
    }),
  ),
  SmsAuthenticationMessage: optional(sms),
  UserAttributeUpdateSettings: optional(
    structure({ AttributesRequireVerificationBeforeUpdate: optional(list(contact)) }),
  ),
  MfaConfiguration: optional(MfaConfiguration),
  DeviceConfiguration: optional(
    structure({
      ChallengeRequiredOnNewDevice: optional(flag),
      DeviceOnlyRememberedOnUserPrompt: optional(flag),
    }),
  ),
  EmailConfiguration: optional(
    structure({
      SourceArn: optional(Arn),
      ReplyToEmailAddress: optional(
        text({ pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+` }),
      ),
      EmailSendingAccount: optional(oneOf('COGNITO_DEFAULT', 'DEVELOPER')),
      From: optional(plain),
      ConfigurationSet: optional(text({ min: 1, max: 64, pattern: String.raw`[a-zA-Z0-9_-]+` })),
    }),
  ),
  SmsConfiguration: optional(SmsConfiguration),
  UserPoolTags: optional(map(text({ max: 256 }))),
  AdminCreateUserConfig: optional(
    structure({
      AllowAdminCreateUserOnly: optional(flag),
      UnusedAccountValidityDays: optional(integer(0, 365)),
      InviteMessageTemplate: optional(
        structure({
          SMSMessage: optional(invitation(140)),
          EmailMessage: optional(invitation(20_000)),
          EmailSubject: optional(subject),
        }),
      ),
    }),
  ),
  UserPoolAddOns: optional(
    structure({
      AdvancedSecurityMode: oneOf('OFF', 'AUDIT', 'ENFORCED'),
      AdvancedSecurityAdditionalFlows: optional(
        structure({ CustomAuthMode: optional(oneOf('AUDIT', 'ENFORCED')) }),
      ),
    }),
  ),
  DcrConfiguration: optional(
    structure({
      EnableStatus: optional(oneOf('Enabled', 'Disabled')),
      OpenDcrEnabled: optional(flag),
      AuthenticatedGrantTypes: optional(list(plain)),
      OpenDcrGrantTypes: optional(list(plain)),
      AllowedScopes: optional(list(plain)),
    }),
  ),
  AccountRecoverySetting: optional(
    structure({
      RecoveryMechanisms: optional(
        list(
          structure({
            Priority: integer(1, 2),
            Name: oneOf('verified_email', 'verified_phone_number', 'admin_only'),
          }),
          { min: 1, max: 2 },
        ),
      ),
    }),
  ),
  UserPoolTier: optional(oneOf('LITE', 'ESSENTIALS', 'PLUS')),
  KeyConfiguration: optional(
    structure({
      KeyType: optional(oneOf('AWS_OWNED_KEY', 'CUSTOMER_MANAGED_KEY')),
      KmsKeyArn: optional(Arn),
    }),
  ),
  IssuerConfiguration: optional(structure({ Type: optional(oneOf('ORIGINAL', 'UPDATED')) })),
  AcrConfiguration: optional(map(structure({ AcrValue: text({ min: 1, max: 256 }) }))),
}

const bound = optional(text({ max: 131_072 }))

const SchemaAttribute = structure({
  Name: text({ min: 1, max: 20, pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+` }),
  AttributeDataType: optional(oneOf('String', 'Number', 'DateTime', 'Boolean')),
  DeveloperOnlyAttribute: optional(flag),
  Mutable: optional(flag),
  Required: optional(flag),
  NumberAttributeConstraints: optional(structure({ MinValue: bound, MaxValue: bound })),
  StringAttributeConstraints: optional(structure({ MinLength: bound, MaxLength: bound })),
})

export const poolRequests = {
  UpdateUserPool: structure({ UserPoolId, PoolName: optional(PoolName), ...shared }),
  CreateUserPool: structure({
    PoolName,
    ...shared,
    AliasAttributes: optional(list(oneOf('phone_number', 'email', 'preferred_username'))),
    UsernameAttributes: optional(list(contact)),
    Schema: optional(list(SchemaAttribute, { min: 1, max: 50 })),
    UsernameConfiguration: optional(structure({ CaseSensitive: flag })),
  }),
  SetUserPoolMfaConfig: structure({
    UserPoolId,
    SmsMfaConfiguration: optional(
      structure({
        SmsAuthenticationMessage: optional(sms),
        SmsConfiguration: optional(SmsConfiguration),
      }),
    ),
    SoftwareTokenMfaConfiguration: optional(structure({ Enabled: optional(flag) })),
    EmailMfaConfiguration: optional(
      structure({ Message: optional(mail), Subject: optional(subject) }),
    ),
    MfaConfiguration: optional(MfaConfiguration),
    WebAuthnConfiguration: optional(
      structure({
        RelyingPartyId: optional(text({ min: 1, max: 127 })),
        UserVerification: optional(oneOf('required', 'preferred')),
        FactorConfiguration: optional(
          oneOf('SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION'),
        ),
      }),
    ),
  }),
}
