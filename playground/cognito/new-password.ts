import { passwordPolicy, policyFault } from './password-policy.ts'
import { hashSecret, matches } from './passwords.ts'
import type { Pool } from './pool.ts'
import { ServiceError } from './service-error.ts'
import type { User } from './user.ts'

/** Refuses what the pool's policy or the user's history does not allow. */
export function checkNewPassword(pool: Pool, user: User | undefined, password: string): void {
  const policy = passwordPolicy(pool.settings)
  const fault = policyFault(password, policy)
  if (fault !== undefined)
    throw new ServiceError(
      'InvalidPasswordException',
      `Password did not conform with password policy: ${fault}`,
    )
  const used = policy.historySize > 0 ? (user?.history.slice(-policy.historySize) ?? []) : []
  if (used.some((kept) => matches(password, kept)))
    throw new ServiceError(
      'PasswordHistoryPolicyViolationException',
      'Password has already been used; choose another one.',
    )
}

const longestHistory = 24

export function keepPassword(user: User, password: string, temporary: boolean, now: number): void {
  const kept = hashSecret(password, now, temporary)
  user.password = kept
  user.history = [...user.history, kept].slice(-longestHistory)
  user.status = temporary ? 'FORCE_CHANGE_PASSWORD' : 'CONFIRMED'
  user.code = undefined
}
