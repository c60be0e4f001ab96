import type { JsonObject } from './json.ts'
import type { MfaSettings, PoolSettings } from './pool-settings.ts'
import { invalidParameter, ServiceError } from './service-error.ts'
import type { Switches } from './switches.ts'

const twins = [
  ['SmsVerificationMessage', 'SmsMessage'],
  ['EmailVerificationMessage', 'EmailMessage'],
  ['EmailVerificationSubject', 'EmailSubject'],
] as const

/** What is refused of a request as such, whatever the pool. */
export function checkRequest(given: Partial<PoolSettings>, switches: Switches): void {
  const { VerificationMessageTemplate: template = {}, AdminCreateUserConfig: admin = {} } = given
  const days = given.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays
  if (days !== undefined && admin.UnusedAccountValidityDays !== undefined)
    throw invalidParameter(
      'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays',
    )
  for (const [old, twin] of twins)
    if (given[old] !== undefined && template[twin] !== undefined)
      throw invalidParameter(`${old} and VerificationMessageTemplate.${twin} cannot both be given.`)
  if (
    switches.bothEmailTemplates === 'refuse' &&
    template.EmailMessage !== undefined &&
    template.EmailMessageByLink !== undefined
  )
    throw invalidParameter('EmailMessage and EmailMessageByLink cannot both be given.')
  checkTriggers(given.LambdaConfig)
  checkSms(given.SmsConfiguration)
}

function checkTriggers(triggers: JsonObject = {}): void {
  const config = triggers['PreTokenGenerationConfig'] as { LambdaArn?: string } | undefined
  const plain = triggers['PreTokenGeneration']
  if (plain !== undefined && config !== undefined && plain !== config.LambdaArn)
    throw invalidParameter(
      'PreTokenGeneration and PreTokenGenerationConfig must have the same ARN.',
    )
  const sender = triggers['CustomSMSSender'] ?? triggers['CustomEmailSender']
  if (sender !== undefined && triggers['KMSKeyID'] === undefined)
    throw invalidParameter('KMSKeyID is required for a custom sender.')
}

function checkSms(config: JsonObject | undefined): void {
  if (config?.['SnsCallerArn'] !== undefined && config['EumsSms'] !== undefined)
    throw invalidParameter('SnsCallerArn and EumsSms cannot both be given.')
}

/** What is refused of a pool as it would be. */
export function checkPool(settings: PoolSettings, mfa: MfaSettings): void {
  const { MfaConfiguration: second = 'OFF', UserPoolTier: tier } = settings
  const factors = settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? ['PASSWORD']
  if (second !== 'OFF' && !hasFactor(settings, mfa))
    throw invalidParameter(
      `SMS configuration and Auto verification for phone_number are required when MFA is ${second === 'ON' ? 'required' : 'optional'}`,
    )
  if (second === 'ON' && factors.some((factor) => factor.endsWith('_OTP')))
    throw invalidParameter('Only PASSWORD and WEB_AUTHN are allowed when MFA is required.')
  if (tier === 'LITE' && factors.some((factor) => factor !== 'PASSWORD'))
    throw unavailable('AllowedFirstAuthFactors')
  if (tier === 'LITE' && (settings.Policies?.PasswordPolicy?.PasswordHistorySize ?? 0) > 0)
    throw unavailable('PasswordHistorySize')
  const mode = settings.UserPoolAddOns?.['AdvancedSecurityMode'] ?? 'OFF'
  if (tier !== 'PLUS' && mode !== 'OFF') throw unavailable('AdvancedSecurityMode')
}

function hasFactor(settings: PoolSettings, mfa: MfaSettings): boolean {
  return (
    settings.SmsConfiguration !== undefined ||
    mfa.SoftwareTokenMfaConfiguration?.Enabled === true ||
    mfa.EmailMfaConfiguration !== undefined
  )
}

const unavailable = (what: string): ServiceError =>
  new ServiceError(
    'FeatureUnavailableInTierException',
    `${what} is not available in the feature plan of this user pool.`,
  )
