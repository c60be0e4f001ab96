import { defaultPoolSwitches } from './switches-pools.ts'
import type { PoolSwitches } from './switches-pools.ts'

/**
 * Where nobody has measured the real Cognito (or where it varies), both answers are possible here
 * and the bot has to survive either.
 */
export interface Switches extends PoolSwitches {
  /** AdminResetUserPassword for a user who already is RESET_REQUIRED. */
  resetAgain: 'accept' | 'refuse'
  /** Whether such a repeat moves UserLastModifiedDate. */
  resetAgainMovesDate: boolean
  /** AdminResetUserPassword for an UNCONFIRMED user. */
  resetUnconfirmed: 'accept' | 'refuse'
  /** AdminSetUserPassword for a disabled user. */
  setPasswordOnDisabled: 'accept' | 'refuse'
  /** AdminAddUserToGroup for a member, AdminRemoveUserFromGroup for somebody who is none. */
  repeatedMembership: 'accept' | 'refuse'
  /** Status of a user created without a password in a pool that allows passwordless sign-in. */
  passwordlessStatus: 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD'
  /** AdminCreateUser RESEND that carries attributes. */
  resendAttributes: 'ignore' | 'refuse'
  /** Whether RESEND moves UserLastModifiedDate. */
  resendMovesDate: boolean
  /** Whether a ListUsers filter on `email` minds capital letters: the sources disagree. */
  emailFilterCase: 'sensitive' | 'insensitive'
  /** Every list answers an empty page with a token before each page with entries. */
  emptyPages: boolean
  /** AdminDeleteSoftwareToken for a user who has none. */
  absentSoftwareToken: 'accept' | 'refuse'
  /** How old the picture is that ListUsers shows; AdminGetUser is always fresh. */
  listLagMs: number
  /** How old the picture is that AdminListUserSessions shows. */
  sessionLagMs: number
  /** AdminListUserSessions and AdminRevokeUserSession where the pool tracks no sessions. */
  untrackedSessions: 'refuse' | 'empty'
  /** What a LITE pool says of user sessions: the tier lacks them, or they are not tracked. */
  liteSessions: 'refuse' | 'untracked'
  /** AdminRevokeUserSession with a session of somebody else. */
  foreignSession: 'not-found' | 'not-authorized'
}

export const defaultSwitches: Switches = {
  ...defaultPoolSwitches,
  resetAgain: 'accept',
  resetAgainMovesDate: true,
  resetUnconfirmed: 'refuse',
  setPasswordOnDisabled: 'accept',
  repeatedMembership: 'accept',
  passwordlessStatus: 'CONFIRMED',
  resendAttributes: 'refuse',
  resendMovesDate: true,
  emailFilterCase: 'sensitive',
  emptyPages: false,
  absentSoftwareToken: 'refuse',
  listLagMs: 0,
  sessionLagMs: 0,
  untrackedSessions: 'refuse',
  liteSessions: 'refuse',
  foreignSession: 'not-found',
}
