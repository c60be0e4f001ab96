import type { LocalCognito } from '../cognito/index.ts'

type PoolSettings = ReturnType<LocalCognito['pools']['get']>['settings']
type CognitoUser = ReturnType<LocalCognito['pools']['users']>[number]

/** More would not be read; the panel is for looking at a few people. */
const USERS = 40

/** The pools with their users as they are now, read behind the service's back. */
export function poolPanels({ pools }: LocalCognito) {
  return pools.all().map(({ id, settings }) => ({
    id,
    name: settings.Name,
    environment: settings.UserPoolTags?.['env'] ?? '',
    settings: settingsOf(settings),
    users: pools
      .users(id)
      .slice(0, USERS)
      .map((user) => ({
        username: user.username,
        label: user.attributes.get('email') ?? user.attributes.get('phone_number') ?? user.username,
        status: user.status,
        notes: notesOf(user),
        modifiedAt: user.modifiedAt,
      })),
  }))
}

const tiers = { LITE: 'Lite', ESSENTIALS: 'Essentials', PLUS: 'Plus' }

/** What the pool is set to, in a few phrases, each of which changes with its setting. */
function settingsOf(settings: PoolSettings): readonly string[] {
  const { Policies, AdminCreateUserConfig, MfaConfiguration = 'OFF', UserPoolTier } = settings
  const { MinimumLength = 8, TemporaryPasswordValidityDays } = Policies?.PasswordPolicy ?? {}
  const days =
    TemporaryPasswordValidityDays ?? AdminCreateUserConfig?.UnusedAccountValidityDays ?? 7
  return [
    `temporary passwords ${days} ${days === 1 ? 'day' : 'days'}`,
    `${MinimumLength} characters`,
    `MFA ${MfaConfiguration.toLowerCase()}`,
    `deletion protection ${settings.DeletionProtection === 'ACTIVE' ? 'on' : 'off'}`,
    tiers[UserPoolTier ?? 'ESSENTIALS'],
  ]
}

/** What an operator would want to know at a glance, beside the status. */
function notesOf(user: CognitoUser): readonly string[] {
  const contact = user.attributes.has('phone_number') ? 'phone_number' : 'email'
  return [
    ...(user.enabled ? [] : ['disabled']),
    ...(user.status === 'EXTERNAL_PROVIDER' ? ['Google'] : []),
    ...(user.attributes.get(`${contact}_verified`) === 'true' ? [] : ['unverified']),
    ...user.mfa.map((factor) => factor.toLowerCase().replaceAll('_', ' ')),
    ...(user.groups.has('admins') ? ['admins'] : []),
  ]
}
