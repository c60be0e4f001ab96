/** A schema of the SDK may be a function or `[schema, traits]`; this is the schema itself. */
export function resolve(schema: unknown): unknown {
  const called: unknown = typeof schema === 'function' ? (schema as () => unknown)() : schema
  const isPair = Array.isArray(called) && typeof called[0] !== 'number'
  return isPair ? resolve(called[0]) : called
}
