import type { Directory } from './directory.ts'
import type { MfaSettings, PoolSettings, PoolSurroundings } from './pool-settings.ts'
import type { Drift, UnknownMember } from './tampering.ts'

export interface Group {
  readonly seq: number
  readonly name: string
  readonly description: string | undefined
  readonly roleArn: string | undefined
  readonly precedence: number | undefined
  readonly createdAt: number
  readonly modifiedAt: number
}

export interface Pool {
  readonly seq: number
  readonly id: string
  readonly account: string
  readonly region: string
  /** The one app client through which users sign in. */
  readonly clientId: string
  settings: PoolSettings
  mfa: MfaSettings
  sessionTracking: 'ENABLED' | 'DISABLED'
  /** Token sessions, over all app clients; one more sign-in ends the least recently used. */
  maxSessionsPerUser: number
  readonly surroundings: PoolSurroundings
  readonly createdAt: number
  modifiedAt: number
  readonly users: Directory
  readonly groups: Map<string, Group>
  drifts: Drift[]
  unknownMembers: UnknownMember[]
}

/** The LITE tier has no session tracking, whatever was set before. */
export const tracksSessions = ({ sessionTracking, settings }: Pool): boolean =>
  sessionTracking === 'ENABLED' && settings.UserPoolTier !== 'LITE'

const isCaseSensitive = (settings: PoolSettings): boolean =>
  settings.UsernameConfiguration?.CaseSensitive ?? true

/** Usernames and e-mail addresses compare through this. */
export const nameFold = (settings: PoolSettings): ((name: string) => string) =>
  isCaseSensitive(settings) ? (name) => name : (name) => name.toLowerCase()
