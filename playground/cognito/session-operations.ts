import type { Input } from './constraints.ts'
import { epochSeconds } from './json.ts'
import type { JsonObject } from './json.ts'
import { userOf } from './names.ts'
import { page } from './pages.ts'
import type { Pool } from './pool.ts'
import { notAuthorized, notFound, ServiceError } from './service-error.ts'
import { endSession } from './session-life.ts'
import { changeUser, poolOf } from './state.ts'
import type { Call, State } from './state.ts'
import { isActive, linkedSessions, sessionType, wasActive } from './user-sessions.ts'
import type { UserSession } from './user-sessions.ts'
import type { User } from './user.ts'

export function getUserPoolSessionConfiguration(
  input: Input<'GetUserPoolSessionConfiguration'>,
  call: Call,
): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  return {
    UserPoolId: pool.id,
    UserSessionTracking: pool.sessionTracking,
    TokenSession: { MaxPerUser: pool.maxSessionsPerUser },
  }
}

/** 100 token sessions at most, and the SSO sessions: AWS promises one page of up to this many. */
const pageSize = 125

export function adminListUserSessions(
  input: Input<'AdminListUserSessions'>,
  call: Call,
): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const user = userOf(pool, input.Username)
  const { switches, now } = call.state
  if (isUntracked(pool) && switches.untrackedSessions === 'refuse') throw notTracking()
  const seenAt = now() - switches.sessionLagMs
  const listed = isUntracked(pool)
    ? []
    : user.sessions.filter((session) => wasActive(session, seenAt))
  const { NextToken: token, ...parameters } = input
  const request = { operation: 'AdminListUserSessions', parameters, token, limit: pageSize }
  const found = page(call, request, (seq) => listed.filter((session) => session.seq > seq))
  return {
    Sessions: found.items.map(sessionAnswer),
    ...(found.token && { NextToken: found.token }),
  }
}

const isUntracked = (pool: Pool): boolean => pool.sessionTracking === 'DISABLED'

const notTracking = (): ServiceError =>
  new ServiceError(
    'OperationNotEnabledException',
    'User session tracking is not enabled for this user pool.',
  )

function sessionAnswer(session: UserSession): JsonObject {
  const { ip, device, city, country } = session.lastOrigin
  return {
    SessionId: session.id,
    SessionType: sessionType(session),
    ClientId: session.clientId,
    CreateDate: epochSeconds(session.createdAt),
    LastActiveDate: epochSeconds(session.lastActiveAt),
    DeviceType: device,
    LastIPAddress: ip,
    LastLocation: { ...(city !== undefined && { City: city }), Country: country },
    ...(session.parentId !== undefined && { OriginSessionId: session.parentId }),
    IsCurrentSession: false,
  }
}

export function adminRevokeUserSession(
  input: Input<'AdminRevokeUserSession'>,
  call: Call,
): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const user = userOf(pool, input.Username)
  if (isUntracked(pool) && call.state.switches.untrackedSessions === 'refuse') throw notTracking()
  const session = ownSession(call.state, pool, user, input.SessionId)
  const linked =
    input.RevokeAssociatedSessions === 'LINKED' ? linkedSessions(user.sessions, session) : []
  const revoke = () => [session, ...linked].forEach((one) => endSession(call.state, one))
  changeUser(call.state, pool, user, revoke, false)
  return {}
}

/** The session must belong to the named user: that is how an operator's slip is caught. */
function ownSession(state: State, pool: Pool, user: User, id: string): UserSession {
  const own = isUntracked(pool) ? undefined : user.sessions.find((session) => session.id === id)
  if (own && isActive(own, state.now())) return own
  if (!own && state.switches.foreignSession === 'not-authorized' && isSomebodys(pool, id))
    throw notAuthorized('The session does not belong to the user.')
  throw notFound('Session not found.')
}

function isSomebodys(pool: Pool, id: string): boolean {
  for (const user of pool.users.touched())
    if (user.sessions.some((session) => session.id === id)) return true
  return false
}
