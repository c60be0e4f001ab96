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
  /** The factor asked for first, if one is set. */
  readonly preferredMfa?: string | undefined
  readonly modifiedAt: Date | undefined
  readonly createdAt?: Date | undefined
  /** Every attribute by the API's name, `sub` and `custom:…` too. */
  readonly attributes?: Readonly<Record<string, string>>
}

/** A group of a pool. With a role its members have rights in AWS itself. */
export interface UserGroup {
  readonly name: string
  readonly description?: string | undefined
  readonly roleArn?: string | undefined
  readonly precedence?: number | undefined
}

/** A row of ListUsers in a search by a person, with where it was found. */
export interface FoundUser extends UserSummary {
  readonly pool: PoolRef
  readonly modifiedAt: Date | undefined
  readonly createdAt: Date | undefined
}

/** What one ListUsers call of a search found. */
export interface UserSearch {
  readonly rows: readonly FoundUser[]
  /** What was searched, in words: `email begins with “ada”`. */
  readonly searched: string
  /** Nobody else matches. */
  readonly complete: boolean
}

/** A sign-in that a pool with session tracking remembers. Its place and device are personal data. */
export interface UserSession {
  readonly id: string
  readonly createdAt: Date | undefined
  readonly lastSeenAt: Date | undefined
  /** City, device or address, as far as Cognito knows them. */
  readonly where: string
}

/** The sessions of a user, or why the pool has none to show. */
export type Sessions =
  | { readonly tracked: true; readonly rows: readonly UserSession[]; readonly complete: boolean }
  | { readonly tracked: false; readonly why: string }

/** What a user can sign in with, beyond the password (AdminGetUserAuthFactors). */
export interface AuthFactors {
  readonly configured: readonly string[]
  readonly mfa: readonly string[]
  readonly preferred: string | undefined
}

/** Second factors that are a code in a message: all that Cognito lets an administrator turn off. */
export type CodeFactor = 'SMS_MFA' | 'EMAIL_OTP'

/** What AdminCreateUser is asked for. */
export interface NewUser {
  readonly pool: PoolRef
  readonly username: string
  readonly attributes: Readonly<Record<string, string>>
  /** How the invitation goes; `none`: no message, the temporary password is shown instead. */
  readonly invitation: 'EMAIL' | 'SMS' | 'none'
}

/** A pool that does not exist yet, and the whole CreateUserPool input for it. */
export interface NewPool {
  readonly place: PoolRef
  readonly request: JsonObject
  /** Whole SetUserPoolMfaConfig input, less the pool id: the second step. */
  readonly mfa?: JsonObject | undefined
}

/** How a person would name this user: e-mail first, then phone, name and username. */
export function labelOf(user: UserSummary): string {
  return user.email ?? user.phone ?? user.name ?? user.username
}
