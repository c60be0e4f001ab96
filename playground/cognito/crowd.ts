import type { Wanted } from './filter.ts'
import { emptyHanded } from './user.ts'
import type { User } from './user.ts'

const givenNames = (
  'Ada Grace Alan Edsger Barbara Donald Margaret Dennis Katherine Linus ' +
  'Radia Ken Frances Niklaus Hedy Tim Joan John Mary Guido'
).split(' ')

const sorted = new Set(['username', 'sub', 'email', 'phone_number', 'name'])

/**
 * Any number of users that are computed, not kept: user `n` is always the same. All of their
 * distinguishing values grow with `n`, so a search is a bisection even among a million.
 */
export class Crowd {
  readonly size: number
  readonly #joinedAt: number

  constructor(size: number, joinedAt: number) {
    this.size = size
    this.#joinedAt = joinedAt
  }

  value(n: number, attribute: string): string | undefined {
    const digits = String(n).padStart(7, '0')
    switch (attribute) {
      case 'username':
        return `member-${digits}`
      case 'sub':
        return `00000000-0000-4000-8000-${digits.padStart(12, '0')}`
      case 'email':
        return `member-${digits}@example.com`
      case 'phone_number':
        return `+1555${digits}`
      case 'name':
        return `Member ${digits}`
      case 'given_name':
        return givenNames[n % givenNames.length]
      case 'email_verified':
        return 'true'
      case 'cognito:user_status':
        return 'CONFIRMED'
      case 'status':
        return 'Enabled'
      default:
        return undefined
    }
  }

  at(n: number): User {
    const names = ['email', 'email_verified', 'name', 'given_name', 'phone_number']
    return {
      seq: n,
      username: this.value(n, 'username') ?? '',
      sub: this.value(n, 'sub') ?? '',
      attributes: new Map(names.map((name) => [name, this.value(n, name) ?? ''])),
      status: 'CONFIRMED',
      enabled: true,
      createdAt: this.#joinedAt,
      modifiedAt: this.#joinedAt,
      password: undefined,
      ...emptyHanded(),
    }
  }

  /** Numbers from `from` on whose user is wanted, in order. */
  *numbers(from: number, wanted: Wanted | undefined): Generator<number> {
    if (wanted === undefined) {
      for (let n = from; n < this.size; n++) yield n
      return
    }
    const inOrder = sorted.has(wanted.attribute)
    const first = inOrder ? Math.max(from, this.#bisect(wanted)) : from
    // Values in order end at the first miss; the others repeat, so a whole round of misses ends them.
    const missesToEnd = inOrder ? 1 : givenNames.length
    for (let n = first, misses = 0; n < this.size && misses < missesToEnd; n++) {
      const found = wanted.accepts(this.value(n, wanted.attribute))
      misses = found ? 0 : misses + 1
      if (found) yield n
    }
  }

  #bisect(wanted: Wanted): number {
    let low = 0
    let high = this.size
    while (low < high) {
      const middle = (low + high) >>> 1
      if (wanted.fold(this.value(middle, wanted.attribute) ?? '') < wanted.value) low = middle + 1
      else high = middle
    }
    return low
  }
}
