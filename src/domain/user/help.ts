import type { PoolProfile, User, UserSummary } from '../../core/directory.ts'
import { labelOf } from '../../core/directory.ts'
import { spanOf } from '../../core/span.ts'
import { codeReachable, resetAdvice } from '../user-status.ts'

/** Everything that can be done with one user. The first three are ways of reset-password. */
export const USER_ACTIONS = [
  'email-code',
  'temporary',
  'permanent',
  'resend-invitation',
  'confirm-user',
  'enable-user',
  'disable-user',
  'sign-out-user',
  'list-sessions',
  'revoke-session',
  'reset-mfa',
  'update-user',
  'add-to-group',
  'remove-from-group',
  'delete-user',
] as const
export type UserAction = (typeof USER_ACTIONS)[number]

export type Offer =
  | { readonly offered: true; readonly why: string }
  | { readonly offered: false; readonly reason: string }

/** What can be done for one user now, and why (the table of cognito.md 3.2). */
export interface Help {
  /** How a person would name the user. */
  readonly label: string
  /** The state the user is in, in a few sentences, with ages that grow. */
  readonly state: string
  /** The same as a plan shows it: it reads alike tomorrow. */
  readonly standing: string
  readonly actions: Readonly<Record<UserAction, Offer>>
  /** What is likely to help, best first: never more than a few. */
  readonly first: readonly UserAction[]
}

type Helped = UserSummary & Partial<Pick<User, 'mfa' | 'createdAt' | 'modifiedAt'>>
type HelpingPool = Pick<PoolProfile, 'recovery' | 'temporaryPasswordDays'>

const DAY_MS = 86_400_000

const yes = (why: string): Offer => ({ offered: true, why })
const no = (reason: string): Offer => ({ offered: false, reason })

/** `now` in milliseconds; `passwordSetAt`: when our own records say the password was set, if they do. */
export function helpFor(
  user: Helped,
  pool: HelpingPool,
  now: number,
  passwordSetAt?: number,
): Help {
  const actions = actionsFor(user, pool)
  return {
    label: labelOf(user),
    state: stateOf(user, pool, now, passwordSetAt),
    standing: standingOf(user, pool),
    actions,
    first: likelyFor(user, pool).filter((action) => actions[action].offered),
  }
}

/** The columns “offer first” and “also” of the table. */
function likelyFor(user: Helped, pool: HelpingPool): readonly UserAction[] {
  if (!user.enabled) return ['enable-user']
  const factor: readonly UserAction[] = user.mfa?.includes('SOFTWARE_TOKEN_MFA')
    ? ['reset-mfa']
    : []
  switch (user.status) {
    case 'UNCONFIRMED':
      return ['confirm-user', 'temporary']
    case 'FORCE_CHANGE_PASSWORD':
      return ['resend-invitation', 'temporary', ...factor]
    case 'CONFIRMED':
    case 'RESET_REQUIRED':
      return codeReachable(user, pool).reachable
        ? ['email-code', 'temporary', ...factor, 'sign-out-user']
        : ['temporary', ...contact(user, pool), ...factor, 'sign-out-user']
    case 'EXTERNAL_PROVIDER':
      return ['sign-out-user', 'disable-user']
    default:
      return []
  }
}

/** A code would reach the user if their e-mail address were there and verified. */
function contact(user: Helped, { recovery }: HelpingPool): readonly UserAction[] {
  const byEmail = recovery === undefined || recovery.includes('verified_email')
  const lacking = user.email === undefined || !user.emailVerified
  return byEmail && lacking ? ['update-user'] : []
}

const NATIVE = new Set(['UNCONFIRMED', 'CONFIRMED', 'RESET_REQUIRED', 'FORCE_CHANGE_PASSWORD'])
const isFederated = ({ status }: Helped) => status === 'EXTERNAL_PROVIDER'

