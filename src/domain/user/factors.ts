import type { AuthFactors, CodeFactor, PoolSnapshot, User } from '../../core/directory.ts'
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

/**
 * The second factors of a user. A registered app counts although it is not in use: where the pool
 * asks everybody for a second factor, Cognito asks for it.
 */
export function secondFactors({
  mfa,
  configured,
}: Pick<AuthFactors, 'mfa' | 'configured'>): readonly string[] {
  return configured.includes('SOFTWARE_TOKEN') && !mfa.includes(APP) ? [...mfa, APP] : mfa
}

const isCode = (factor: string): factor is CodeFactor =>
  factor === 'SMS_MFA' || factor === 'EMAIL_OTP'

/** What resetting second factors would do. */
export interface MfaReset {
  /** The authenticator app is removed. */
  readonly app: boolean
  /** Codes that are turned off: never one the user lacks, which Cognito would refuse. */
  readonly codes: readonly CodeFactor[]
  readonly happens: string
  readonly remains: string
  readonly warnings: readonly string[]
}

/** `turnOff`: SMS and e-mail codes too. Throws the refusal of what Cognito cannot do (cognito.md 3.3). */
export function mfaReset(
  mfa: readonly string[],
  { settings }: PoolSnapshot,
  turnOff: boolean,
): MfaReset {
  const app = mfa.includes(APP)
  const others = mfa.filter((factor) => factor !== APP)
  const required = settings['MfaConfiguration'] === 'ON'
  const codes = turnOff ? others.filter(isCode) : []
  requireCure(app, codes, others, required)
  const rest = others.filter((factor) => !codes.some((code) => code === factor))
  return {
    app,
    codes,
    happens: [
      ...(app ? ['The authenticator app is removed.'] : []),
      ...(codes.length > 0 ? [`Turned off as second factors: ${factorList(codes)}.`] : []),
    ].join(' '),
    remains: factorList(rest),
    warnings: [
      nextSignIn(rest, required),
      'Passkeys stay: Cognito lets nobody but the user remove them.',
    ],
  }
}

function nextSignIn(rest: readonly string[], required: boolean): string {
  if (rest.length > 0) return `The user is still asked for ${factorList(rest)}.`
  return required
    ? 'This pool asks everybody for a second factor: the user sets a new one up at the next sign-in.'
    : 'The user can sign in with the password alone until they set one up again.'
}

function requireCure(
  app: boolean,
  codes: readonly string[],
  others: readonly string[],
  required: boolean,
): void {
  if (codes.length > 0 && required)
    throw new Refusal(
      `This pool asks everybody for a second factor, so Cognito does not turn ${factorList(codes)} off. Correct the phone number or e-mail address with update-user instead.`,
      { field: 'turn_off' },
    )
  if (app || codes.length > 0) return
  if (others.length === 0)
    throw new Refusal('This user has set up no second factor.', { field: 'user' })
  throw new Refusal(
    `This user has no authenticator app, only ${factorList(others)}. Tick the box to turn that off, or correct the phone number or e-mail address with update-user.`,
    { field: 'turn_off' },
  )
}

/** What a reading tells of a reset. Codes that are still there may be what is left of half a reset. */
export function resetSeen(mfa: readonly string[], turnOff: boolean): Resolution {
  if (mfa.includes(APP)) return 'not-applied'
  return turnOff && mfa.some(isCode) ? 'unknown' : 'applied'
}

/** What the pool's answer to AdminGetUser says of second factors. */
export const factorsOf = ({ mfa, preferredMfa }: User): string => {
  const first =
    preferredMfa === undefined || mfa.length < 2
      ? ''
      : `; asked for first: ${factorList([preferredMfa])}`
  return `${factorList(mfa)}${first}`
}
