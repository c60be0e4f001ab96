import type { PoolSettings } from './pool-settings.ts'

export interface PasswordPolicy {
  readonly minimumLength: number
  readonly upper: boolean
  readonly lower: boolean
  readonly digit: boolean
  readonly symbol: boolean
  readonly historySize: number
  readonly validityMs: number
}

const dayMs = 86_400_000

/** An absent flag counts as required; validity days 0 count as absent (PasswordPolicyType). */
export function passwordPolicy(settings: PoolSettings): PasswordPolicy {
  const policy = settings.Policies?.PasswordPolicy ?? {}
  const legacyDays = settings.AdminCreateUserConfig?.UnusedAccountValidityDays
  const days = policy.TemporaryPasswordValidityDays ?? legacyDays
  return {
    minimumLength: policy.MinimumLength ?? 8,
    upper: policy.RequireUppercase ?? true,
    lower: policy.RequireLowercase ?? true,
    digit: policy.RequireNumbers ?? true,
    symbol: policy.RequireSymbols ?? true,
    historySize: policy.PasswordHistorySize ?? 0,
    validityMs: (days || 7) * dayMs,
  }
}

// The guide's list (user-pool-settings-policies); a character outside it belongs to no class.
const symbols = new Set('^$*.[]{}()?"!@#%&/\\,><\':;|_~`=+-')

/** What the policy has against the password, in AWS's words; undefined when nothing. */
export function policyFault(password: string, policy: PasswordPolicy): string | undefined {
  const characters = Array.from(password)
  const has = (test: (character: string) => boolean) => characters.some(test)
  if (characters.length < policy.minimumLength) return 'Password not long enough'
  if (policy.upper && !has((c) => c >= 'A' && c <= 'Z'))
    return 'Password must have uppercase characters'
  if (policy.lower && !has((c) => c >= 'a' && c <= 'z'))
    return 'Password must have lowercase characters'
  if (policy.digit && !has((c) => c >= '0' && c <= '9'))
    return 'Password must have numeric characters'
  if (policy.symbol && !has((c) => symbols.has(c))) return 'Password must have symbol characters'
  return undefined
}
