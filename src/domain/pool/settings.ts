import type { Kind } from './kinds.ts'
import { arn, flag, levels, lines, message, number, oneOf, recovery, someOf } from './kinds.ts'
import { tags, text } from './kinds.ts'

/** One setting of a pool that can be changed: a row of the table below. */
export interface Setting {
  /** Where DescribeUserPool tells it. */
  readonly path: string
  /** Of its field: the API's member in snake case, with its parent where two share a name. */
  readonly name: string
  readonly label: string
  readonly kind: Kind
  readonly hint?: string
}

export interface Section {
  readonly value: string
  readonly label: string
  readonly settings: readonly Setting[]
}

function section(value: string, label: string, ...settings: readonly Setting[]): Section {
  return { value, label, settings }
}

function setting(path: string, name: string, label: string, kind: Kind, hint?: string): Setting {
  return { path, name, label, kind, ...(hint === undefined ? {} : { hint }) }
}

const EMAIL_OR_PHONE = [
  { value: 'email', label: 'E-mail' },
  { value: 'phone_number', label: 'Phone number' },
] as const
const V1 = oneOf([{ value: 'V1_0', label: 'Version 1' }])
const PRE_TOKEN = oneOf([
  { value: 'V1_0', label: 'Version 1' },
  { value: 'V2_0', label: 'Version 2' },
  { value: 'V3_0', label: 'Version 3' },
])
/** The legacy setting has a say only where this one is not set. */
const ZERO_DAYS =
  'Cognito takes 0 for not set: then UnusedAccountValidityDays counts if the pool has it, else 7 days.'
