import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import type { Json, JsonObject } from '../../../src/core/canonical.ts'
import { withValue } from '../../../src/domain/pool/paths.ts'

/** The members of the SDK's own structures, read from its run-time schema (cognito.md 4.3). */

type Schema = readonly unknown[] | number | (() => Schema)
const STRUCTURE = 3
const MAP = 2

function opened(schema: Schema): readonly unknown[] | number {
  if (typeof schema === 'function') return opened(schema())
  if (!Array.isArray(schema)) return schema
  const [inner] = schema as readonly Schema[]
  return schema.length === 2 && typeof inner !== 'number' ? opened(inner as Schema) : schema
}

/** Every member of an SDK structure by its path, those of lists left out. */
function membersOf(schema: Schema, at = ''): readonly string[] {
  const known = opened(schema)
  if (!Array.isArray(known) || known[0] !== STRUCTURE) return [at]
  const [names, schemas] = [known[4], known[5]] as [string[], Schema[]]
  return names.flatMap((name, index) => {
    const path = at === '' ? name : `${at}.${name}`
    const inner = opened(schemas[index] ?? 0)
    return Array.isArray(inner) && inner[0] === MAP ? [path] : membersOf(schemas[index] ?? 0, path)
  })
}

const schemas = sdk as unknown as Readonly<Record<string, Schema>>
export const updatable = membersOf(schemas['UpdateUserPoolRequest$'] ?? 0)
export const described = membersOf(schemas['UserPoolType$'] ?? 0)
export const creatable = membersOf(schemas['CreateUserPoolRequest$'] ?? 0)
export const mfaDescribed = membersOf(schemas['GetUserPoolMfaConfigResponse$'] ?? 0)

/** An object that has each of these members, with some value. */
export function withEvery(paths: readonly string[]): JsonObject {
  return paths.reduce<JsonObject>((form, path) => withValue(form, path, someValue(path)), {})
}

const MAPS = new Set(['UserPoolTags', 'AcrConfiguration'])
const someValue = (path: string): Json => (MAPS.has(path) ? { key: 'value' } : `of ${path}`)
