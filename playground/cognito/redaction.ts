import { isObject } from './json.ts'
import type { Shape } from './shapes.ts'

/** The request as the log may keep it: each secret replaced by its digest, the rest as it came. */
export function redact(shape: Shape, value: unknown, digest: (secret: string) => string): unknown {
  if (value === undefined || value === null) return undefined
  if (shape.secret) return digest(typeof value === 'string' ? value : JSON.stringify(value))
  if (shape.kind === 'list' && Array.isArray(value))
    return value.map((item) => redact(shape.of, item, digest))
  if (shape.kind === 'map' && isObject(value))
    return mapped(value, (item) => redact(shape.of, item, digest))
  if (shape.kind === 'structure' && isObject(value))
    return mapped(value, (item, name) => {
      const member = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined
      if (member === undefined) return digest(JSON.stringify(item))
      return redact('optional' in member ? member.optional : member, item, digest)
    })
  const simple =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  return simple ? value : digest(JSON.stringify(value))
}

function mapped(
  value: Record<string, unknown>,
  change: (item: unknown, name: string) => unknown,
): Record<string, unknown> {
  const changed = Object.entries(value).map(([name, item]) => [name, change(item, name)])
  return Object.fromEntries(changed.filter(([, item]) => item !== undefined))
}
