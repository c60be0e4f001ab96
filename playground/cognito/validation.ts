import { isObject } from './json.ts'
import { invalidParameter, ServiceError } from './service-error.ts'
import type {
  IntegerShape,
  ListShape,
  MapShape,
  Shape,
  StructureShape,
  TextShape,
} from './shapes.ts'

/** The request as its shape says, or AWS's own words about everything that is wrong with it. */
export function parse<T>(shape: Shape<T>, raw: unknown): T {
  const faults: string[] = []
  const value = read(shape, raw, '', faults)
  if (faults.length === 0) return value as T
  const count = faults.length === 1 ? '1 validation error' : `${faults.length} validation errors`
  throw invalidParameter(`${count} detected: ${faults.join('; ')}`)
}

function read(shape: Shape, value: unknown, at: string, faults: string[]): unknown {
  switch (shape.kind) {
    case 'text':
      return readText(shape, value, at, faults)
    case 'integer':
      return readInteger(shape, value, at, faults)
    case 'flag':
      return typeof value === 'boolean' ? value : mistyped(value, 'Boolean')
    case 'list':
      return readList(shape, value, at, faults)
    case 'map':
      return readMap(shape, value, at, faults)
    case 'structure':
      return readStructure(shape, value, at, faults)
  }
}

function readText(shape: TextShape, value: unknown, at: string, faults: string[]): string {
  if (typeof value !== 'string') return mistyped(value, 'String')
  const fault = (rule: string) => faults.push(sentence(shape, value, at, rule))
  const { min, max, regex, pattern, oneOf } = shape
  // Whether AWS counts code points or UTF-16 units is unknown: refuse by the stricter of the two.
  if (min !== undefined && Array.from(value).length < min)
    fault(`Member must have length greater than or equal to ${min}`)
  if (max !== undefined && value.length > max)
    fault(`Member must have length less than or equal to ${max}`)
  if (regex && !regex.test(value))
    fault(`Member must satisfy regular expression pattern: ${pattern}`)
  if (oneOf && !oneOf.includes(value))
    fault(`Member must satisfy enum value set: [${oneOf.join(', ')}]`)
  return value
}

function readInteger(shape: IntegerShape, value: unknown, at: string, faults: string[]): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) return mistyped(value, 'Integer')
  const { min, max } = shape
  if (min !== undefined && value < min)
    faults.push(
      sentence(shape, value, at, `Member must have value greater than or equal to ${min}`),
    )
  if (max !== undefined && value > max)
    faults.push(sentence(shape, value, at, `Member must have value less than or equal to ${max}`))
  return value
}

function readList(shape: ListShape, value: unknown, at: string, faults: string[]): unknown[] {
  if (!Array.isArray(value)) return mistyped(value, 'List')
  const { min = 0, max = Infinity } = shape
  if (value.length < min)
    faults.push(
      sentence(shape, undefined, at, `Member must have length greater than or equal to ${min}`),
    )
  if (value.length > max)
    faults.push(
      sentence(shape, undefined, at, `Member must have length less than or equal to ${max}`),
    )
  return value.map((item, index) => read(shape.of, item, `${at}.${index + 1}.member`, faults))
}

function readMap(shape: MapShape, value: unknown, at: string, faults: string[]): unknown {
  if (!isObject(value)) return mistyped(value, 'Map')
  const entries = Object.entries(value).filter(([, item]) => item !== null)
  const { keys, max = Infinity } = shape
  if (keys) for (const [key] of entries) read(keys, key, `${at}.key`, faults)
  if (entries.length > max)
    faults.push(
      sentence(shape, undefined, at, `Member must have length less than or equal to ${max}`),
    )
  return Object.fromEntries(
    entries.map(([key, item]) => [key, read(shape.of, item, `${at}.${key}.member`, faults)]),
  )
}

function readStructure(
  shape: StructureShape,
  value: unknown,
  at: string,
  faults: string[],
): unknown {
  if (!isObject(value)) return mistyped(value, 'Structure')
  const result: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(shape.members)) {
    const given = value[name] ?? undefined
    const path = inside(at, name)
    const inner = 'optional' in member ? member.optional : member
    if (given !== undefined) result[name] = read(inner, given, path, faults)
    else if (inner === member) faults.push(missing(inner, path))
  }
  for (const name of Object.keys(value))
    // Stricter than AWS, which ignores it: a misspelt member must not pass in silence.
    if (!Object.hasOwn(shape.members, name))
      faults.push(`Member '${inside(at, name)}' is not known to this operation`)
  return result
}

const inside = (at: string, name: string): string =>
  (at === '' ? '' : `${at}.`) + name.charAt(0).toLowerCase() + name.slice(1)

function sentence(
  shape: Shape,
  value: string | number | undefined,
  at: string,
  rule: string,
): string {
  const shown = shape.sensitive || shape.secret || value === undefined ? '' : ` '${value}'`
  return `Value${shown} at '${at}' failed to satisfy constraint: ${rule}`
}

function missing(shape: Shape, at: string): string {
  const shown = shape.sensitive || shape.secret ? '' : ' null'
  return `Value${shown} at '${at}' failed to satisfy constraint: Member must not be null`
}

function mistyped(value: unknown, wanted: string): never {
  const given = Array.isArray(value) ? 'START_ARRAY' : tokenOf[typeof value]
  throw new ServiceError('SerializationException', `${given} can not be converted to ${wanted}`)
}

const tokenOf: Partial<Record<string, string>> = {
  string: 'STRING_VALUE',
  number: 'NUMBER_VALUE',
  boolean: 'BOOLEAN_VALUE',
  object: 'START_OBJECT',
}
