import type { JsonRecord } from '../json.ts'
import { string } from '../json.ts'
import type { BlockKitFault } from '../types.ts'
import type { Workspace } from '../workspace.ts'

export interface Host extends Workspace {
  /** A new Socket Mode address, good for one connection. */
  socketUrl(): string
}

export interface Method {
  /** Requests a minute: 1, 20, 50 or 100 (docs.slack.dev, rate limits). */
  readonly tier?: 1 | 2 | 3 | 4
  /** Which token may call it; `bot` unless said. */
  readonly token?: 'app' | 'any'
  /** Any one of these is enough. */
  readonly scopes?: (args: JsonRecord, host: Host) => readonly string[]
  run(args: JsonRecord, host: Host): JsonRecord
}

export type Methods = Readonly<Record<string, Method>>

/** An answer with `ok: false`. */
export class Refused extends Error {
  readonly code: string
  readonly more: JsonRecord
  readonly faults: readonly BlockKitFault[]

  constructor(code: string, more: JsonRecord = {}, faults: readonly BlockKitFault[] = []) {
    super(code)
    this.code = code
    this.more = more
    this.faults = faults
  }
}

/** A text argument, or Slack's `invalid_arguments`. */
export function needed(args: JsonRecord, name: string): string {
  const value = string(args[name])
  if (value !== undefined && value !== '') return value
  throw new Refused('invalid_arguments', {
    response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
  })
}

/** Form encoding turns everything into text. */
export const isTrue = (value: unknown): boolean =>
  value === true || value === 'true' || value === '1'

/** A validator's faults in the way Web API methods report them. */
export function refuseFaults(code: string, faults: readonly BlockKitFault[]): void {
  if (faults.length === 0) return
  const messages = faults.map((fault) => `[ERROR] ${fault.message} [json-pointer:${fault.pointer}]`)
  throw new Refused(code, { errors: messages, response_metadata: { messages } }, faults)
}

/** One page of a list, and the cursor of the next. */
export function page<T>(
  items: readonly T[],
  args: JsonRecord,
  size: number,
): { items: readonly T[]; next: string } {
  const start = Number(string(args['cursor'])?.replace(/^page-/u, '') ?? 0) || 0
  const end = start + (Number(args['limit']) || size)
  return { items: items.slice(start, end), next: end < items.length ? `page-${end}` : '' }
}
