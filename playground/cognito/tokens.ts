import { randomBytes } from 'node:crypto'

import type { JsonObject } from './json.ts'
import type { State } from './state.ts'
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
  readonly expiresAt: number
}

const dayMs = 86_400_000

/** Opaque, unlike the real ones: nobody here reads their claims. */
const invent = (): string => randomBytes(32).toString('base64url')

export function issueTokens(state: State, user: User): JsonObject {
  const refreshToken = invent()
  state.refreshTokens.set(refreshToken, { sub: user.sub, expiresAt: state.now() + 30 * dayMs })
  return { ...renewTokens(), RefreshToken: refreshToken }
}

export const renewTokens = (): JsonObject => ({
  AccessToken: invent(),
  IdToken: invent(),
  TokenType: 'Bearer',
  ExpiresIn: 3600,
})

export function revokeTokens(state: State, user: User): void {
  for (const [token, { sub }] of state.refreshTokens)
    if (sub === user.sub) state.refreshTokens.delete(token)
  for (const { sessions } of state.pools.values())
    for (const { id, sub } of sessions.values()) if (sub === user.sub) sessions.delete(id)
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
