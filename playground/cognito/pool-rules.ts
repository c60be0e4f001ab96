import { levelsClash } from './acr.ts'
import type { PoolSettings, WritableSettings } from './pool-settings.ts'
import { invalidParameter, ServiceError } from './service-error.ts'
import type { Switches } from './switches.ts'

/** A write to a pool: what was said, where, and what the pool was (a new one was nothing). */
export interface Draft {
  readonly sent: WritableSettings
  readonly current: PoolSettings | undefined
  readonly region: string
  readonly switches: Switches
}

type Rule = (draft: Draft) => ServiceError | string | undefined

/** What is wrong with the request itself; a sentence alone is an invalid parameter. */
export function requestFault(draft: Draft): ServiceError | undefined {
  for (const rule of rules) {
    const fault = rule(draft)
    if (fault !== undefined) return typeof fault === 'string' ? invalidParameter(fault) : fault
  }
  return undefined
}

/** Refused although nothing was said twice in this request: once new, never old again. */
const days: Rule = ({ sent, current }) => {
  const isNew = sent.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays !== undefined
  const wasNew = current?.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays !== undefined
  const isOld = sent.AdminCreateUserConfig?.UnusedAccountValidityDays !== undefined
  if (!isOld || !(isNew || wasNew)) return undefined
  return 'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays'
}

/** Stricter than known: providers declare them in conflict (provider-upjet-aws 716). */
const twins: Rule = ({ sent }) => {
  const template = sent.VerificationMessageTemplate
  const pairs = [
    ['SmsVerificationMessage', sent.SmsVerificationMessage, template?.SmsMessage],
    ['EmailVerificationMessage', sent.EmailVerificationMessage, template?.EmailMessage],
    ['EmailVerificationSubject', sent.EmailVerificationSubject, template?.EmailSubject],
  ] as const
  const both = pairs.find(([, old, now]) => old !== undefined && now !== undefined)
  return both && `${both[0]} cannot be set together with VerificationMessageTemplate.`
}

const mailTemplates: Rule = ({ sent, switches }) => {
  const { EmailMessage, EmailMessageByLink } = sent.VerificationMessageTemplate ?? {}
  if (switches.bothMailTemplates === 'accept') return undefined
  if (EmailMessage === undefined || EmailMessageByLink === undefined) return undefined
  return 'EmailMessage and EmailMessageByLink cannot both be set in VerificationMessageTemplate.'
}

const ownTexts: Rule = ({ sent, switches }) => {
  if (switches.textsWithoutOwnSender === 'accept') return undefined
  if (sent.EmailConfiguration?.EmailSendingAccount === 'DEVELOPER') return undefined
  const { DefaultEmailOption: _, SmsMessage: __, ...mail } = sent.VerificationMessageTemplate ?? {}
  const old = sent.EmailVerificationMessage ?? sent.EmailVerificationSubject
  if (old === undefined && Object.keys(mail).length === 0) return undefined
  return 'An email template can only be set if EmailSendingAccount is DEVELOPER.'
}

const ownSender: Rule = ({ sent }) => {
  const { EmailSendingAccount, SourceArn } = sent.EmailConfiguration ?? {}
  if (EmailSendingAccount !== 'DEVELOPER' || SourceArn !== undefined) return undefined
  return 'SourceArn is required when EmailSendingAccount is DEVELOPER.'
}

const sms: Rule = ({ sent, region }) => smsFault(sent.SmsConfiguration, region)

/** Text messages go through SNS or through End User Messaging, and the latter stays in its Region. */
export function smsFault(
  given: WritableSettings['SmsConfiguration'],
  region: string,
): string | undefined {
  if (!given) return undefined
  const { SnsCallerArn, EumsSms } = given
  if ((SnsCallerArn === undefined) === (EumsSms === undefined))
    return 'SmsConfiguration must have either SnsCallerArn or EumsSms.'
  if (EumsSms?.Region !== undefined && EumsSms.Region !== region)
    return `EumsSms.Region must be the user pool's Region, ${region}.`
  return undefined
}

const lambdas: Rule = ({ sent }) => {
  const { PreTokenGeneration: old, PreTokenGenerationConfig: config } = sent.LambdaConfig ?? {}
  const { CustomSMSSender, CustomEmailSender, KMSKeyID } = sent.LambdaConfig ?? {}
  if (old !== undefined && config && config.LambdaArn !== old)
    return 'PreTokenGeneration and PreTokenGenerationConfig must have the same Lambda ARN.'
  if ((CustomSMSSender ?? CustomEmailSender) && KMSKeyID === undefined)
    return 'KMSKeyID is required if CustomEmailSender or CustomSMSSender is configured.'
  return undefined
}

const differ = (values: readonly unknown[]): boolean => new Set(values).size === values.length

const recovery: Rule = ({ sent }) => {
  const mechanisms = sent.AccountRecoverySetting?.RecoveryMechanisms ?? []
  if (mechanisms.length > 1 && mechanisms.some(({ Name }) => Name === 'admin_only'))
    return 'Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.'
  if (differ(mechanisms.map((one) => one.Priority)) && differ(mechanisms.map((one) => one.Name)))
    return undefined
  return 'Account Recovery Setting needs a different priority and name for each mechanism.'
}

const firstFactors: Rule = ({ sent }) => {
  const factors = sent.Policies?.SignInPolicy?.AllowedFirstAuthFactors
  if (factors === undefined || factors.includes('PASSWORD')) return undefined
  return 'PASSWORD must be one of the AllowedFirstAuthFactors.'
}

const levels: Rule = ({ sent }) =>
  sent.AcrConfiguration && levelsClash(sent.AcrConfiguration)
    ? 'Each ACR level must have a name of its own, default names included.'
    : undefined

const key: Rule = ({ sent }) => {
  const { KeyType, KmsKeyArn } = sent.KeyConfiguration ?? {}
  if ((KeyType === 'CUSTOMER_MANAGED_KEY') === (KmsKeyArn !== undefined)) return undefined
  return 'KmsKeyArn must be set with CUSTOMER_MANAGED_KEY, and only with it.'
}

const tags: Rule = ({ sent }) =>
  Object.keys(sent.UserPoolTags ?? {}).some((name) => name.toLowerCase().startsWith('aws:'))
    ? new ServiceError(
        'UserPoolTaggingException',
        'aws: prefixed tag key names are not allowed for external use.',
      )
    : undefined

const role: Rule = ({ sent, current, switches }) =>
  roleFault(sent.SmsConfiguration, current, switches)

/** Handing Cognito a role takes iam:PassRole; nobody knows whether the same role again does. */
export function roleFault(
  given: WritableSettings['SmsConfiguration'],
  current: PoolSettings | undefined,
  { passRole }: Switches,
): ServiceError | undefined {
  const arn = given?.SnsCallerArn ?? given?.EumsSms?.CallerArn
  const before = current?.SmsConfiguration
  if (arn === undefined || passRole === 'allowed') return undefined
  const known = arn === (before?.SnsCallerArn ?? before?.EumsSms?.CallerArn)
  if (known && passRole === 'refused-for-a-new-role') return undefined
  return new ServiceError(
    'AccessDeniedException',
    `User is not authorized to perform: iam:PassRole on resource: ${arn}`,
  )
}

const rules: readonly Rule[] = [
  days,
  twins,
  mailTemplates,
  ownTexts,
  ownSender,
  sms,
  lambdas,
  recovery,
  firstFactors,
  levels,
  key,
  tags,
  role,
]