const GRANTS = someOf([
  { value: 'code', label: 'Authorization code' },
  { value: 'implicit', label: 'Implicit' },
  { value: 'client_credentials', label: 'Client credentials' },
])
const CODE = /\{####\}/
const LINK = /\{##[\s\S]*##\}/
const smsText = message(140, CODE, '{####}, where the code goes')
const emailText = message(20_000, CODE, '{####}, where the code goes')
const subject = text({ most: 140 })
const externalId = text({ most: 131_072, hidden: true })

/** The account's whole SMS set-up stands below one parent; this is its newer form. */
const EUMS = 'SmsConfiguration.EumsSms'

/** Every member of UpdateUserPool, in the order in which a person would look for it. */
export const SECTIONS: readonly Section[] = [
  section(
    'name',
    'Name',
    setting(
      'Name',
      'pool_name',
      'Name',
      text({
        most: 128,
        pattern: /^[\w\s+=,.@-]+$/,
        like: 'letters, digits, spaces and + = , . @ -',
      }),
      'The id stays the same.',
    ),
  ),
  section(
    'password_policy',
    'Password policy',
    setting(
      'Policies.PasswordPolicy.MinimumLength',
      'minimum_length',
      'Minimum length',
      number(6, 99, 'character'),
    ),
    setting(
      'Policies.PasswordPolicy.RequireUppercase',
      'require_uppercase',
      'Needs a capital letter',
      flag,
    ),
    setting(
      'Policies.PasswordPolicy.RequireLowercase',
      'require_lowercase',
      'Needs a small letter',
      flag,
    ),
    setting('Policies.PasswordPolicy.RequireNumbers', 'require_numbers', 'Needs a digit', flag),
    setting('Policies.PasswordPolicy.RequireSymbols', 'require_symbols', 'Needs a symbol', flag),
    setting(
      'Policies.PasswordPolicy.PasswordHistorySize',
      'password_history_size',
      'Earlier passwords that cannot be used again',
      number(0, 24, 'password'),
      'Needs the tier Essentials or Plus. 0 means none.',
    ),
    setting(
      'Policies.PasswordPolicy.TemporaryPasswordValidityDays',
      'temporary_password_validity_days',
      'Temporary password validity',
      number(1, 365, 'day', ` ${ZERO_DAYS}`),
      `From 1 to 365 days. ${ZERO_DAYS}`,
    ),
  ),
  section(
    'sign_in_policy',
    'First sign-in factors',
    setting(
      'Policies.SignInPolicy.AllowedFirstAuthFactors',
      'allowed_first_auth_factors',
      'What people may begin to sign in with',
      someOf(
        [
          { value: 'PASSWORD', label: 'Password' },
          { value: 'EMAIL_OTP', label: 'Code by e-mail' },
          { value: 'SMS_OTP', label: 'Code by SMS' },
          { value: 'WEB_AUTHN', label: 'Passkey' },
        ],
        { least: 1 },
      ),
      'More than the password needs the tier Essentials or Plus.',
    ),
  ),
  section(
    'mfa',
    'Multi-factor authentication',
    setting(
      'MfaConfiguration',
      'mfa_configuration',
      'Second factor',
      oneOf([
        { value: 'OFF', label: 'Off' },
        { value: 'OPTIONAL', label: 'Optional' },
        { value: 'ON', label: 'Required' },
      ]),
      'Optional and required need a factor that is already set up in the pool.',
    ),
    setting(
      'SmsAuthenticationMessage',
      'sms_authentication_message',
      'Text of sign-in codes by SMS',
      smsText,
    ),
  ),
  section(
    'verification_messages',
    'Verification messages',
    setting(
      'VerificationMessageTemplate.DefaultEmailOption',
      'default_email_option',
      'E-mail addresses are verified by',
      oneOf([
        { value: 'CONFIRM_WITH_CODE', label: 'A code' },
        { value: 'CONFIRM_WITH_LINK', label: 'A link' },
      ]),
    ),
    setting(
      'VerificationMessageTemplate.EmailSubject',
      'email_subject',
      'Subject of e-mails with a code',
      subject,
    ),
    setting(
      'VerificationMessageTemplate.EmailMessage',
      'email_message',
      'E-mail with a code',
      emailText,
    ),
    setting(
      'VerificationMessageTemplate.EmailSubjectByLink',
      'email_subject_by_link',
      'Subject of e-mails with a link',
      subject,
    ),
    setting(
      'VerificationMessageTemplate.EmailMessageByLink',
      'email_message_by_link',
      'E-mail with a link',
      message(20_000, LINK, '{##words of the link##}'),
    ),
    setting('VerificationMessageTemplate.SmsMessage', 'sms_message', 'SMS with a code', smsText),
  ),
  section(
    'invitation_messages',
    'Invitation messages',
    setting(
      'AdminCreateUserConfig.InviteMessageTemplate.EmailSubject',
      'invite_email_subject',
      'Subject of invitations',
      subject,
    ),
    setting(
      'AdminCreateUserConfig.InviteMessageTemplate.EmailMessage',
      'invite_email_message',
      'Invitation by e-mail',
      message(20_000, CODE, '{####}, where the temporary password goes'),
      'Without {####} Cognito delivers no invitation and says nothing.',
    ),
    setting(
      'AdminCreateUserConfig.InviteMessageTemplate.SMSMessage',
      'invite_sms_message',
      'Invitation by SMS',
      message(140, CODE, '{####}, where the temporary password goes'),
    ),
  ),
  section(
    'email',
    'E-mail delivery',
    setting(
      'EmailConfiguration.EmailSendingAccount',
      'email_sending_account',
      'E-mails are sent by',
      oneOf([
        { value: 'COGNITO_DEFAULT', label: 'Cognito itself' },
        { value: 'DEVELOPER', label: 'Your Amazon SES' },
      ]),
    ),
    setting('EmailConfiguration.SourceArn', 'source_arn', 'SES identity', arn),
    setting('EmailConfiguration.From', 'from', 'Sender', text({ most: 131_072 })),
    setting(
      'EmailConfiguration.ReplyToEmailAddress',
      'reply_to_email_address',
      'Answers go to',
      text({ most: 320, pattern: /^[^\s@]+@[^\s@]+$/, like: 'an e-mail address' }),
    ),
    setting(
      'EmailConfiguration.ConfigurationSet',
      'configuration_set',
      'SES configuration set',
      text({ most: 64, pattern: /^[a-zA-Z0-9_-]+$/, like: 'letters, digits, _ and -' }),
    ),
  ),
  section(
    'sms',
    'SMS delivery',
    setting('SmsConfiguration.SnsCallerArn', 'sns_caller_arn', 'Role for Amazon SNS', arn),
    setting('SmsConfiguration.ExternalId', 'external_id', 'External id of that role', externalId),
    setting(
      'SmsConfiguration.SnsRegion',
      'sns_region',
      'Region of Amazon SNS',
      text({ least: 5, most: 32 }),
    ),
    setting(`${EUMS}.CallerArn`, 'eums_caller_arn', 'Role for AWS End User Messaging', arn),
    setting(`${EUMS}.ExternalId`, 'eums_external_id', 'External id of that role', externalId),
    setting(
      `${EUMS}.OriginationIdentity`,
      'origination_identity',
      'Origination identity',
      text({ most: 2048 }),
    ),
    setting(
      `${EUMS}.ConfigurationSetName`,
      'configuration_set_name',
      'Configuration set',
      text({ most: 2048 }),
    ),
    setting(`${EUMS}.InEntityId`, 'in_entity_id', 'Entity id (India)', text({ most: 2048 })),
    setting(`${EUMS}.InTemplateId`, 'in_template_id', 'Template id (India)', text({ most: 2048 })),
    setting(
      `${EUMS}.Region`,
      'eums_region',
      'Region of End User Messaging',
      text({ least: 5, most: 32 }),
    ),
  ),
  section(
    'triggers',
    'Lambda triggers',
    setting('LambdaConfig.PreSignUp', 'pre_sign_up', 'Before sign-up', arn),
    setting('LambdaConfig.CustomMessage', 'custom_message', 'Custom message', arn),
    setting('LambdaConfig.PostConfirmation', 'post_confirmation', 'After confirmation', arn),
    setting('LambdaConfig.PreAuthentication', 'pre_authentication', 'Before sign-in', arn),
    setting('LambdaConfig.PostAuthentication', 'post_authentication', 'After sign-in', arn),
    setting('LambdaConfig.DefineAuthChallenge', 'define_auth_challenge', 'Define challenge', arn),
    setting('LambdaConfig.CreateAuthChallenge', 'create_auth_challenge', 'Create challenge', arn),
    setting(
      'LambdaConfig.VerifyAuthChallengeResponse',
      'verify_auth_challenge_response',
      'Verify challenge',
      arn,
    ),
    setting('LambdaConfig.UserMigration', 'user_migration', 'User migration', arn),
  ),
  section(
    'token_triggers',
    'Triggers for tokens, senders and federation',
    setting(
      'LambdaConfig.PreTokenGeneration',
      'pre_token_generation',
      'Before tokens are made',
      arn,
      'The same function as below: change both or neither.',
    ),
    setting(
      'LambdaConfig.PreTokenGenerationConfig.LambdaArn',
      'pre_token_lambda_arn',
      'Before tokens are made (with version)',
      arn,
    ),
    setting(
      'LambdaConfig.PreTokenGenerationConfig.LambdaVersion',
      'pre_token_lambda_version',
      'Version of its event',
      PRE_TOKEN,
    ),
    setting('LambdaConfig.CustomSMSSender.LambdaArn', 'custom_sms_sender_arn', 'SMS sender', arn),
    setting(
      'LambdaConfig.CustomSMSSender.LambdaVersion',
      'custom_sms_sender_version',
      'Version of its event',
      V1,
    ),
    setting(
      'LambdaConfig.CustomEmailSender.LambdaArn',
      'custom_email_sender_arn',
      'E-mail sender',
      arn,
    ),
    setting(
      'LambdaConfig.CustomEmailSender.LambdaVersion',
      'custom_email_sender_version',
      'Version of its event',
      V1,
    ),
    setting('LambdaConfig.KMSKeyID', 'kms_key_id', 'Key for the senders', arn),
    setting(
      'LambdaConfig.InboundFederation.LambdaArn',
      'inbound_federation_arn',
      'Inbound federation',
      arn,
    ),
    setting(
      'LambdaConfig.InboundFederation.LambdaVersion',
      'inbound_federation_version',
      'Version of its event',
      V1,
    ),
  ),
  section(
    'devices',
    'Remembered devices',
    setting(
      'DeviceConfiguration.ChallengeRequiredOnNewDevice',
      'challenge_required_on_new_device',
      'A new device needs the second factor',
      flag,
      'Any value here, even no, turns device remembering on.',
    ),
    setting(
      'DeviceConfiguration.DeviceOnlyRememberedOnUserPrompt',
      'device_only_remembered_on_user_prompt',
      'Devices are remembered only when the user agrees',
      flag,
    ),
  ),
  section(
    'recovery',
    'Account recovery',
    setting(
      'AccountRecoverySetting.RecoveryMechanisms',
      'recovery_mechanisms',
      'People recover their account by',
      recovery,
    ),
  ),
  section(
    'attribute_updates',
    'Verified attributes',
    setting(
      'AutoVerifiedAttributes',
      'auto_verified_attributes',
      'Verified at sign-up',
      someOf(EMAIL_OR_PHONE),
    ),
    setting(
      'UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate',
      'attributes_require_verification_before_update',
      'A new value counts only once it is verified',
      someOf(EMAIL_OR_PHONE),
    ),
  ),
  section(
    'sign_up',
    'Sign-up',
    setting(
      'AdminCreateUserConfig.AllowAdminCreateUserOnly',
      'allow_admin_create_user_only',
      'Only administrators create users',
      flag,
    ),
  ),
  section(
    'add_ons',
    'Threat protection',
    setting(
      'UserPoolAddOns.AdvancedSecurityMode',
      'advanced_security_mode',
      'Threat protection',
      oneOf([
        { value: 'OFF', label: 'Off' },
        { value: 'AUDIT', label: 'Audit only' },
        { value: 'ENFORCED', label: 'Full function' },
      ]),
      'Needs the tier Plus.',
    ),
    setting(
      'UserPoolAddOns.AdvancedSecurityAdditionalFlows.CustomAuthMode',
      'custom_auth_mode',
      'For custom authentication',
      oneOf([
        { value: 'AUDIT', label: 'Audit only' },
        { value: 'ENFORCED', label: 'Full function' },
      ]),
    ),
  ),
  section(
    'tier',
    'Tier',
    setting(
      'UserPoolTier',
      'user_pool_tier',
      'Tier',
      oneOf([
        { value: 'LITE', label: 'Lite' },
        { value: 'ESSENTIALS', label: 'Essentials' },
        { value: 'PLUS', label: 'Plus' },
      ]),
      'Changes what AWS charges for each active user.',
    ),
  ),
  section(
    'deletion_protection',
    'Deletion protection',
    setting(
      'DeletionProtection',
      'deletion_protection',
      'Deletion protection',
      oneOf([
        { value: 'ACTIVE', label: 'On' },
        { value: 'INACTIVE', label: 'Off' },
      ]),
    ),
  ),
  section('tags', 'Tags', setting('UserPoolTags', 'tags', 'Tags', tags, 'One key=value a line.')),
  section(
    'client_registration',
    'Dynamic client registration',
    setting(
      'DcrConfiguration.EnableStatus',
      'enable_status',
      'Dynamic client registration',
      oneOf([
        { value: 'Enabled', label: 'On' },
        { value: 'Disabled', label: 'Off' },
      ]),
    ),
    setting('DcrConfiguration.OpenDcrEnabled', 'open_dcr_enabled', 'Without authentication', flag),
    setting(
      'DcrConfiguration.AuthenticatedGrantTypes',
      'authenticated_grant_types',
      'Grants of authenticated clients',
      GRANTS,
    ),
    setting(
      'DcrConfiguration.OpenDcrGrantTypes',
      'open_dcr_grant_types',
      'Grants of other clients',
      GRANTS,
    ),
    setting('DcrConfiguration.AllowedScopes', 'allowed_scopes', 'Scopes', lines),
  ),
  section(
    'keys_and_issuer',
    'Encryption key, issuer and levels',
    setting(
      'KeyConfiguration.KeyType',
      'key_type',
      'Data are encrypted with',
      oneOf([
        { value: 'AWS_OWNED_KEY', label: 'A key of AWS' },
        { value: 'CUSTOMER_MANAGED_KEY', label: 'Your own key' },
      ]),
    ),
    setting('KeyConfiguration.KmsKeyArn', 'kms_key_arn', 'Your own key', arn),
    setting(
      'IssuerConfiguration.Type',
      'issuer_type',
      'Issuer of tokens',
      oneOf([
        { value: 'ORIGINAL', label: 'Original' },
        { value: 'UPDATED', label: 'Updated' },
      ]),
    ),
    setting(
      'AcrConfiguration',
      'acr_configuration',
      'Authentication levels',
      levels,
      'One level=name a line.',
    ),
  ),
]

/** Every setting that can be changed, by its path. */
export const SETTINGS: ReadonlyMap<string, Setting> = new Map(
  SECTIONS.flatMap(({ settings }) => settings.map((one) => [one.path, one] as const)),
)

export function sectionNamed(value: unknown): Section | undefined {
  return SECTIONS.find((one) => one.value === value)
}
