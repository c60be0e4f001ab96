import type { AuthEvent } from './auth-events.ts'
import type { PasswordHash } from './passwords.ts'
import type { UserSession } from './user-sessions.ts'

export type UserStatus =
  | 'UNCONFIRMED'
  | 'CONFIRMED'
  | 'RESET_REQUIRED'
  | 'FORCE_CHANGE_PASSWORD'
  | 'EXTERNAL_PROVIDER'
  | 'ARCHIVED'
  | 'COMPROMISED'
  | 'UNKNOWN'

export type MfaFactor = 'SMS_MFA' | 'EMAIL_OTP' | 'SOFTWARE_TOKEN_MFA'

/** A device that Cognito remembers, so that its user may skip the second factor. */
export interface Device {
  readonly seq: number
  readonly key: string
  readonly name: string
  readonly ip: string
  readonly createdAt: number
  readonly usedAt: number
}

export interface User {
  /** Place in the pool: pages continue after it, so nobody is listed twice. */
  readonly seq: number
  readonly username: string
  readonly sub: string
  /** Without `sub`, which Cognito lists as an attribute too. */
  attributes: Map<string, string>
  /** New values that wait until the user verifies them. */
  held: Map<string, string>
  status: UserStatus
  enabled: boolean
  createdAt: number
  modifiedAt: number
  password: PasswordHash | undefined
  history: PasswordHash[]
  code: { readonly hash: PasswordHash; readonly expiresAt: number } | undefined
  /** Second factors in use. */
  mfa: MfaFactor[]
  preferredMfa: MfaFactor | undefined
  /** An authenticator app is registered, whether it is in use or not. */
  softwareToken: boolean
  groups: Set<string>
  /** In order of seq; ended ones too, for a while. */
  sessions: UserSession[]
  devices: Device[]
  /** In order of seq. */
  events: AuthEvent[]
}

type Baggage =
  | 'held'
  | 'history'
  | 'code'
  | 'mfa'
  | 'preferredMfa'
  | 'softwareToken'
  | 'groups'
  | 'sessions'
  | 'devices'
  | 'events'

/** What a user gathers over time: nothing yet. */
export const emptyHanded = (): Pick<User, Baggage> => ({
  held: new Map(),
  history: [],
  code: undefined,
  mfa: [],
  preferredMfa: undefined,
  softwareToken: false,
  groups: new Set(),
  sessions: [],
  devices: [],
  events: [],
})

export const contacts = ['email', 'phone_number'] as const

export const isVerified = (user: User, contact: 'email' | 'phone_number'): boolean =>
  user.attributes.get(contact) !== undefined &&
  user.attributes.get(`${contact}_verified`) === 'true'

/** What a filter or the answer to a list sees under a name. */
export function attributeOf(user: User, name: string): string | undefined {
  if (name === 'username') return user.username
  if (name === 'sub') return user.sub
  if (name === 'cognito:user_status') return user.status
  if (name === 'status') return user.enabled ? 'Enabled' : 'Disabled'
  return user.attributes.get(name)
}

export const attributeList = (user: User): { Name: string; Value: string }[] => [
  { Name: 'sub', Value: user.sub },
  ...[...user.attributes].map(([Name, Value]) => ({ Name, Value })),
]
