import type {
  ServiceInputTypes,
  ServiceOutputTypes,
} from '@aws-sdk/client-cognito-identity-provider'
import type { Command } from './call.ts'

/*
 * The SDK drops members that it does not model, on read and on write (cognito.md 4.3). Its run-time
 * schemas tell which those are; their shape is not documented, so a test holds it.
 */

/** Keeps the body of the command's answer as it came: gives it, parsed, once the command was sent. */
export function keepRaw<I extends ServiceInputTypes, O extends ServiceOutputTypes>(
  command: Command<I, O>,
): () => unknown {
  let raw: unknown
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      const { response } = result as { response: { body?: AsyncIterable<Uint8Array> | Uint8Array } }
      const bytes = await bytesOf(response.body)
      raw = parsed(bytes)
      Object.assign(response, { body: bytes })
      return result
    },
    { step: 'deserialize', name: 'lifeguardKeepRaw', priority: 'low' },
  )
  return () => raw
}

async function bytesOf(body: AsyncIterable<Uint8Array> | Uint8Array | undefined) {
  if (body === undefined || body instanceof Uint8Array) return body ?? new Uint8Array()
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}

/** What is no JSON the SDK itself will complain about. */
function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}

const LIST = 1
const MAP = 2
const STRUCTURE = 3

/** `[kind, namespace, name, traits, …]`; a schema may also be a function, or `[schema, traits]`. */
type Schema = number | readonly unknown[] | (() => Schema)

function opened(schema: Schema): number | readonly unknown[] {
  if (typeof schema === 'function') return opened(schema())
  if (typeof schema === 'number') return schema
  const [inner] = schema as readonly Schema[]
  return schema.length === 2 && inner !== undefined && typeof inner !== 'number'
    ? opened(inner)
    : schema
}

/** Paths of the members that the schema does not have: in structures, lists and the values of maps. */
export function unknownMembers(value: unknown, schema: Schema, at = ''): readonly string[] {
  const known = opened(schema)
  if (typeof known === 'number' || value === null || value === undefined) return []
  const [kind] = known
  if (kind === LIST && Array.isArray(value))
    return value.flatMap((one, nth) => unknownMembers(one, known[4] as Schema, `${at}[${nth}]`))
  if (typeof value !== 'object') return []
  const entries = Object.entries(value)
  const inside = (name: string) => (at === '' ? name : `${at}.${name}`)
  if (kind === MAP)
    return entries.flatMap(([name, one]) => unknownMembers(one, known[5] as Schema, inside(name)))
  if (kind !== STRUCTURE) return []
  const names = known[4] as readonly string[]
  const schemas = known[5] as readonly Schema[]
  return entries.flatMap(([name, one]) => {
    const inner = schemas[names.indexOf(name)]
    return inner === undefined ? [inside(name)] : unknownMembers(one, inner, inside(name))
  })
}
