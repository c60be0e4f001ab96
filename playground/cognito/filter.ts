import { invalidParameter } from './service-error.ts'
import type { Switches } from './switches.ts'

/** A ListUsers filter, understood. */
export interface Wanted {
  readonly attribute: string
  readonly value: string
  fold(value: string): string
  accepts(value: string | undefined): boolean
}

const searchable = new Set([
  'username',
  'email',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'cognito:user_status',
  'status',
  'sub',
])

// name ws? ("=" | "^=") ws? '"' value '"', where a value escapes its quotes and backslashes.
const grammar = /^([A-Za-z_:]+)[ \t\r\n]*(\^?=)[ \t\r\n]*"((?:[^"\\]|\\["\\])*)"$/u

/** An empty filter wants everybody; anything outside the grammar is refused. */
export function parseFilter(text: string | undefined, switches: Switches): Wanted | undefined {
  if (text === undefined || text === '') return undefined
  const [, attribute = '', operator = '', quoted = ''] = grammar.exec(text) ?? []
  if (operator === '') throw invalidParameter('Error while parsing filter.')
  if (!searchable.has(attribute)) throw invalidParameter(`Invalid search attribute: ${attribute}`)
  const fold = foldOf(attribute, switches)
  return wanted(attribute, operator === '=', quoted.replaceAll(/\\(["\\])/gu, '$1'), fold)
}

export function wanted(
  attribute: string,
  exact: boolean,
  sought: string,
  fold = (value: string) => value,
): Wanted {
  const value = fold(sought)
  const accepts = (given: string | undefined) => {
    if (given === undefined) return false
    return exact ? fold(given) === value : fold(given).startsWith(value)
  }
  return { attribute, value, fold, accepts }
}

function foldOf(attribute: string, switches: Switches): (value: string) => string {
  const anyCase =
    attribute === 'cognito:user_status' ||
    (attribute === 'email' && switches.emailFilterCase === 'insensitive')
  return anyCase ? (value) => value.toLowerCase() : (value) => value
}
