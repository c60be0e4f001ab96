import { parse } from 'node:querystring'
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

/** A command's fields, or one `payload` of JSON. A repeated name becomes an array, and is refused. */
function readForm(text: string): Body | undefined {
  if (text.split('&', MAX_PARAMETERS + 1).length > MAX_PARAMETERS) return undefined
  const fields = parse(text)
  if (Object.values(fields).some(Array.isArray)) return undefined
  const { payload } = fields
  if (payload === undefined) return fields
  return typeof payload === 'string' && Object.keys(fields).length === 1
    ? readJson(payload)
    : undefined
}
