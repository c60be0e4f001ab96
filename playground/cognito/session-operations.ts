import type { Input } from './constraints.ts'
import { epochSeconds } from './json.ts'
import type { JsonObject } from './json.ts'
import { userOf } from './names.ts'
import { page } from './pages.ts'
import { tracksSessions } from './pool.ts'
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
  checkTier(call.state, pool)
  return {
    UserPoolId: pool.id,
    UserSessionTracking: tracksSessions(pool) ? 'ENABLED' : 'DISABLED',
    TokenSession: { MaxPerUser: pool.maxSessionsPerUser },
  }
}

function checkTier({ switches }: State, { settings }: Pool): void {
  if (settings.UserPoolTier === 'LITE' && switches.liteSessions === 'refuse')
    throw new ServiceError(
      'FeatureUnavailableInTierException',
      'Session tracking is not available in the feature plan of this user pool.',
    )
}

/** 100 token sessions at most, and the SSO sessions: AWS promises one page of up to this many. */
const pageSize = 125

export function adminListUserSessions(
  input: Input<'AdminListUserSessions'>,
  call: Call,
): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const user = userOf(pool, input.Username)
  checkTracking(call.state, pool)
  const seenAt = call.state.now() - call.state.switches.sessionLagMs
  const listed = tracksSessions(pool)
    ? user.sessions.filter((session) => wasActive(session, seenAt))
    : []
  const { NextToken: token, ...parameters } = input
  const request = { operation: 'AdminListUserSessions', parameters, token, limit: pageSize }
  const found = page(call, request, (seq) => listed.filter((session) => session.seq > seq))
  return {
    Sessions: found.items.map(sessionAnswer),
    ...(found.token && { NextToken: found.token }),
  }
}

function checkTracking(state: State, pool: Pool): void {
  checkTier(state, pool)
  if (!tracksSessions(pool) && state.switches.untrackedSessions === 'refuse')
    throw new ServiceError(
      'OperationNotEnabledException',
      'User session tracking is not enabled for this user pool.',
    )
}

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
  checkTracking(call.state, pool)
  const session = ownSession(call.state, pool, user, input.SessionId)
  const linked =
    input.RevokeAssociatedSessions === 'LINKED' ? linkedSessions(user.sessions, session) : []
  const revoke = () => [session, ...linked].forEach((one) => endSession(call.state, one))
  changeUser(call.state, pool, user, revoke, false)
  return {}
}

/** The session must belong to the named user: that is how an operator's slip is caught. */
function ownSession(state: State, pool: Pool, user: User, id: string): UserSession {
  const own = tracksSessions(pool) ? user.sessions.find((session) => session.id === id) : undefined
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
