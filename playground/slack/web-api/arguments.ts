import type { IncomingMessage } from 'node:http'
import { isRecord, type JsonRecord, parseJson } from '../json.ts'

/** Arguments that a form carries as JSON text. */
const structured = new Set(['blocks', 'view', 'metadata', 'attachments', 'message'])

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks).toString('utf8')
}

function fromForm(text: string): JsonRecord {
  const args: JsonRecord = {}
  for (const [name, value] of new URLSearchParams(text))
    args[name] = structured.has(name) ? (parseJson(value) ?? value) : value
  return args
}

/** The arguments of a call without its token, and the token from wherever it stands. */
export async function readCall(
  request: IncomingMessage,
  query: string,
): Promise<{ readonly args: JsonRecord; readonly token: string | undefined }> {
  const text = await bodyOf(request)
  const isJson = request.headers['content-type']?.startsWith('application/json') === true
  const parsed = isJson ? parseJson(text) : fromForm(text)
  const { token, ...args } = { ...fromForm(query), ...(isRecord(parsed) ? parsed : {}) }
  const bearer = /^Bearer (\S+)$/u.exec(request.headers.authorization ?? '')?.[1]
  return { args, token: bearer ?? (typeof token === 'string' ? token : undefined) }
}
