import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** What the gate looks at. */
export interface Knock {
  readonly method: string
  readonly headers: IncomingHttpHeaders
  /** The key in the address, as printed at the start; undefined on every later request. */
  readonly key: string | undefined
}

export type Answer =
  | { readonly kind: 'enter' }
  /** The key was right: keep it in a cookie and come back without it. */
  | { readonly kind: 'welcome'; readonly cookie: string }
  | { readonly kind: 'refuse'; readonly status: 403 | 405; readonly sentence: string }

/** Sent with every answer: nothing from elsewhere runs here, and nobody frames the page. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

/**
 * The door of a page on loopback. Another site open in the same browser may send requests here, and
 * may point a name of its own at 127.0.0.1 (DNS rebinding): hence Host, Origin and a key.
 */
export function createGate(port: number, key: string): (knock: Knock) => Answer {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`])
  // Cookies are shared by all ports of a host.
  const cookie = `lifeguard_playground_${port}`

  return ({ method, headers, key: given }) => {
    const host = headers.host ?? ''
    if (!hosts.has(host)) return no('This page answers on 127.0.0.1 only.')
    if (method !== 'GET' && method !== 'POST') return no('Only GET and POST are used here.', 405)
    if (headers['sec-fetch-site'] === 'cross-site' && given === undefined)
      return no('Requests from other sites are refused.')
    const origin = headers.origin
    if (origin === undefined ? method === 'POST' : origin !== `http://${host}`)
      return no('Requests from other sites are refused.')
    if (given !== undefined)
      return same(given, key)
        ? { kind: 'welcome', cookie: `${cookie}=${key}; Path=/; HttpOnly; SameSite=Strict` }
        : no('This key belongs to another start. Open the address that the playground printed.')
    return same(cookieOf(headers.cookie, cookie), key)
      ? { kind: 'enter' }
      : no('Open the address that the playground printed: it carries the key to this page.')
  }
}

function no(sentence: string, status: 403 | 405 = 403): Answer {
  return { kind: 'refuse', status, sentence }
}

function cookieOf(header: string | undefined, name: string): string {
  const pair = header?.split('; ').find((one) => one.startsWith(`${name}=`))
  return pair?.slice(name.length + 1) ?? ''
}

function same(given: string, key: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(key)]
  return a.length === b.length && timingSafeEqual(a, b)
}
