import { everyLevel } from './acr.ts'
import type { JsonObject } from './json.ts'
import { epochSeconds } from './json.ts'
import type { Pool } from './pool.ts'
import type { PoolSettings } from './pool-settings.ts'
import type { Switches } from './switches.ts'

/** The pool as DescribeUserPool and CreateUserPool tell it. */
export const poolAnswer = (pool: Pool, switches: Switches): JsonObject => ({
  Id: pool.id,
  ...shownSettings(pool.settings, switches),
  ...poolDates(pool),
  EstimatedNumberOfUsers: pool.users.size,
  Arn: poolArn(pool),
})

export const poolArn = ({ account, id }: Pool, region: string = regionOf(id)): string =>
  `arn:aws:cognito-idp:${region}:${account}:userpool/${id}`

const regionOf = (poolId: string): string => poolId.slice(0, poolId.indexOf('_'))

export const poolDates = (pool: Pool): JsonObject => ({
  LastModifiedDate: epochSeconds(pool.modifiedAt),
  CreationDate: epochSeconds(pool.createdAt),
})

function shownSettings(settings: PoolSettings, { liteShows }: Switches): PoolSettings {
  const shown = withLevels(withOldTemplates(withOldDays(settings)))
  if (settings.UserPoolTier !== 'LITE' || liteShows === 'everything') return shown
  const { AcrConfiguration: _, Policies: { PasswordPolicy } = {}, ...rest } = shown
  return { ...rest, ...(PasswordPolicy && { Policies: { PasswordPolicy } }) }
}

const withLevels = (settings: PoolSettings): PoolSettings => ({
  ...settings,
  AcrConfiguration: everyLevel(settings.AcrConfiguration),
})

/** The old member for the days is shown beside the new one, though nobody may send both. */
function withOldDays(settings: PoolSettings): PoolSettings {
  const days = settings.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays
  if (days === undefined) return settings
  const AdminCreateUserConfig = {
    ...settings.AdminCreateUserConfig,
    UnusedAccountValidityDays: days,
  }
  return { ...settings, AdminCreateUserConfig }
}

/** The three old message members are shown as twins of the template's. */
function withOldTemplates(settings: PoolSettings): PoolSettings {
  const { SmsMessage, EmailMessage, EmailSubject } = settings.VerificationMessageTemplate ?? {}
  return {
    ...settings,
    ...(SmsMessage !== undefined && { SmsVerificationMessage: SmsMessage }),
    ...(EmailMessage !== undefined && { EmailVerificationMessage: EmailMessage }),
    ...(EmailSubject !== undefined && { EmailVerificationSubject: EmailSubject }),
  }
}
