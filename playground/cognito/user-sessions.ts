import { randomInt } from 'node:crypto'
import type { Input } from './constraints.ts'
import { epochSeconds } from './json.ts'
import type { JsonObject } from './json.ts'
import { userOf } from './names.ts'
import type { Pool } from './pool.ts'
import { notFound, ServiceError } from './service-error.ts'
import { poolOf } from './state.ts'
import type { Call, State } from './state.ts'
import type { User } from './user.ts'

/** A sign-in that a pool with session tracking remembers. */
export interface UserSession {
  readonly id: string
  readonly sub: string
  /** The sign-in that this one came from. */
  readonly origin: string | undefined
  readonly createdAt: number
  readonly device: string
  readonly address: string
  readonly city: string
  /** The refresh token that ends with it. */
  readonly token: string
}

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'

const newId = (kind: 'tkn' | 'sso'): string =>
  kind + Array.from({ length: 25 }, () => letters.charAt(randomInt(36))).join('')

const places = [
  ['Desktop', '198.51.100.7', 'Dublin'],
  ['Mobile', '203.0.113.20', 'Berlin'],
] as const

/** A browser's session, and the app's session below it. */
export function rememberSignIn(state: State, pool: Pool, user: User, token: string): void {
  if (pool.sessionTracking !== 'ENABLED') return
  const [device, address, city] = places[pool.sessions.size % places.length] ?? places[0]
  const about = { sub: user.sub, createdAt: state.now(), device, address, city, token }
  const browser: UserSession = { id: newId('sso'), origin: undefined, ...about }
  const app: UserSession = { id: newId('tkn'), origin: browser.id, ...about }
  for (const session of [browser, app]) pool.sessions.set(session.id, session)
}

export function getUserPoolSessionConfiguration(
  input: Input<'GetUserPoolSessionConfiguration'>,
  call: Call,
): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  requireTier(pool)
  return { UserPoolId: pool.id, UserSessionTracking: pool.sessionTracking }
}

function requireTier(pool: Pool): void {
  if (pool.settings.UserPoolTier === 'LITE')
    throw new ServiceError(
      'FeatureUnavailableInTierException',
      'Session tracking is not available in the feature plan of this user pool.',
    )
}

export function adminListUserSessions(
  input: Input<'AdminListUserSessions'>,
  call: Call,
): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  requireTier(pool)
  const user = userOf(pool, input.Username)
  const mine = [...pool.sessions.values()].filter(({ sub }) => sub === user.sub)
  return { Sessions: mine.map(answerOf) }
}

const answerOf = (session: UserSession): JsonObject => ({
  SessionId: session.id,
  SessionType: session.id.startsWith('sso') ? 'SSO' : 'TOKEN',
  CreateDate: epochSeconds(session.createdAt),
  LastActiveDate: epochSeconds(session.createdAt),
  DeviceType: session.device,
  LastIPAddress: session.address,
  LastLocation: { City: session.city, Country: 'EU' },
  ...(session.origin !== undefined && { OriginSessionId: session.origin }),
})

/** LINKED also ends the session it came from, or those that came from it. */
export function adminRevokeUserSession(
  input: Input<'AdminRevokeUserSession'>,
  call: Call,
): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  requireTier(pool)
  const user = userOf(pool, input.Username)
  const session = pool.sessions.get(input.SessionId)
  if (!session || session.sub !== user.sub) throw notFound('Session not found.')
  const linked = input.RevokeAssociatedSessions === 'LINKED'
  for (const one of pool.sessions.values())
    if (one === session || (linked && isLinked(one, session))) {
      pool.sessions.delete(one.id)
      call.state.refreshTokens.delete(one.token)
    }
  return {}
}

const isLinked = (one: UserSession, other: UserSession): boolean =>
  one.id === other.origin || one.origin === other.id