function actionsFor(user: Helped, pool: HelpingPool): Help['actions'] {
  const { methods } = resetAdvice(user, pool)
  const reset = (method: keyof typeof methods): Offer => {
    const offer = methods[method]
    return offer.offered ? yes(offer.note ?? 'It gives the user a way back in.') : no(offer.reason)
  }
  const unlessStrange = (why: string) => (isStrange(user) ? strange(user) : yes(why))
  return {
    'email-code': reset('email-code'),
    temporary: reset('temporary'),
    permanent: reset('permanent'),
    'resend-invitation': invitation(user),
    'confirm-user': confirmation(user),
    'enable-user': user.enabled
      ? no(`${labelOf(user)} is enabled already.`)
      : unlessStrange('Nothing else helps before that.'),
    'disable-user': user.enabled
      ? unlessStrange('It keeps the user out until somebody enables them again.')
      : no(`${labelOf(user)} is disabled already.`),
    'sign-out-user': unlessStrange('It ends the sign-ins that Cognito knows of.'),
    'list-sessions': yes('It shows the sign-ins, where the pool remembers them.'),
    'revoke-session': unlessStrange('It ends one sign-in, where the pool remembers them.'),
    'reset-mfa': mfaReset(user),
    'update-user': unlessStrange('It changes one attribute.'),
    'add-to-group': unlessStrange('It counts from the next token on.'),
    'remove-from-group': unlessStrange('It counts from the next token on.'),
    'delete-user': unlessStrange(
      'It cannot be taken back: disabling keeps the user out just as well.',
    ),
  }
}

const isStrange = (user: Helped) => !NATIVE.has(user.status) && !isFederated(user)

function strange(user: Helped): Offer {
  return no(
    `${labelOf(user)} is in a state that Lifeguard does not change (${user.status}). Ask a person who knows this pool.`,
  )
}

function federated(user: Helped, lacks: string): Offer {
  return no(
    `${labelOf(user)} signs in through an identity provider, so ${lacks}. Ask whoever runs that identity provider.`,
  )
}

const disabled = (user: Helped): Offer => no(`${labelOf(user)} is disabled. Enable the user first.`)

function invitation(user: Helped): Offer {
  if (isStrange(user)) return strange(user)
  if (isFederated(user)) return federated(user, 'there is no invitation to send again')
  if (user.status !== 'FORCE_CHANGE_PASSWORD')
    return no(
      `${labelOf(user)} does not wait for an invitation: only users who have a temporary password do.`,
    )
  if (!user.enabled) return disabled(user)
  return user.email === undefined
    ? no('There is no e-mail address that an invitation could go to. Set a temporary password.')
    : yes(`Cognito sends a new temporary password to ${user.email}; the old one stops working.`)
}

function confirmation(user: Helped): Offer {
  if (isStrange(user)) return strange(user)
  if (isFederated(user)) return federated(user, 'there is nothing to confirm here')
  if (user.status !== 'UNCONFIRMED') return no(`${labelOf(user)} is confirmed already.`)
  return user.enabled ? yes('The user can sign in with the password they chose.') : disabled(user)
}

function mfaReset(user: Helped): Offer {
  if (isStrange(user)) return strange(user)
  if (isFederated(user)) return federated(user, 'there is no second factor here')
  if (user.status === 'UNCONFIRMED')
    return no(`${labelOf(user)} has not been confirmed yet. Confirm the user first.`)
  if (user.mfa !== undefined && user.mfa.length === 0)
    return no(`${labelOf(user)} has set up no second factor.`)
  return yes('For somebody who has lost their phone or authenticator.')
}

/** `ada was invited and has not signed in yet. Invited 9 days ago. The temporary password has probably expired.` */
function stateOf(
  user: Helped,
  pool: HelpingPool,
  now: number,
  passwordSetAt: number | undefined,
): string {
  const { state } = resetAdvice(user, pool)
  if (user.status !== 'FORCE_CHANGE_PASSWORD') return state
  const told = passwordSetAt ?? user.modifiedAt?.getTime()
  const sentences = [
    state,
    ...(user.createdAt
      ? [`Invited ${spanOf(Math.max(0, now - user.createdAt.getTime()))} ago.`]
      : []),
    ...(told === undefined ? [] : [validity(told, pool, now, passwordSetAt !== undefined)]),
  ]
  return sentences.join(' ')
}

function standingOf(user: Helped, pool: HelpingPool): string {
  const { state } = resetAdvice(user, pool)
  const { createdAt } = user
  return user.status === 'FORCE_CHANGE_PASSWORD' && createdAt
    ? `${state} Invited on ${createdAt.toISOString().slice(0, 10)}.`
    : state
}

/** Cognito does not tell when a temporary password ends; the date of the last change is a guess. */
function validity(setAt: number, pool: HelpingPool, now: number, certain: boolean): string {
  const left = setAt + pool.temporaryPasswordDays * DAY_MS - now
  const probably = certain ? '' : 'probably '
  return left <= 0
    ? `The temporary password has ${probably}expired.`
    : `The temporary password ${probably}expires in about ${spanOf(left)}.`
}
