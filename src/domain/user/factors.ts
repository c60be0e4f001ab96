import type { AuthFactors, PoolSnapshot, User } from '../../core/directory.ts'
import type { Resolution } from '../../core/operation.ts'
import { Refusal } from '../../core/refusal.ts'

const FACTOR_WORDS: Readonly<Record<string, string>> = {
  SOFTWARE_TOKEN_MFA: 'authenticator app',
  SMS_MFA: 'codes by SMS',
  EMAIL_OTP: 'codes by e-mail',
  WEB_AUTHN: 'passkeys',
  PASSWORD: 'password',
  SMS_OTP: 'codes by SMS',
  SOFTWARE_TOKEN: 'authenticator app',
}

/** Factors in words: `authenticator app, codes by SMS`; `none`. */
export function factorList(factors: readonly string[]): string {
  return [...new Set(factors.map((one) => FACTOR_WORDS[one] ?? one))].join(', ') || 'none'
}

const APP = 'SOFTWARE_TOKEN_MFA'

/** What resetting second factors would do. */
export interface MfaReset {
  /** The authenticator app is removed. */
  readonly app: boolean
  /** Codes by SMS and e-mail are turned off. */
  readonly codes: boolean
  readonly happens: string
  readonly remains: string
  readonly warnings: readonly string[]
}

/** `turnOff`: SMS and e-mail codes too. Throws the refusal of what Cognito cannot do (cognito.md 3.3). */
export function mfaReset(
  { mfa }: Pick<AuthFactors, 'mfa'>,
  { settings }: PoolSnapshot,
  turnOff: boolean,
): MfaReset {
  const app = mfa.includes(APP)
  const others = mfa.filter((factor) => factor !== APP)
  const required = settings['MfaConfiguration'] === 'ON'
  requireCure(app, others, required, turnOff)
  const codes = turnOff && others.length > 0
  return {
    app,
    codes,
    happens: [
      ...(app ? ['The authenticator app is removed.'] : []),
      ...(codes ? [`Turned off as second factors: ${factorList(others)}.`] : []),
    ].join(' '),
    remains: factorList(codes ? [] : others),
    warnings: [
      ...(required
        ? [
            'This pool asks everybody for a second factor: the user sets a new one up at the next sign-in.',
          ]
        : []),
      ...(app && !required
        ? ['The user can sign in with the password alone until they set one up again.']
        : []),
      ...(app && others.length > 0 && !codes
        ? [`The user is still asked for ${factorList(others)}.`]
        : []),
      'Passkeys stay: Cognito lets nobody but the user remove them.',
    ],
  }
}

function requireCure(
  app: boolean,
  others: readonly string[],
  required: boolean,
  turnOff: boolean,
): void {
  if (turnOff && others.length > 0 && required)
    throw new Refusal(
      `This pool asks everybody for a second factor, so Cognito does not turn ${factorList(others)} off. Correct the phone number or e-mail address with update-user instead.`,
      { field: 'turn_off' },
    )
  if (app || (turnOff && others.length > 0)) return
  if (others.length === 0)
    throw new Refusal('This user has set up no second factor.', { field: 'user' })
  throw new Refusal(
    `This user has no authenticator app, only ${factorList(others)}. Tick the box to turn that off, or correct the phone number or e-mail address with update-user.`,
    { field: 'turn_off' },
  )
}

/** What a reading tells of a reset. Codes that are still there may be what is left of half a reset. */
export function resetSeen({ mfa }: Pick<AuthFactors, 'mfa'>, turnOff: boolean): Resolution {
  if (mfa.includes(APP)) return 'not-applied'
  return turnOff && mfa.length > 0 ? 'unknown' : 'applied'
}

/** What the pool's answer to AdminGetUser says of second factors. */
export const factorsOf = ({ mfa, preferredMfa }: User): string => {
  const first =
    preferredMfa === undefined || mfa.length < 2
      ? ''
      : `; asked for first: ${factorList([preferredMfa])}`
  return `${factorList(mfa)}${first}`
}
