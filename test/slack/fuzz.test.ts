import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Secret } from '../../src/core/secret.ts'
import { readBody } from '../../src/slack/body.ts'
import { readEnvelope } from '../../src/slack/envelope.ts'
import { HttpReceiver } from '../../src/slack/receiver.ts'
import { tenantOf } from '../../src/slack/tenant.ts'
import { appOn, command, intakeOptions, post, SIGNING_SECRET } from './harness.ts'

const options = intakeOptions()
const receiver = new HttpReceiver({
  ...options,
  signingSecret: new Secret(SIGNING_SECRET),
  host: '127.0.0.1',
  port: 0,
  routes: () => undefined,
})

beforeAll(async () => {
  appOn(receiver, options.log, async (args) => {
    if ('ack' in args && typeof args.ack === 'function') await args.ack()
  })
  await receiver.start()
})
afterAll(() => receiver.stop())

/** Payloads with the members that matter, each of them perhaps of the wrong kind. */
const odd = fc.oneof(fc.jsonValue(), fc.constant(null), fc.constant({ id: 'U0ADA' }))
const payloads = fc.record(
  {
    type: fc.constantFrom(
      'block_actions',
      'view_submission',
      'block_suggestion',
      'shortcut',
      'event_callback',
    ),
    event: fc.oneof(
      odd,
      fc.record({ type: fc.string({ minLength: 1 }), channel: odd, item: odd, user: odd }),
    ),
    command: fc.oneof(fc.string(), odd),
    actions: fc.array(fc.oneof(odd, fc.constant({ action_id: 'a', type: 'button' })), {
      maxLength: 2,
    }),
    user: fc.oneof(odd, fc.constant({ id: 'U0ADA', team_id: 'T0LOCAL' })),
    user_id: fc.oneof(fc.string(), odd),
    team: fc.oneof(odd, fc.constant({ id: 'T0LOCAL' })),
    team_id: fc.oneof(fc.constant('T0LOCAL'), odd),
    view: odd,
    authorizations: odd,
    response_urls: odd,
  },
  { requiredKeys: [] },
)
const bodies = fc.oneof(
  fc.jsonValue().map((value) => ({ type: 'application/json', body: JSON.stringify(value) })),
  payloads.map((value) => ({ type: 'application/json', body: JSON.stringify(value) })),
  payloads.map((value) => ({
    type: 'application/x-www-form-urlencoded',
    body: new URLSearchParams({ payload: JSON.stringify(value) }).toString(),
  })),
  fc.string({ unit: 'binary', maxLength: 80 }).map((body) => ({
    type: 'application/x-www-form-urlencoded',
    body,
  })),
)

describe('signed requests of any content', () => {
  it('are answered with 200 or 400, and the process goes on', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, async ({ type, body }) => {
        const reply = await post({ port: receiver.port, body, headers: { 'content-type': type } })
        expect([200, 400]).toContain(reply.status)
      }),
      { numRuns: 600 },
    )
    expect((await post({ port: receiver.port, body: command() })).status).toBe(200)
  })

  it('are read or refused without an exception', () => {
    fc.assert(
      fc.property(bodies, ({ type, body }) => {
        const read = readBody(type, Buffer.from(body))
        const envelope = readEnvelope(read)
        if (envelope !== undefined) tenantOf(envelope.body)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('unsigned requests', () => {
  it('are all refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          'x-slack-signature': fc.constantFrom(undefined, 'v0', 'v0=', `v0=${'a'.repeat(64)}`),
          'x-slack-request-timestamp': fc.constantFrom(
            undefined,
            '0',
            'Infinity',
            String(Math.floor(Date.now() / 1000)),
          ),
        }),
        bodies,
        async (headers, { body }) => {
          expect((await post({ port: receiver.port, body, headers })).status).toBe(401)
        },
      ),
      { numRuns: 300 },
    )
  })
})
