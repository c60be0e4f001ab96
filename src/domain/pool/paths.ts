import type { Json, JsonObject } from '../../core/canonical.ts'

/** Whether it has members of its own: no list, no null. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a path such as `Policies.PasswordPolicy.MinimumLength`; undefined when it is not there. */
export function valueAt(root: JsonObject, path: string): Json | undefined {
  return path
    .split('.')
    .reduce<Json | undefined>((node, step) => (isObject(node) ? node[step] : undefined), root)
}

/** A value as text: words as they are, anything else as JSON. */
export function plainText(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null)
}

/** A copy with another value at the path. Undefined takes it out, and its parents with it once they are empty. */
export function withValue(root: JsonObject, path: string, value: Json | undefined): JsonObject {
  const [step = '', ...rest] = path.split('.')
  const { [step]: old, ...others } = root
  if (rest.length === 0) return value === undefined ? others : { ...others, [step]: value }
  const inner = withValue(isObject(old) ? old : {}, rest.join('.'), value)
  return Object.keys(inner).length === 0 ? others : { ...others, [step]: inner }
}

export function without(root: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(root).filter(([name]) => !names.includes(name)))
}

/** Maps whose keys people choose: one value each, since a key may hold a dot. */
const MAPS = new Set(['UserPoolTags', 'AcrConfiguration'])

/** Every path to a value that has no members of its own, with that value. Lists and maps are one value. */
export function leavesOf(root: JsonObject, at = ''): ReadonlyMap<string, Json> {
  const found = new Map<string, Json>()
  for (const [name, value] of Object.entries(root)) {
    if (value === undefined) continue
    const path = at === '' ? name : `${at}.${name}`
    if (isObject(value) && !MAPS.has(path))
      for (const [inner, leaf] of leavesOf(value, path)) found.set(inner, leaf)
    else found.set(path, value)
  }
  return found
}
