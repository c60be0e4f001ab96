import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import * as fc from 'fast-check'
import type { Json, JsonObject } from '../../../src/core/canonical.ts'
import { withValue } from '../../../src/domain/pool/paths.ts'
import { SETTINGS } from '../../../src/domain/pool/settings.ts'
import type { Setting } from '../../../src/domain/pool/settings.ts'
import { valueFor } from './arbitrary.ts'

/*
 * The SDK's run-time schemas: `[kind, namespace, name, traits, names, schemas]`, a function that
 * gives one, or the number of a simple type.
 */
type Schema = readonly unknown[] | number | (() => Schema)
const STRUCTURE = 3
const MAP = 2
const NUMBER = 1
const BOOLEAN = 2
const DATE = 4
const LIST_OF_TEXTS = 64

function opened(schema: Schema): readonly unknown[] | number {
  if (typeof schema === 'function') return opened(schema())
  if (!Array.isArray(schema)) return schema
  const [inner] = schema as readonly Schema[]
  return schema.length === 2 && typeof inner !== 'number' ? opened(inner as Schema) : schema
}

const schemas = sdk as unknown as Readonly<Record<string, Schema>>

/** Every member of an SDK structure by its path, with its schema. What is inside lists and maps is left out. */
function leavesIn(schema: Schema, at = ''): readonly (readonly [string, Schema])[] {
  const known = opened(schema)
  if (!Array.isArray(known) || known[0] !== STRUCTURE) return [[at, schema]]
  const [names, inner] = [known[4], known[5]] as [string[], Schema[]]
  return names.flatMap((name, index) => {
    const path = at === '' ? name : `${at}.${name}`
    const one = opened(inner[index] ?? 0)
    return Array.isArray(one) && one[0] === MAP ? [[path, one] as const] : leavesIn(one, path)
  })
}

/** The paths of every member of a structure such as `UserPoolType$`. */
export const membersOf = (name: string): readonly string[] =>
  leavesIn(schemas[name] ?? 0).map(([path]) => path)

/** One value that Cognito takes for the setting, always the same. */
export function legalValue(setting: Setting): Json {
  const [value = null] = fc.sample(valueFor(setting), { seed: 7, numRuns: 1 })
  return value
}

/** A structure that holds every member, as an answer of Cognito could. */
export function withEveryMember(name: string): JsonObject {
  return leavesIn(schemas[name] ?? 0).reduce<JsonObject>(
    (form, [path, schema]) => withValue(form, path, valueOf(path, opened(schema))),
    {},
  )
}

function valueOf(path: string, schema: readonly unknown[] | number): Json {
  const setting = SETTINGS.get(path)
  if (setting) return legalValue(setting)
  if (path === 'SchemaAttributes') return [{ Name: 'email', AttributeDataType: 'String' }]
  switch (schema) {
    case NUMBER:
      return 12
    case BOOLEAN:
      return true
    case DATE:
      return '2026-03-04T05:06:07.000Z'
    case LIST_OF_TEXTS:
      return ['email']
    default:
      return `text of ${path}`
  }
}
