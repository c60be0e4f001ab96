import type { Sessions, User, UserSession } from '../../core/directory.ts'
import type { Link, Row } from '../../core/operation.ts'
import { spanOf } from '../../core/span.ts'
import { momentOf } from './moments.ts'

/** What signing somebody out does not end (cognito.md 3.3). Said in the plan and in the result. */
export const SIGN_OUT_LEAVES: readonly string[] = [
  'Apps that check tokens without asking Cognito let the user go on until those expire.',
  'The sign-in cookie of the hosted sign-in page stays: in that browser the user may get in again without a password.',
]

/** A session as one line that says nothing about where somebody is. */
export function sessionTitle({ id, createdAt }: UserSession): string {
  const kind = id.startsWith('sso') ? 'Sign-in page' : 'App'
  return `${kind}, since ${createdAt ? momentOf(createdAt) : 'an unknown time'}`
}

/** A session in a list. Place, device and address are personal data. */
export function sessionRow(session: UserSession, now: number, whole: boolean, link?: Link): Row {
  const { lastSeenAt, where } = session
  const seen = lastSeenAt
    ? `Last used ${spanOf(Math.max(0, now - lastSeenAt.getTime()))} ago`
    : 'Not used since'
  const place = whole && where !== '' ? ` · ${where}` : ''
  return { title: sessionTitle(session), text: `${seen}${place}`, ...(link ? { link } : {}) }
}

/** How many sign-ins there are, or why nobody knows. */
export function sessionCount(sessions: Sessions): string {
  if (!sessions.tracked) return sessions.why
  const { length } = sessions.rows
  const more = sessions.complete ? '' : ' or more'
  if (length === 0) return 'Nobody is signed in as this user, as far as Cognito knows.'
  return length === 1 && sessions.complete ? '1 sign-in' : `${length}${more} sign-ins`
}

/** What ends with a session. `linked`: also what it belongs to. */
export function revokeWords(session: UserSession, linked: boolean): string {
  if (!linked) return 'Its tokens stop working at Cognito. Other sign-ins of the user stay.'
  return session.id.startsWith('sso')
    ? 'Its tokens stop working at Cognito, and so do the apps that were signed in through it.'
    : 'Its tokens stop working at Cognito, and so does the sign-in page it came from.'
}

/** The link to ending this session. */
export function revokeLink(user: Pick<User, 'pool' | 'sub'>, session: UserSession): Link {
  const values = { pool: user.pool.id, user: user.sub, session: session.id }
  return { label: 'End it', operation: 'revoke-session', values }
}
