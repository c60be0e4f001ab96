import type { Body } from './envelope.ts'
import { isBody } from './envelope.ts'

/** Slack sends about fifteen. */
const MAX_PARAMETERS = 100

/** The request's one JSON object or form, read once; undefined for everything else. */
export function readBody(contentType: string | undefined, raw: Buffer): Body | undefined {
  switch (mediaType(contentType)) {
    case 'application/json':
      return readJson(raw.toString())
    case 'application/x-www-form-urlencoded':
      return readForm(raw.toString())
    default:
      return undefined
  }
}

/** A proxy may add `; charset=utf-8` or change the case. */
function mediaType(contentType = ''): string {
  return (contentType.split(';', 1)[0] ?? '').trim().toLowerCase()
}

function readJson(text: string): Body | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isBody(value) ? value : undefined
  } catch {
    // The parser's message quotes its input, so it is not kept.
    return undefined
  }
}

/** Slack's forms are a command's fields, or one `payload` of JSON. */
function readForm(text: string): Body | undefined {
  if (text.split('&', MAX_PARAMETERS + 1).length > MAX_PARAMETERS) return undefined
  const fields = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (fields.has(name)) return undefined
    fields.set(name, value)
  }
  const payload = fields.get('payload')
  if (payload === undefined) return Object.fromEntries(fields)
  return fields.size === 1 ? readJson(payload) : undefined
}
