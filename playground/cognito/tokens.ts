import { randomBytes } from 'node:crypto'

import type { JsonObject } from './json.ts'
import type { Pool } from './pool.ts'
import { beginSession, endTokenSessions } from './session-life.ts'
import type { Call, State } from './state.ts'
import { refreshTokenLifeMs } from './user-sessions.ts'
import type { User } from './user.ts'

export interface ChallengeSession {
  readonly sub: string
  readonly poolId: string
  /** The salt of the password that was proven; the session dies with it. */
  readonly provenBy: string
  readonly expiresAt: number
}

export interface RefreshToken {
  readonly sub: string
  /** Undefined where the pool keeps no track of sessions. */
  readonly sessionId: string | undefined
  readonly expiresAt: number
}

/** Opaque, unlike the real ones: nobody here reads their claims. */
const invent = (): string => randomBytes(32).toString('base64url')

/** The tokens of a new sign-in. */
export function issueTokens(call: Call, pool: Pool, user: User): JsonObject {
  const { state } = call
  const sessionId = beginSession(call, pool, user)
  const refreshToken = invent()
  const expiresAt = state.now() + refreshTokenLifeMs
  state.refreshTokens.set(refreshToken, { sub: user.sub, sessionId, expiresAt })
  return { ...renewTokens(), RefreshToken: refreshToken }
}

export const renewTokens = (): JsonObject => ({
  AccessToken: invent(),
  IdToken: invent(),
  TokenType: 'Bearer',
  ExpiresIn: 3600,
})

export function revokeTokens(state: State, user: User): void {
  endTokenSessions(state, user)
  for (const [token, { sub }] of state.refreshTokens)
    if (sub === user.sub) state.refreshTokens.delete(token)
}

/** Good for three minutes and one use. */
export function openChallenge(state: State, session: Omit<ChallengeSession, 'expiresAt'>): string {
  const id = invent()
  state.challenges.set(id, { ...session, expiresAt: state.now() + 180_000 })
  return id
}

export function takeChallenge(state: State, id: string): ChallengeSession | undefined {
  const session = state.challenges.get(id)
  state.challenges.delete(id)
  return session && session.expiresAt > state.now() ? session : undefined
}
