/** Narrowing of parsed JSON, so that nothing else has to cast. */
export type JsonRecord = Record<string, unknown>

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export const record = (value: unknown): JsonRecord => (isRecord(value) ? value : {})

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const records = (value: unknown): readonly JsonRecord[] => list(value).filter(isRecord)

export const string = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined

export const strings = (value: unknown): readonly string[] =>
  list(value).filter((item) => typeof item === 'string')

/** The parsed text, or undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text)
    return parsed
  } catch {
    return undefined
  }
}

/** Every string in a JSON value with its JSON pointer, member names included as the last step only. */
export function* leaves(value: unknown, at = ''): Generator<{ at: string; text: string }> {
  if (typeof value === 'string') yield { at, text: value }
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* leaves(item, `${at}/${index}`)
  else if (isRecord(value))
    for (const [name, member] of Object.entries(value)) yield* leaves(member, `${at}/${name}`)
}
