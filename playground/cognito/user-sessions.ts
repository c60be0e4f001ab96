import { randomInt } from 'node:crypto'

/** Where a call comes from, as far as Cognito can tell. */
export interface Origin {
  readonly ip: string
  /** Operating system and browser or app; `unknown` when the user agent does not say. */
  readonly device: string
  readonly city: string | undefined
  /** A name, not a code; `unknown` when the address leads nowhere. */
  readonly country: string
}

/** Somebody is signed in: an app by its refresh token (TOKEN), a browser by its cookie (SSO). */
export interface UserSession {
  readonly seq: number
  /** `tkn` or `sso` and 25 lower-case letters and digits. */
  readonly id: string
  readonly clientId: string
  readonly createdAt: number
  readonly expiresAt: number
  /** Of a token session: the SSO session it came through. */
  readonly parentId: string | undefined
  lastActiveAt: number
  lastOrigin: Origin
  /** An ended session stays on the books for lists that lag behind. */
  endedAt: number | undefined
}

const dayMs = 86_400_000

/** An app client's default, and with it the life of a token session. */
export const refreshTokenLifeMs = 30 * dayMs
/** The longest that an app client may reuse an SSO session (ClientSSOSessionConfigType). */
export const longestSsoMs = 90 * dayMs

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'

export const newTokenSessionId = (): string =>
  `tkn${Array.from({ length: 25 }, () => alphabet.charAt(randomInt(alphabet.length))).join('')}`

export const sessionType = ({ id }: Pick<UserSession, 'id'>): 'TOKEN' | 'SSO' =>
  id.startsWith('sso') ? 'SSO' : 'TOKEN'

/** Neither ended nor expired. */
export const isActive = (session: UserSession, now: number): boolean =>
  session.endedAt === undefined && session.expiresAt > now

/** What a list knows that is `seenAt` behind: no younger session, and those that ended since. */
export function wasActive(session: UserSession, seenAt: number): boolean {
  const { createdAt, endedAt = Infinity, expiresAt } = session
  return createdAt <= seenAt && endedAt > seenAt && expiresAt > seenAt
}

/** The SSO session that a token session came through, or the token sessions under an SSO session. */
export function linkedSessions(
  sessions: readonly UserSession[],
  { id, parentId }: UserSession,
): UserSession[] {
  return sessions.filter((other) => other.id === parentId || other.parentId === id)
}

/** Token sessions that must go, least recently used first, before one more may begin. */
export function surplusSessions(
  sessions: readonly UserSession[],
  max: number,
  now: number,
): UserSession[] {
  const active = sessions.filter(
    (session) => isActive(session, now) && sessionType(session) === 'TOKEN',
  )
  const surplus = Math.max(0, active.length - max + 1)
  return active.toSorted((a, b) => a.lastActiveAt - b.lastActiveAt).slice(0, surplus)
}
