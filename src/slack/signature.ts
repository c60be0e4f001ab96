import { isUtf8 } from 'node:buffer'
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Secret } from '../core/secret.ts'

/** What a genuine request claims about itself, before its body is read. */
export interface Claim {
  /** Seconds since the epoch, as sent. */
  readonly timestamp: string
  /** HMAC-SHA-256 as 64 hexadecimal digits. */
  readonly digest: string
}

const WINDOW_SECONDS = 300
const DIGEST = /^v0=[0-9a-f]{64}$/
/** 9 to 11 digits. Bolt signs the number, not the text: a leading zero would be two truths. */
const TIMESTAMP = /^[1-9]\d{8,10}$/

/** The claim of the headers; undefined when they are missing, misshapen or outside the window. */
export function readClaim(headers: IncomingHttpHeaders, now: number): Claim | undefined {
  const signature = headers['x-slack-signature']
  const timestamp = headers['x-slack-request-timestamp']
  if (typeof signature !== 'string' || !DIGEST.test(signature)) return undefined
  if (typeof timestamp !== 'string' || !TIMESTAMP.test(timestamp)) return undefined
  const age = Math.floor(now / 1000) - Number(timestamp)
  return Math.abs(age) > WINDOW_SECONDS ? undefined : { timestamp, digest: signature.slice(3) }
}

/** Whether the claim holds for these bytes. Slack signs UTF-8 text, so nothing else can be genuine. */
export function holds(claim: Claim, raw: Buffer, signingSecret: Secret): boolean {
  const expected = createHmac('sha256', signingSecret.reveal())
    .update(`v0:${claim.timestamp}:`)
    .update(raw)
    .digest()
  return timingSafeEqual(expected, Buffer.from(claim.digest, 'hex')) && isUtf8(raw)
}
