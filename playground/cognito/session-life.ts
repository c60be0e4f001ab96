import { tracksSessions } from './pool.ts'
import type { Pool } from './pool.ts'
import { changeUser } from './state.ts'
import type { Call, State } from './state.ts'
import {
  isActive,
  newTokenSessionId,
  refreshTokenLifeMs,
  sessionType,
  surplusSessions,
} from './user-sessions.ts'
import type { UserSession } from './user-sessions.ts'
import type { User } from './user.ts'

/** A sign-in begins a token session, where the pool keeps track of them; the id, or undefined. */
export function beginSession(call: Call, pool: Pool, user: User): string | undefined {
  if (!tracksSessions(pool)) return undefined
  const { state, origin } = call
  const now = state.now()
  const session: UserSession = {
    seq: (user.sessions.at(-1)?.seq ?? -1) + 1,
    id: newTokenSessionId(),
    clientId: pool.clientId,
    createdAt: now,
    expiresAt: now + refreshTokenLifeMs,
    parentId: undefined,
    lastActiveAt: now,
    lastOrigin: origin,
    endedAt: undefined,
  }
  const begin = () => {
    for (const old of surplusSessions(user.sessions, pool.maxSessionsPerUser, now))
      endSession(state, old)
    user.sessions = [...user.sessions.filter((old) => isRemembered(state, old)), session]
  }
  changeUser(state, pool, user, begin, false)
  return session.id
}

const isRemembered = ({ switches, now }: State, { endedAt, expiresAt }: UserSession): boolean =>
  Math.min(endedAt ?? Infinity, expiresAt) > now() - switches.sessionLagMs

/** A refresh moves the date of its session, and where it was last seen. */
export function touchSession({ state, origin }: Call, user: User, id: string | undefined): void {
  const session = user.sessions.find((known) => known.id === id)
  if (!session) return
  session.lastActiveAt = state.now()
  session.lastOrigin = origin
}

/** The session is over, and its refresh token is dead. */
export function endSession(state: State, session: UserSession): void {
  session.endedAt ??= state.now()
  for (const [token, { sessionId }] of state.refreshTokens)
    if (sessionId === session.id) state.refreshTokens.delete(token)
}

/** Sign-out ends the token sessions; the cookie behind an SSO session stays (AdminUserGlobalSignOut). */
export function endTokenSessions(state: State, user: User): void {
  for (const session of user.sessions)
    if (sessionType(session) === 'TOKEN' && isActive(session, state.now()))
      endSession(state, session)
}
