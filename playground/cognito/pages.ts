import { createHmac, timingSafeEqual } from 'node:crypto'

import { invalidParameter } from './service-error.ts'
import type { Call } from './state.ts'

interface PageRequest {
  readonly operation: string
  /** Everything the chain was started with, less its token: a token fits no other request. */
  readonly parameters: unknown
  readonly token: string | undefined
  /** 0 and absent mean 60. */
  readonly limit: number | undefined
}

interface Page<T> {
  readonly items: T[]
  readonly token: string | undefined
}

interface Bookmark {
  readonly after: number
  /** The empty page before this one has been answered. */
  readonly rested: boolean
}

/** One page of `itemsAfter`, whose items come in order of `seq`. */
export function page<T extends { readonly seq: number }>(
  call: Call,
  request: PageRequest,
  itemsAfter: (seq: number) => Iterable<T>,
): Page<T> {
  const bookmark = request.token === undefined ? start : open(call, request, request.token)
  if (call.state.switches.emptyPages && !bookmark.rested)
    return { items: [], token: seal(call, request, { after: bookmark.after, rested: true }) }
  const limit = request.limit || 60
  const items: T[] = []
  for (const item of itemsAfter(bookmark.after)) {
    if (items.length === limit) {
      const after = items.at(-1)?.seq ?? bookmark.after
      return { items, token: seal(call, request, { after, rested: false }) }
    }
    items.push(item)
  }
  return { items, token: undefined }
}

const start: Bookmark = { after: -1, rested: false }

function seal(call: Call, request: PageRequest, { after, rested }: Bookmark): string {
  const place = `${after}.${rested ? 1 : 0}`
  return Buffer.from(`${place}.${signature(call, request, place)}`).toString('base64url')
}

function open(call: Call, request: PageRequest, token: string): Bookmark {
  const [after = '', rested = '', given = ''] = Buffer.from(token, 'base64url')
    .toString()
    .split('.')
  const expected = Buffer.from(signature(call, request, `${after}.${rested}`))
  const signed = Buffer.from(given)
  const intact = signed.length === expected.length && timingSafeEqual(signed, expected)
  // Decoding is lenient about stray characters; a token is the exact text that was handed out.
  if (!intact || Buffer.from(`${after}.${rested}.${given}`).toString('base64url') !== token)
    throw invalidParameter('Invalid pagination token given.')
  return { after: Number(after), rested: rested === '1' }
}

function signature(call: Call, request: PageRequest, place: string): string {
  const { operation, parameters } = request
  const bound = JSON.stringify([call.account, call.region, operation, parameters, place])
  return createHmac('sha256', call.state.key).update(bound).digest('hex')
}
