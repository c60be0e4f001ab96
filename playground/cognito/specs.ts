import type { MfaSettings, PoolSettings, PoolSurroundings } from './pool-settings.ts'
import type { Role } from './sts.ts'
import type { MfaFactor, UserStatus } from './user.ts'

/** A session that began before the local Cognito did; `sso...` or `tkn...`, 28 characters. */
export interface SessionSpec {
  readonly id: string
  /** The SSO session that a token session came through. */
  readonly parentId?: string
  /** A day when absent. */
  readonly startedHoursAgo?: number
  /** An hour when absent. */
  readonly activeHoursAgo?: number
  readonly ip: string
  readonly device: string
  readonly city?: string
  readonly country: string
}

export interface UserSpec {
  readonly username: string
  /** CONFIRMED when absent. */
  readonly status?: UserStatus
  readonly enabled?: boolean
  readonly attributes?: Readonly<Record<string, string>>
  /** Without one a native user has a random password that nobody knows. */
  readonly password?: string
  /** How long ago the password was set. */
  readonly passwordAgeDays?: number
  /** The first one is the preferred one. */
  readonly mfa?: readonly MfaFactor[]
  /** An authenticator app is registered; absent: if it is among `mfa`. */
  readonly softwareToken?: boolean
  readonly groups?: readonly string[]
  /** Listed only where the pool tracks sessions. */
  readonly sessions?: readonly SessionSpec[]
  /** Listed only where the pool remembers devices. */
  readonly devices?: readonly { readonly name: string; readonly ip: string }[]
}

export interface GroupSpec {
  readonly name: string
  readonly description?: string
  readonly roleArn?: string
  readonly precedence?: number
}

export interface PoolSpec {
  /** A random id in the Region when absent. */
  readonly id?: string
  readonly account?: string
  readonly region?: string
  readonly clientId?: string
  /** Over the defaults, member by member at the top level. */
  readonly settings: PoolSettings
  readonly mfa?: MfaSettings
  /** DISABLED when absent. */
  readonly sessionTracking?: 'ENABLED' | 'DISABLED'
  /** 20 when absent. */
  readonly maxSessionsPerUser?: number
  readonly surroundings?: Partial<PoolSurroundings>
  /** Milliseconds since the epoch; 400 days ago, and changed 30 days ago, when absent. */
  readonly createdAt?: number
  readonly groups?: readonly GroupSpec[]
  readonly users?: readonly UserSpec[]
  /** So many computed users `member-0000000`, ..., at no cost. */
  readonly crowd?: number
}

/** What a local Cognito starts with. */
export interface World {
  readonly pools: readonly PoolSpec[]
  readonly roles?: readonly Role[]
}
