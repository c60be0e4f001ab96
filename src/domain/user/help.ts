import type { PoolProfile, User, UserSummary } from '../../core/directory.ts'
import { labelOf } from '../../core/directory.ts'
import { spanOf } from '../../core/span.ts'
import { resetAdvice } from '../user-status.ts'

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
  /** The state the user is in, in one or two sentences. */
  readonly state: string
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
    state: stateOf(user, pool, now, passwordSetAt),
    actions,
    first: FIRST.filter((action) => actions[action].offered && helps(user, action)),
  }
}

/** In the order in which they are worth a try. */
const FIRST: readonly UserAction[] = [
  'enable-user',
  'confirm-user',
  'resend-invitation',
  'email-code',
  'temporary',
  'reset-mfa',
  'sign-out-user',
]

/** A temporary password is a second way where a better one is there; both are worth showing. */
function helps(user: Helped, action: UserAction): boolean {
  if (!user.enabled) return action === 'enable-user'
  return action !== 'reset-mfa' || (user.mfa ?? []).includes('SOFTWARE_TOKEN_MFA')
}

const NATIVE = new Set(['UNCONFIRMED', 'CONFIRMED', 'RESET_REQUIRED', 'FORCE_CHANGE_PASSWORD'])

function actionsFor(user: Helped, pool: HelpingPool): Help['actions'] {
  const { methods } = resetAdvice(user, pool)
  const reset = (method: keyof typeof methods): Offer => {
    const offer = methods[method]
    return offer.offered ? yes(offer.note ?? 'It gives the user a way back in.') : no(offer.reason)
  }
  return {
    'email-code': reset('email-code'),
    temporary: reset('temporary'),
    permanent: reset('permanent'),
    'resend-invitation': invitation(user),
    'confirm-user': confirmation(user),
    'enable-user': user.enabled ? no(`${labelOf(user)} is enabled already.`) : enabling(user),
    'disable-user': user.enabled
      ? unlessStrange(user, 'It keeps the user out until somebody enables them again.')
      : no(`${labelOf(user)} is disabled already.`),
    'sign-out-user': unlessStrange(user, 'It ends sign-ins that Cognito knows of.'),
    'reset-mfa': mfaReset(user),
    'update-user': unlessStrange(user, 'It changes one attribute.'),
    'add-to-group': unlessStrange(user, 'It counts from the next token on.'),
    'remove-from-group': unlessStrange(user, 'It counts from the next token on.'),
    'delete-user': yes('It cannot be taken back: disabling keeps the user out just as well.'),
  }
}

function unlessStrange(user: Helped, why: string): Offer {
  return NATIVE.has(user.status) || user.status === 'EXTERNAL_PROVIDER'
    ? yes(why)
    : no(
        `${labelOf(user)} is in a state that Lifeguard does not change (${user.status}). Ask a person who knows this pool.`,
      )
}

function enabling(user: Helped): Offer {
  return unlessStrange(user, 'Nothing else helps before that.')
}

function invitation(user: Helped): Offer {
  if (user.status !== 'FORCE_CHANGE_PASSWORD')
    return no(
      `${labelOf(user)} does not wait for an invitation: only users who have never signed in do.`,
    )
  if (!user.enabled) return no(disabled(user))
  return user.email === undefined
    ? no('There is no e-mail address that an invitation could go to.')
    : yes(`Cognito sends a new temporary password to ${user.email}; the old one stops working.`)
}

function confirmation(user: Helped): Offer {
  if (user.status !== 'UNCONFIRMED') return no(`${labelOf(user)} is confirmed already.`)
  return user.enabled
    ? yes('The user can sign in with the password they chose.')
    : no(disabled(user))
}

const disabled = (user: Helped) => `${labelOf(user)} is disabled. Enable the user first.`

function mfaReset(user: Helped): Offer {
  if (!NATIVE.has(user.status))
    return no(`${labelOf(user)} has no second factor here: an identity provider looks after that.`)
  if (user.status === 'UNCONFIRMED')
    return no(`${labelOf(user)} has not been confirmed yet. Confirm the user first.`)
  if (user.mfa !== undefined && user.mfa.length === 0)
    return no(`${labelOf(user)} has set up no second factor.`)
  return yes('For somebody who has lost their phone or authenticator.')
}

/** `invited 9 days ago; the temporary password has probably expired`. */
function stateOf(
  user: Helped,
  pool: HelpingPool,
  now: number,
  passwordSetAt: number | undefined,
): string {
  const { state } = resetAdvice(user, pool)
  if (user.status !== 'FORCE_CHANGE_PASSWORD') return state
  const told = passwordSetAt ?? user.modifiedAt?.getTime()
  const invited = user.createdAt
    ? ` Invited ${spanOf(Math.max(0, now - user.createdAt.getTime()))} ago.`
    : ''
  return told === undefined
    ? `${state}${invited}`
    : `${state}${invited} ${validity(told, pool, now, passwordSetAt !== undefined)}`
}

/** Cognito does not tell when a temporary password ends; the date of the last change is a guess. */
function validity(setAt: number, pool: HelpingPool, now: number, certain: boolean): string {
  const left = setAt + pool.temporaryPasswordDays * DAY_MS - now
  const probably = certain ? '' : 'probably '
  return left <= 0
    ? `The temporary password has ${probably}expired.`
    : `The temporary password ${probably}expires in about ${spanOf(left)}.`
}
