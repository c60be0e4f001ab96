import { randomBytes } from 'node:crypto'
import type { Clock, Ids } from './ports.ts'

/** Crockford's base 32: no letter that looks like a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TIME_DIGITS = 9
const REQUEST_ID = /^[0-9a-z]{9}[0-9A-HJKMNP-TV-Z]{20}$/

/** A request id holds the time it was minted, so that rights can be asked for newer than its form. */
export function createIds(now: Clock, random: (bytes: number) => Uint8Array = randomBytes): Ids {
  const letters = (count: number) =>
    Array.from(random(count), (byte) => ALPHABET[byte % ALPHABET.length]).join('')
  return {
    request: () => now().toString(36).padStart(TIME_DIGITS, '0') + letters(20),
    reference: () => `LG-${letters(6)}`,
  }
}

/** When the form of this request was opened, in milliseconds since the epoch; undefined for any other text. */
export function mintedAt(id: string): number | undefined {
  return REQUEST_ID.test(id) ? Number.parseInt(id.slice(0, TIME_DIGITS), 36) : undefined
}
