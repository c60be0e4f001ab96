import type { Pool } from './pool.ts'
import type { PoolSettings } from './pool-settings.ts'
import { ServiceError } from './service-error.ts'

type Tier = NonNullable<PoolSettings['UserPoolTier']>

interface Feature {
  /** As AWS calls it in its refusal. */
  readonly name: string
  readonly lacking: readonly Tier[]
  readonly inUse: (settings: PoolSettings) => boolean
}

/** What a pool's settings can ask of its feature plan. */
const features: readonly Feature[] = [
  {
    name: 'Threat Protection',
    lacking: ['LITE', 'ESSENTIALS'],
    inUse: ({ UserPoolAddOns }) => (UserPoolAddOns?.AdvancedSecurityMode ?? 'OFF') !== 'OFF',
  },
  {
    name: 'Passwordless Sign-In',
    lacking: ['LITE'],
    inUse: ({ Policies }) =>
      Policies?.SignInPolicy?.AllowedFirstAuthFactors?.some((one) => one !== 'PASSWORD') ?? false,
  },
  {
    name: 'Password History',
    lacking: ['LITE'],
    inUse: ({ Policies }) => (Policies?.PasswordPolicy?.PasswordHistorySize ?? 0) > 0,
  },
  {
    name: 'Access Token Customization',
    lacking: ['LITE'],
    inUse: ({ LambdaConfig }) =>
      (LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion ?? 'V1_0') !== 'V1_0',
  },
  {
    name: 'Dynamic Client Registration',
    lacking: ['LITE'],
    inUse: ({ DcrConfiguration }) => DcrConfiguration?.EnableStatus === 'Enabled',
  },
  {
    name: 'ACR Configuration',
    lacking: ['LITE'],
    inUse: ({ AcrConfiguration = {} }) => Object.keys(AcrConfiguration).length > 0,
  },
]

/** A refusal that names what the plan lacks; undefined when it has everything. */
export function featureFault(settings: PoolSettings): ServiceError | undefined {
  const tier = settings.UserPoolTier ?? 'ESSENTIALS'
  const names = features
    .filter(({ lacking, inUse }) => lacking.includes(tier) && inUse(settings))
    .map(({ name }) => name)
  return names.length > 0 ? unavailable(tier, names) : undefined
}

export const unavailable = (tier: Tier, names: readonly string[]): ServiceError =>
  new ServiceError(
    'FeatureUnavailableInTierException',
    `The following features need to be disabled for the ${tier} pricing tier configured: ${names.join(', ')}`,
  )

/** Features that live outside an UpdateUserPool request and hold a pool in its plan. */
export function tierChangeFault(
  { settings: from, mfa, sessionTracking }: Pool,
  to: PoolSettings,
): ServiceError | undefined {
  const { UserPoolTier = 'ESSENTIALS' } = from
  if (UserPoolTier === to.UserPoolTier || to.UserPoolTier !== 'LITE') return undefined
  const held = [
    ...(mfa.EmailMfaConfiguration ? ['e-mail MFA'] : []),
    ...(mfa.WebAuthnConfiguration?.FactorConfiguration ? ['passkeys as a factor'] : []),
    ...(sessionTracking === 'ENABLED' ? ['user session tracking'] : []),
  ]
  if (held.length === 0) return undefined
  return new ServiceError(
    'TierChangeNotAllowedException',
    `The feature plan can't be changed to LITE while the user pool uses ${held.join(', ')}.`,
  )
}
