import { generate } from 'generate-password'
import type { PasswordPolicy } from '../core/directory.ts'
import { Secret } from '../core/secret.ts'

/** Safe on keyboards, in shells and in Slack; generate-password puts them unescaped into a RegExp class. */
export const SYMBOLS = '!#$%+=?@'

/** The special characters Cognito counts (AWS developer guide, user-pool-settings-policies). */
const COGNITO_SYMBOL = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+-]/

/** Cognito's own minimum when a pool's policy names none. */
const LEAST_LENGTH = 8
const MOST_LENGTH = 256

function leastLength(policy: PasswordPolicy): number {
  return policy.MinimumLength ?? LEAST_LENGTH
}

/** A random password that fits the policy, of at least `least` characters; 22 are 131 bits. */
export function temporaryPassword(policy: PasswordPolicy, least: number): Secret {
  const password = generate({
    length: Math.max(leastLength(policy), least),
    lowercase: true,
    uppercase: true,
    numbers: true,
    symbols: SYMBOLS,
    strict: true,
    excludeSimilarCharacters: true,
    // The similar characters leave out everything but 1.
    exclude: '1',
  })
  const faults = passwordFaults(password, policy)
  if (faults.length > 0)
    throw new Error(`A generated password does not fit the pool: ${faults.join(', ')}.`)
  return new Secret(password)
}

/** What keeps Cognito from taking this password; empty when nothing does. Quotes no part of it. */
export function passwordFaults(password: string, policy: PasswordPolicy): string[] {
  const least = leastLength(policy)
  // Whether Cognito counts code points or UTF-16 units is not documented: the stricter one counts.
  const shortest = Array.from(password).length
  const missing = (asked: boolean | undefined, class_: RegExp) =>
    asked !== false && !class_.test(password)
  const checks: readonly (readonly [boolean, string])[] = [
    [shortest < least, `shorter than ${least} characters`],
    [password.length > MOST_LENGTH, `longer than ${MOST_LENGTH} characters`],
    [/\s/u.test(password), 'has white space'],
    [missing(policy.RequireLowercase, /[a-z]/), 'has no lower-case letter'],
    [missing(policy.RequireUppercase, /[A-Z]/), 'has no upper-case letter'],
    [missing(policy.RequireNumbers, /[0-9]/), 'has no digit'],
    [missing(policy.RequireSymbols, COGNITO_SYMBOL), 'has no symbol'],
  ]
  return checks.filter(([broken]) => broken).map(([, sentence]) => sentence)
}
