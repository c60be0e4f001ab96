import { createHash } from 'node:crypto'

export type Json = null | boolean | number | string | readonly Json[] | JsonObject

export interface JsonObject {
  readonly [key: string]: Json | undefined
}

/** JSON with sorted keys and no undefined members: the same value always gives the same text. */
export function canonical(value: unknown): string {
  // Most values that are compared are a word or a number.
  return isObjectOrList(value) ? JSON.stringify(value, withSortedKeys) : JSON.stringify(value)
}

function withSortedKeys(_key: string, member: unknown): unknown {
  return isObjectOrList(member) && !Array.isArray(member)
    ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : member
}

const isObjectOrList = (value: unknown): value is object =>
  value !== null && typeof value === 'object'

/** SHA-256 over the canonical text, as 64 hexadecimal digits. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex')
}
