import { isValidSlackRequest } from '@slack/bolt'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../src/core/secret.ts'
import { holds, readClaim } from '../../src/slack/signature.ts'
import { sign, SIGNING_SECRET } from './harness.ts'

const NOW = 1_790_000_000_000
const secret = new Secret(SIGNING_SECRET)

interface Request {
  readonly signature: string
  readonly timestamp: string
  readonly body: Buffer
}

function accepted({ signature, timestamp, body }: Request): boolean {
  const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp }
  const claim = readClaim(headers, NOW)
  return claim !== undefined && holds(claim, body, secret)
}

function acceptedByBolt({ signature, timestamp, body }: Request): boolean {
  return isValidSlackRequest({
    signingSecret: SIGNING_SECRET,
    body: body.toString(),
    headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': Number(timestamp) },
    nowMilliseconds: NOW,
  })
}

const seconds = NOW / 1000
const bytes = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array)),
)
const timestamps = fc.oneof(
  fc.integer({ min: -320, max: 320 }).map((offset) => String(seconds + offset)),
  fc.integer({ min: -320, max: 320 }).map((offset) => `0${seconds + offset}`),
  fc.constantFrom('', 'Infinity', '1.79e9', '0x6ab', ` ${seconds}`, `${seconds}.0`, '-1', 'NaN'),
  fc.string({ maxLength: 12 }),
)

/** Genuine requests, and the same after one change. */
const requests = fc
  .record({ body: bytes, timestamp: timestamps, other: bytes })
  .chain(({ body, timestamp, other }) => {
    const genuine = { signature: sign(timestamp, body), timestamp, body }
    return fc.constantFrom(
      genuine,
      { ...genuine, body: Buffer.concat([body, Buffer.from(' ')]) },
      { ...genuine, body: other },
      { ...genuine, signature: genuine.signature.slice(0, -1) },
      { ...genuine, signature: `${genuine.signature}0` },
      { ...genuine, signature: genuine.signature.replace('v0=', 'v0==') },
      { ...genuine, signature: genuine.signature.replace('v0=', 'v0') },
      { ...genuine, signature: genuine.signature.toUpperCase() },
      { ...genuine, signature: `${genuine.signature}=x` },
      { ...genuine, signature: sign(String(Number(timestamp)), body) },
      { ...genuine, signature: sign(timestamp, body, `${SIGNING_SECRET}0`) },
    )
  })

describe('the signature', () => {
  it('never accepts what Bolt refuses', () => {
    fc.assert(
      fc.property(requests, (request) => {
        expect(accepted(request) && !acceptedByBolt(request)).toBe(false)
      }),
      { numRuns: 5000 },
    )
  })

  it.each([-300, -299, 0, 299, 300])('accepts a genuine request of %i s from now', (offset) => {
    const timestamp = String(seconds + offset)
    const body = Buffer.from('command=/cognito')
    expect(accepted({ timestamp, body, signature: sign(timestamp, body) })).toBe(true)
  })

  it.each([-301, 301, 86_400])('refuses a genuine request of %i s from now', (offset) => {
    const timestamp = String(seconds + offset)
    const body = Buffer.from('command=/cognito')
    expect(accepted({ timestamp, body, signature: sign(timestamp, body) })).toBe(false)
  })

  it('refuses every change of one character of the digest', () => {
    const body = Buffer.from('command=/cognito')
    const signature = sign(String(seconds), body)
    for (let at = 3; at < signature.length; at += 1) {
      const changed = signature[at] === '0' ? '1' : '0'
      const forged = `${signature.slice(0, at)}${changed}${signature.slice(at + 1)}`
      expect(accepted({ timestamp: String(seconds), body, signature: forged })).toBe(false)
    }
  })
})
