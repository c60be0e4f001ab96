import type { PoolSpec } from './specs.ts'
import type { Role } from './sts.ts'

/** Pools with one trap each, for tests. */
export const adminOnlyPool: PoolSpec = {
  id: 'eu-west-1_ADMINONLY',
  settings: {
    Name: 'admin-only',
    AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'admin_only' }] },
  },
  users: [{ username: 'ada', attributes: { email: 'ada@example.com', email_verified: 'true' } }],
}

/** Without an AccountRecoverySetting: text message first, then e-mail. */
export const legacyRecoveryPool: PoolSpec = {
  id: 'eu-west-1_RECOVERY1',
  settings: { Name: 'legacy-recovery', MfaConfiguration: 'OPTIONAL' },
  users: [
    {
      username: 'both',
      attributes: {
        email: 'both@example.com',
        email_verified: 'true',
        phone_number: '+15550101',
        phone_number_verified: 'true',
      },
    },
    {
      username: 'sms-mfa',
      mfa: ['SMS_MFA'],
      attributes: { phone_number: '+15550102', phone_number_verified: 'true' },
    },
  ],
}

const mixedCase = [
  { username: 'Ada', attributes: { email: 'Ada@example.com', email_verified: 'true' } },
]

export const caseSensitivePool: PoolSpec = {
  id: 'eu-west-1_CASED0001',
  settings: {
    Name: 'case-sensitive',
    UsernameConfiguration: { CaseSensitive: true },
    AliasAttributes: ['email'],
  },
  users: mixedCase,
}

export const caseInsensitivePool: PoolSpec = {
  id: 'eu-west-1_UNCASED01',
  settings: {
    Name: 'case-insensitive',
    UsernameConfiguration: { CaseSensitive: false },
    AliasAttributes: ['email', 'preferred_username'],
  },
  users: mixedCase,
}

/** People sign in with their e-mail address; the username is a generated UUID. */
export const emailSignInPool: PoolSpec = {
  id: 'eu-west-1_EMAIL0001',
  settings: {
    Name: 'email-sign-in',
    UsernameAttributes: ['email'],
    UsernameConfiguration: { CaseSensitive: false },
    AutoVerifiedAttributes: ['email'],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
  },
  users: [
    {
      username: '6b0f5a9e-6c1d-4a5e-9d53-0f3a5b7c9d11',
      attributes: { email: 'ada@example.com', email_verified: 'true' },
    },
  ],
}

export const litePool: PoolSpec = {
  id: 'eu-west-1_LITE00001',
  settings: { Name: 'lite', UserPoolTier: 'LITE' },
}

export const passwordlessPool: PoolSpec = {
  id: 'eu-west-1_PASSLESS1',
  settings: {
    Name: 'passwordless',
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
  },
}

/** As old pools are: the days live in AdminCreateUserConfig alone. */
export const legacyDaysPool: PoolSpec = {
  id: 'eu-west-1_LEGACY001',
  settings: {
    Name: 'legacy-days',
    Policies: { PasswordPolicy: { MinimumLength: 8, RequireSymbols: false } },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, UnusedAccountValidityDays: 2 },
  },
}

export const pagedPool: PoolSpec = {
  id: 'eu-west-1_PAGED0001',
  settings: { Name: 'paged' },
  groups: Array.from({ length: 70 }, (_, n) => ({ name: `group-${n}` })),
  users: Array.from({ length: 137 }, (_, n) => ({
    username: `user-${String(n).padStart(3, '0')}`,
    attributes: {
      email: `user-${n}@example.com`,
      email_verified: 'true',
      given_name: n % 2 ? 'Ada' : 'Grace',
    },
  })),
}

/** `count` users that exist only when asked for; a million cost nothing. */
export const crowdedPool = (count: number): PoolSpec => ({
  id: 'eu-west-1_CROWD0001',
  settings: { Name: 'crowded' },
  crowd: count,
})

const environments = ['dev', 'staging', 'prod']

/** So many small pools `team-00000-dev`, `team-00001-staging`, ..., for lists and indexes. */
export const manyPools = (count: number): PoolSpec[] =>
  Array.from({ length: count }, (_, n) => {
    const digits = String(n).padStart(5, '0')
    const env = environments[n % environments.length] ?? ''
    return {
      id: `eu-west-1_MANY${digits}`,
      settings: { Name: `team-${digits}-${env}`, UserPoolTags: { env } },
    }
  })

export const operateRole: Role = {
  arn: 'arn:aws:iam::222222222222:role/lifeguard-operate',
  externalId: 'lifeguard-example',
  needsSourceIdentity: true,
}

export const readRole: Role = { arn: 'arn:aws:iam::222222222222:role/lifeguard-read' }
