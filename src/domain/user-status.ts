import type { PoolProfile, RecoveryMechanism, UserSummary } from '../core/directory.ts'
import { labelOf } from '../core/directory.ts'

type ResetMethod = 'email-code' | 'temporary' | 'permanent'

type Offer =
  | { readonly offered: true; readonly note?: string }
  | { readonly offered: false; readonly reason: string }

/** Which ways to a new password make sense for one user, and why. */
export interface ResetAdvice {
  /** The state the user is in, in one sentence. */
  readonly state: string
  /** One or two sentences: the state the user is in and what follows from it. */
  readonly explanation: string
  readonly methods: Readonly<Record<ResetMethod, Offer>>
  /** The method to propose; undefined when none is offered. */
  readonly first: ResetMethod | undefined
  /** What the person should know before any offered method is used. */
  readonly warnings: readonly string[]
}

export type Reach =
  | { readonly reachable: true; readonly contact: 'email' | 'phone'; readonly at: string }
  | { readonly reachable: false; readonly why: string }

type AdvisedUser = UserSummary & { readonly mfa?: readonly string[] }
type AdvisedPool = Pick<PoolProfile, 'recovery'>

/** A pool without the setting recovers by SMS first, then by e-mail (cognito.md 3.2). */
const LEGACY_RECOVERY: readonly RecoveryMechanism[] = ['verified_phone_number', 'verified_email']

/** Where Cognito would send a reset code, or why it would send none. */
export function codeReachable(user: AdvisedUser, pool: AdvisedPool): Reach {
  const ways = (pool.recovery ?? LEGACY_RECOVERY).filter((way) => way !== 'admin_only')
  if (ways.length === 0)
    return { reachable: false, why: 'This pool lets only administrators reset passwords.' }
  const tried = ways.map((way) => (way === 'verified_email' ? byEmail(user) : byPhone(user)))
  const found = tried.find((reach) => reach.reachable)
  return (
    found ?? {
      reachable: false,
      why: tried.map((reach) => (reach.reachable ? '' : reach.why)).join(' '),
    }
  )
}

function byEmail(user: AdvisedUser): Reach {
  if (user.email === undefined) return { reachable: false, why: 'There is no e-mail address.' }
  if (!user.emailVerified) return { reachable: false, why: 'The e-mail address is not verified.' }
  if (user.mfa?.includes('EMAIL_OTP'))
    return {
      reachable: false,
      why: 'E-mail is this user’s second factor, so Cognito sends no reset code there.',
    }
  return { reachable: true, contact: 'email', at: user.email }
}

function byPhone(user: AdvisedUser): Reach {
  if (user.phone === undefined) return { reachable: false, why: 'There is no phone number.' }
  if (!user.phoneVerified) return { reachable: false, why: 'The phone number is not verified.' }
  if (user.mfa?.includes('SMS_MFA'))
    return {
      reachable: false,
      why: 'SMS is this user’s second factor, so Cognito sends no reset code there.',
    }
  return { reachable: true, contact: 'phone', at: user.phone }
}

/** The reset rows of cognito.md 3.2. */
export function resetAdvice(user: AdvisedUser, pool: AdvisedPool): ResetAdvice {
  const advice = byStatus(user, pool)
  return user.enabled || advice.first === undefined ? advice : whileDisabled(user)
}

function byStatus(user: AdvisedUser, pool: AdvisedPool): ResetAdvice {
  const name = labelOf(user)
  switch (user.status) {
    case 'CONFIRMED':
      return withCode(user, pool, `${name} is active.`)
    case 'RESET_REQUIRED':
      return withCode(
        user,
        pool,
        `${name} was already asked to choose a new password and has not done so.`,
      )
    case 'FORCE_CHANGE_PASSWORD':
      return passwordOnly(
        `${name} was invited and has not signed in yet.`,
        'A reset code cannot be sent in this state; set a temporary password instead.',
        'Cognito sends no reset code before the first sign-in. Set a temporary password instead.',
      )
    case 'UNCONFIRMED':
      return passwordOnly(
        `${name} signed up and has not confirmed the account yet.`,
        'A reset code cannot be sent in this state; set a temporary password instead.',
        'Cognito sends no reset code to an unconfirmed user. Set a temporary password instead.',
        [
          `${name} is unconfirmed: a new password also confirms the account, without checking the e-mail address.`,
        ],
      )
    case 'EXTERNAL_PROVIDER':
      return nothing(
        `${name} signs in through an identity provider, so there is no password to reset here. Ask whoever runs that identity provider.`,
      )
    default:
      return nothing(
        `${name} is in a state that Lifeguard does not change (${user.status}). Ask a person who knows this pool.`,
      )
  }
}

function withCode(user: AdvisedUser, pool: AdvisedPool, state: string): ResetAdvice {
  const reach = codeReachable(user, pool)
  if (!reach.reachable)
    return passwordOnly(
      state,
      `A reset code cannot reach this user: ${reach.why} Set a temporary password instead.`,
      `A reset code cannot reach this user. ${reach.why}`,
    )
  const way = reach.contact === 'email' ? 'by e-mail' : 'by SMS'
  const sends = `Cognito sends the code ${way} to ${reach.at}.`
  return {
    state,
    explanation: `${state} A code can go ${way} to ${reach.at}; then nobody else sees a secret.`,
    methods: { 'email-code': { offered: true, note: sends }, ...PASSWORDS },
    first: 'email-code',
    warnings: [],
  }
}

const PASSWORDS = {
  temporary: { offered: true, note: 'The user must change it at the next sign-in.' },
  permanent: { offered: true, note: 'It stays valid, and you know it too.' },
} as const

function passwordOnly(
  state: string,
  advice: string,
  noCode: string,
  warnings: readonly string[] = [],
): ResetAdvice {
  return {
    state,
    explanation: `${state} ${advice}`,
    methods: { 'email-code': { offered: false, reason: noCode }, ...PASSWORDS },
    first: 'temporary',
    warnings,
  }
}

function nothing(reason: string): ResetAdvice {
  const refused = { offered: false, reason } as const
  return {
    state: reason,
    explanation: reason,
    methods: { 'email-code': refused, temporary: refused, permanent: refused },
    first: undefined,
    warnings: [],
  }
}

/** A disabled user cannot sign in whatever their password is: enabling comes first. */
function whileDisabled(user: AdvisedUser): ResetAdvice {
  const name = labelOf(user)
  const state = `${name} is disabled.`
  return {
    ...nothing(
      `${state} A code or a new password would not let this user in. Enable the user first: /cognito enable-user.`,
    ),
    state,
  }
}
