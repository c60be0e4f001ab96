import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'

import type { PasswordPolicy } from './password-policy.ts'

/** Salted, and cheap on purpose: a local Cognito must not slow a benchmark down. */
export interface PasswordHash {
  readonly salt: string
  readonly hash: string
  readonly temporary: boolean
  readonly setAt: number
}

const digest = (salt: string, secret: string): string =>
  createHash('sha256').update(`${salt}:${secret}`).digest('hex')

export function hashSecret(secret: string, setAt: number, temporary = false): PasswordHash {
  const salt = randomBytes(16).toString('hex')
  return { salt, hash: digest(salt, secret), temporary, setAt }
}

export function matches(secret: string, kept: PasswordHash): boolean {
  return timingSafeEqual(Buffer.from(digest(kept.salt, secret)), Buffer.from(kept.hash))
}

const classes = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789', '!#$%+=?@']

/** As Cognito makes one for an invitation: it obeys every policy flag at once. */
export function inventPassword(policy: PasswordPolicy): string {
  const every = classes.join('')
  const length = Math.max(policy.minimumLength, 12)
  const drawn = classes.map(pick)
  while (drawn.length < length) drawn.push(pick(every))
  for (let last = drawn.length - 1; last > 0; last--) {
    const other = randomInt(last + 1)
    const [a = '', b = ''] = [drawn[last], drawn[other]]
    drawn[last] = b
    drawn[other] = a
  }
  return drawn.join('')
}

const pick = (alphabet: string): string => alphabet.charAt(randomInt(alphabet.length))

export const inventCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')
