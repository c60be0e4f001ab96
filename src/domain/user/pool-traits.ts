import type { Json } from '../../core/canonical.ts'
import type { PoolSnapshot } from '../../core/directory.ts'
import { valueAt } from '../pool/paths.ts'

/** What a pool's settings mean for the names and contacts of its users. */
export interface UserTraits {
  /** `email`, `phone_number`: people sign in with these alone, and Cognito makes usernames up. */
  readonly signInWith: readonly string[]
  /** `email`, `phone_number`, `preferred_username`: people may sign in with these too, once verified. */
  readonly aliases: readonly string[]
  /** A new value counts only once the user has verified it. */
  readonly verifiedFirst: readonly string[]
}

export function userTraits({ settings }: PoolSnapshot): UserTraits {
  const list = (path: string) => namesIn(valueAt(settings, path))
  return {
    signInWith: list('UsernameAttributes'),
    aliases: list('AliasAttributes'),
    verifiedFirst: list('UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate'),
  }
}

function namesIn(value: Json | undefined): readonly string[] {
  return Array.isArray(value)
    ? (value as readonly Json[]).filter((one) => typeof one === 'string')
    : []
}

/** Whether no two users of the pool may have the same value. */
export function isUnique({ signInWith, aliases }: UserTraits, attribute: string): boolean {
  return signInWith.includes(attribute) || aliases.includes(attribute)
}
