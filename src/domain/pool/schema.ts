import type { Json, JsonObject } from '../../core/canonical.ts'
import { canonical } from '../../core/canonical.ts'
import { isObject, plainText } from './paths.ts'

/** The API's limits for what a pool is created with (cognito.md 1). */
export const MOST_ATTRIBUTES = 50
export const MOST_NAME = 20

const text = (name: string, least = '0', most = '2048') =>
  [name, 'String', { StringAttributeConstraints: { MinLength: least, MaxLength: most } }] as const

/** The 20 standard attributes as every pool has them: name, type and bounds. */
const STANDARD: ReadonlyMap<string, JsonObject> = new Map(
  [
    text('sub', '1'),
    ...['name', 'given_name', 'family_name', 'middle_name', 'nickname'].map((one) => text(one)),
    ...['preferred_username', 'profile', 'picture', 'website', 'email'].map((one) => text(one)),
    ['email_verified', 'Boolean', {}] as const,
    text('gender'),
    text('birthdate', '10', '10'),
    ...['zoneinfo', 'locale', 'phone_number'].map((one) => text(one)),
    ['phone_number_verified', 'Boolean', {}] as const,
    text('address'),
    ['updated_at', 'Number', { NumberAttributeConstraints: { MinValue: '0' } }] as const,
  ].map(([name, AttributeDataType, bounds]) => [
    name,
    {
      Name: name,
      AttributeDataType,
      DeveloperOnlyAttribute: false,
      Mutable: true,
      Required: false,
      ...bounds,
    },
  ]),
)

/** Whether Cognito has an attribute of this name in every pool. */
export const isStandardName = (name: string): boolean => STANDARD.has(name)

/** Made by Cognito, and refused in a request. */
const NEVER_SENT = new Set(['sub', 'identities'])

/**
 * The schema that makes a pool with the same attributes: prefixes stripped, standard attributes only
 * where they differ from the standard. `fault` says why that is not possible.
 */
export function schemaToCreate(attributes: Json | undefined): {
  readonly schema: readonly JsonObject[]
  readonly fault: string | undefined
} {
  const rows = Array.isArray(attributes) ? attributes.filter(isObject) : []
  const schema = rows
    .filter((row) => !NEVER_SENT.has(plainText(row['Name'])) && !isStandard(row))
    .map(stripped)
  return { schema, fault: faultIn(schema) }
}

function isStandard(row: JsonObject): boolean {
  const standard = STANDARD.get(plainText(row['Name']))
  return standard !== undefined && canonical(standard) === canonical(row)
}

/** `dev:custom:seats` is the developer-only attribute `seats`. */
function stripped(row: JsonObject): JsonObject {
  const name = plainText(row['Name'])
  const own = name.startsWith('dev:')
  return {
    ...row,
    Name: name.replace(/^dev:/, '').replace(/^custom:/, ''),
    ...(own ? { DeveloperOnlyAttribute: true } : {}),
  }
}

function faultIn(schema: readonly JsonObject[]): string | undefined {
  if (schema.length > MOST_ATTRIBUTES)
    return `A pool is created with at most ${MOST_ATTRIBUTES} attributes, and this one has ${schema.length} of its own. Create it with fewer and add the rest with AddCustomAttributes.`
  const long = schema.find(({ Name }) => plainText(Name).length > MOST_NAME)
  return (
    long &&
    `The attribute ${plainText(long['Name'])} has a name of more than ${MOST_NAME} characters, which Cognito no longer takes. Create the pool from the form instead.`
  )
}
