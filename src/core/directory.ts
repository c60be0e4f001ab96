import type { Json, JsonObject } from './canonical.ts'

/** A managed user pool: which it is and where it lives. */
export interface PoolRef {
  readonly id: string
  readonly name: string
  readonly environment: string
  readonly account: string
  readonly region: string
}

/** Absent members are treated as required or as Cognito's default (cognito.md 2.1). */
export interface PasswordPolicy {
  readonly MinimumLength?: number | undefined
  readonly RequireUppercase?: boolean | undefined
  readonly RequireLowercase?: boolean | undefined
  readonly RequireNumbers?: boolean | undefined
  readonly RequireSymbols?: boolean | undefined
}

export type RecoveryMechanism = 'verified_email' | 'verified_phone_number' | 'admin_only'

/** What the operations on users need to know about a pool (DescribeUserPool). */
export interface PoolProfile extends PoolRef {
  readonly passwordPolicy: PasswordPolicy
  /** Days a temporary password stays valid: 1–365. */
  readonly temporaryPasswordDays: number
  /** Self-service recovery in order of priority; undefined when the pool has the legacy setting. */
  readonly recovery: readonly RecoveryMechanism[] | undefined
}

/** A pool as Cognito describes it, read at one moment, in the API's own member names. */
export interface PoolSnapshot {
  readonly pool: PoolRef
  /** DescribeUserPool's `UserPool`; dates as ISO 8601 text. */
  readonly settings: JsonObject
  /** GetUserPoolMfaConfig's answer. */
  readonly mfa: JsonObject
  /** Members that the installed SDK does not know and would lose: `Policies.PasswordPolicy.X`, `mfa:X`. */
  readonly unknown: readonly string[]
  /** Milliseconds since the epoch. */
  readonly readAt: number
}

/** One member of a pool's settings with another value, by its path in DescribeUserPool: `Policies.PasswordPolicy.MinimumLength`. */
export interface SettingChange {
  readonly path: string
  /** Undefined: the member is taken out. */
  readonly value: Json | undefined
}

/** A row of a search (ListUsers): enough to choose by, perhaps seconds old. */
export interface UserSummary {
  readonly username: string
  readonly sub: string
  readonly status: string
  readonly enabled: boolean
  readonly email: string | undefined
  readonly emailVerified: boolean
  readonly phone: string | undefined
  readonly phoneVerified: boolean
  readonly name: string | undefined
}

/** A user as AdminGetUser shows them: fresh. */
export interface User extends UserSummary {
  readonly pool: PoolRef
  /** `SMS_MFA`, `EMAIL_OTP`, `SOFTWARE_TOKEN_MFA`. */
  readonly mfa: readonly string[]
  readonly modifiedAt: Date | undefined
}

/** How a person would name this user: e-mail first, then phone, name and username. */
export function labelOf(user: UserSummary): string {
  return user.email ?? user.phone ?? user.name ?? user.username
}
