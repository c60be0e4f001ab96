import type { PoolSpec } from './specs.ts'
import { standardAttributes } from './standard-attributes.ts'

const lambda = (name: string): string =>
  `arn:aws:lambda:eu-west-1:111111111111:function:customers-${name}`
const role = (name: string): string => `arn:aws:iam::111111111111:role/${name}`
const kmsKey = 'arn:aws:kms:eu-west-1:111111111111:key/00000000-0000-4000-8000-000000000000'

/** Every member of UserPoolType that can be set, so that a lost one is noticed. */
export const richPool: PoolSpec = {
  id: 'eu-west-1_RICH00001',
  settings: {
    Name: 'rich',
    Policies: {
      PasswordPolicy: {
        MinimumLength: 12,
        RequireUppercase: true,
        RequireLowercase: true,
        RequireNumbers: true,
        RequireSymbols: false,
        PasswordHistorySize: 3,
        TemporaryPasswordValidityDays: 5,
      },
      SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] },
    },
    DeletionProtection: 'ACTIVE',
    LambdaConfig: {
      PreSignUp: lambda('pre-sign-up'),
      CustomMessage: lambda('custom-message'),
      PostConfirmation: lambda('post-confirmation'),
      PreAuthentication: lambda('pre-authentication'),
      PostAuthentication: lambda('post-authentication'),
      DefineAuthChallenge: lambda('define-challenge'),
      CreateAuthChallenge: lambda('create-challenge'),
      VerifyAuthChallengeResponse: lambda('verify-challenge'),
      PreTokenGeneration: lambda('pre-token'),
      UserMigration: lambda('migration'),
      PreTokenGenerationConfig: { LambdaVersion: 'V2_0', LambdaArn: lambda('pre-token') },
      CustomSMSSender: { LambdaVersion: 'V1_0', LambdaArn: lambda('sms-sender') },
      CustomEmailSender: { LambdaVersion: 'V1_0', LambdaArn: lambda('email-sender') },
      InboundFederation: { LambdaVersion: 'V1_0', LambdaArn: lambda('inbound-federation') },
      KMSKeyID: kmsKey,
    },
    Status: 'Enabled',
    SchemaAttributes: [
      ...standardAttributes,
      {
        Name: 'custom:plan',
        AttributeDataType: 'String',
        DeveloperOnlyAttribute: false,
        Mutable: true,
        Required: false,
        StringAttributeConstraints: { MinLength: '1', MaxLength: '20' },
      },
      {
        Name: 'dev:custom:seats',
        AttributeDataType: 'Number',
        DeveloperOnlyAttribute: true,
        Mutable: false,
        Required: false,
        NumberAttributeConstraints: { MinValue: '1', MaxValue: '500' },
      },
    ],
    AutoVerifiedAttributes: ['email', 'phone_number'],
    AliasAttributes: ['email', 'preferred_username'],
    SmsVerificationMessage: 'Your code is {####}',
    EmailVerificationMessage: 'Your code is {####}',
    EmailVerificationSubject: 'Your code',
    VerificationMessageTemplate: {
      SmsMessage: 'Your code is {####}',
      EmailMessage: 'Your code is {####}',
      EmailSubject: 'Your code',
      EmailMessageByLink: 'Please {##confirm##}',
      EmailSubjectByLink: 'Please confirm',
      DefaultEmailOption: 'CONFIRM_WITH_CODE',
    },
    SmsAuthenticationMessage: 'Your sign-in code is {####}',
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    MfaConfiguration: 'OPTIONAL',
    DeviceConfiguration: {
      ChallengeRequiredOnNewDevice: true,
      DeviceOnlyRememberedOnUserPrompt: false,
    },
    EmailConfiguration: {
      SourceArn: 'arn:aws:ses:eu-west-1:111111111111:identity/example.com',
      ReplyToEmailAddress: 'help@example.com',
      EmailSendingAccount: 'DEVELOPER',
      From: 'Customers <no-reply@example.com>',
      ConfigurationSet: 'customers',
    },
    SmsConfiguration: {
      SnsCallerArn: role('cognito-sms'),
      ExternalId: 'rich-pool-sms',
      SnsRegion: 'eu-west-1',
    },
    UserPoolTags: { env: 'test', team: 'identity' },
    SmsConfigurationFailure: 'SNSSandbox',
    EmailConfigurationFailure: 'Unverified',
    Domain: 'rich-example',
    CustomDomain: 'auth.example.com',
    AdminCreateUserConfig: {
      AllowAdminCreateUserOnly: true,
      UnusedAccountValidityDays: 5,
      InviteMessageTemplate: {
        SMSMessage: 'Hello {username}, your password is {####}',
        EmailMessage: 'Hello {username}, your temporary password is {####}',
        EmailSubject: 'Welcome',
      },
    },
    UserPoolAddOns: {
      AdvancedSecurityMode: 'AUDIT',
      AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'AUDIT' },
    },
    DcrConfiguration: {
      EnableStatus: 'Disabled',
      OpenDcrEnabled: false,
      AuthenticatedGrantTypes: ['code'],
      OpenDcrGrantTypes: ['code'],
      AllowedScopes: ['openid'],
    },
    UsernameConfiguration: { CaseSensitive: false },
    AccountRecoverySetting: {
      RecoveryMechanisms: [
        { Priority: 1, Name: 'verified_email' },
        { Priority: 2, Name: 'verified_phone_number' },
      ],
    },
    UserPoolTier: 'PLUS',
    KeyConfiguration: { KeyType: 'CUSTOMER_MANAGED_KEY', KmsKeyArn: kmsKey },
    IssuerConfiguration: { Type: 'ORIGINAL' },
    AcrConfiguration: {
      Level1: { AcrValue: 'urn:cognito:loa:1' },
      Level2: { AcrValue: 'urn:example:silver' },
      Level3: { AcrValue: 'urn:cognito:loa:3' },
      Level4: { AcrValue: 'urn:cognito:loa:4' },
    },
  },
  mfa: {
    SoftwareTokenMfaConfiguration: { Enabled: true },
    EmailMfaConfiguration: { Message: 'Your sign-in code is {####}', Subject: 'Your code' },
    WebAuthnConfiguration: {
      RelyingPartyId: 'auth.example.com',
      UserVerification: 'preferred',
      FactorConfiguration: 'SINGLE_FACTOR',
    },
  },
  surroundings: {
    risk: {
      CompromisedCredentialsRiskConfiguration: {
        EventFilter: ['SIGN_IN', 'PASSWORD_CHANGE'],
        Actions: { EventAction: 'BLOCK' },
      },
      AccountTakeoverRiskConfiguration: {
        Actions: {
          LowAction: { Notify: false, EventAction: 'NO_ACTION' },
          HighAction: { Notify: false, EventAction: 'MFA_REQUIRED' },
        },
      },
      RiskExceptionConfiguration: { BlockedIPRangeList: ['192.0.2.0/24'] },
    },
    logDelivery: [
      {
        LogLevel: 'ERROR',
        EventSource: 'userNotification',
        CloudWatchLogsConfiguration: {
          LogGroupArn: 'arn:aws:logs:eu-west-1:111111111111:log-group:cognito',
        },
      },
    ],
    replicas: [
      { RegionName: 'eu-west-1', Status: 'ACTIVE', Role: 'PRIMARY' },
      { RegionName: 'eu-central-1', Status: 'INACTIVE', Role: 'SECONDARY' },
    ],
  },
  sessionTracking: 'ENABLED',
  maxSessionsPerUser: 5,
  users: [{ username: 'ada', attributes: { email: 'ada@example.com', email_verified: 'true' } }],
}
