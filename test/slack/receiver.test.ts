import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { HttpReceiverOptions } from '../../src/slack/receiver.ts'
import type { Args } from './harness.ts'
import { Secret } from '../../src/core/secret.ts'
import { AckLost } from '../../src/slack/acknowledgement.ts'
import { HttpReceiver } from '../../src/slack/receiver.ts'
import {
  appOn,
  command,
  interaction,
  intakeOptions,
  post,
  SIGNING_SECRET,
  sign,
  TEAM,
  VIEW,
} from './harness.ts'

const open: HttpReceiver[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((receiver) => receiver.stop()))
})

async function receiving(
  listener: (args: Args) => Promise<void>,
  changes: Partial<HttpReceiverOptions> = {},
) {
  const options = intakeOptions()
  const receiver = new HttpReceiver({
    ...options,
    signingSecret: new Secret(SIGNING_SECRET),
    host: '127.0.0.1',
    port: 0,
    routes: (path) =>
      path === '/healthz'
        ? Promise.resolve({ status: 200, type: 'text/plain', text: 'ok' })
        : undefined,
    ...changes,
  })
  appOn(receiver, options.log, listener)
  await receiver.start()
  open.push(receiver)
  return { receiver, port: receiver.port, ...options }
}

const acknowledging = (bodies: unknown[]) => async (args: Args) => {
  bodies.push(args.body)
  if ('ack' in args && typeof args.ack === 'function') await args.ack()
}

const seconds = (offset: number) => String(Math.floor(Date.now() / 1000) + offset)
const JSON_TYPE = { 'content-type': 'application/json' }

/** A genuine request, byte by byte. */
const raw = (timestamp: string, body: string) =>
  `POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\nx-slack-request-timestamp: ${timestamp}\r\nx-slack-signature: ${sign(timestamp, body)}\r\ncontent-length: ${body.length}\r\n\r\n${body}`

describe('what Slack sends', () => {
  it('reaches the listeners, and their acknowledgement goes back as it is', async () => {
    const { port, metrics } = await receiving(async (args) => {
      if ('command' in args) await args.ack({ response_type: 'ephemeral', text: args.command.text })
    })
    const reply = await post({ port, body: command({ text: 'whoami' }) })
    expect(reply.status).toBe(200)
    expect(JSON.parse(reply.body)).toEqual({ response_type: 'ephemeral', text: 'whoami' })
    expect(metrics.counted).toContain('interaction command served')
    expect(metrics.counted).toContain('acknowledged command')
  })

  it.each([
    ['application/x-www-form-urlencoded; charset=utf-8'],
    ['Application/X-WWW-Form-UrlEncoded'],
    ['application/x-www-form-urlencoded;charset=UTF-8'],
  ])('is read with the content type %s', async (type) => {
    const bodies: unknown[] = []
    const { port } = await receiving(acknowledging(bodies))
    const reply = await post({ port, body: command(), headers: { 'content-type': type } })
    expect(reply.status).toBe(200)
    expect(bodies).toHaveLength(1)
  })

  it('may carry no charset, an interaction, or an event with its retry number', async () => {
    const seen: unknown[] = []
    const { port } = await receiving(async (args) => {
      seen.push([args.body['type'], args.context.retryNum, args.context.retryReason])
      if ('ack' in args && typeof args.ack === 'function') await args.ack()
    })
    const actions = [{ action_id: 'approve', type: 'button', block_id: 'b' }]
    await post({ port, body: interaction({ type: 'block_actions', actions }) })
    const event = JSON.stringify({
      type: 'event_callback',
      team_id: TEAM,
      event: { type: 'app_home_opened', user: 'U0ADA' },
    })
    const headers = { ...JSON_TYPE, 'x-slack-retry-num': '2', 'x-slack-retry-reason': 'http_error' }
    expect((await post({ port, body: event, headers })).status).toBe(200)
    expect(seen).toEqual([
      ['block_actions', undefined, undefined],
      ['event_callback', 2, 'http_error'],
    ])
  })

  it('is answered when it verifies the URL', async () => {
    const { port } = await receiving(async () => undefined)
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c-1' })
    const reply = await post({ port, body, headers: JSON_TYPE })
    expect([reply.status, JSON.parse(reply.body)]).toEqual([200, { challenge: 'c-1' }])
  })
})

describe('hostile requests', () => {
  const cases: readonly [string, number, Omit<Parameters<typeof post>[0], 'port'>][] = [
    ['no signature', 401, { body: command(), headers: { 'x-slack-signature': undefined } }],
    [
      'a wrong signature',
      401,
      { body: command(), headers: { 'x-slack-signature': `v0=${'0'.repeat(64)}` } },
    ],
    ['a signature without =', 401, { body: command(), headers: { 'x-slack-signature': 'v0' } }],
    [
      'a signature in upper case',
      401,
      {
        body: command(),
        headers: { 'x-slack-signature': sign(seconds(0), command()).toUpperCase() },
      },
    ],
    [
      'a signature of version 1',
      401,
      {
        body: command(),
        headers: { 'x-slack-signature': sign(seconds(0), command()).replace('v0', 'v1') },
      },
    ],
    [
      'two signatures',
      401,
      {
        body: command(),
        headers: { 'x-slack-signature': `${sign(seconds(0), command())}, v0=${'0'.repeat(64)}` },
      },
    ],
    ['no timestamp', 401, { body: command(), headers: { 'x-slack-request-timestamp': undefined } }],
    ['an empty timestamp', 401, { body: command(), timestamp: '' }],
    ['a timestamp of six minutes ago', 401, { body: command(), timestamp: seconds(-360) }],
    ['a timestamp one day ahead', 401, { body: command(), timestamp: seconds(86_400) }],
    ['the timestamp Infinity', 401, { body: command(), timestamp: 'Infinity' }],
    ['a timestamp with an exponent', 401, { body: command(), timestamp: '1.7e9' }],
    ['a timestamp with a leading zero', 401, { body: command(), timestamp: `0${seconds(0)}` }],
    [
      'an unsigned ssl_check',
      401,
      { body: 'ssl_check=1', headers: { 'x-slack-signature': undefined } },
    ],
    [
      'an unsigned ssl_check with a payload',
      401,
      {
        body: `ssl_check=1&${command()}`,
        headers: { 'x-slack-signature': `v0=${'f'.repeat(64)}` },
      },
    ],
    ['JSON null', 400, { body: 'null', headers: JSON_TYPE }],
    ['payload=null', 400, { body: 'payload=null' }],
    ['a number', 400, { body: '42', headers: JSON_TYPE }],
    ['an array', 400, { body: '[]', headers: JSON_TYPE }],
    ['a string', 400, { body: '"x"', headers: JSON_TYPE }],
    ['broken JSON', 400, { body: '{"a":', headers: JSON_TYPE }],
    ['JSON nested 100,000 deep', 400, { body: '['.repeat(100_000), headers: JSON_TYPE }],
    [
      'a payload beside other fields',
      400,
      { body: `${interaction({ type: 'shortcut', callback_id: 'x' })}&command=/cognito` },
    ],
    ['the same parameter twice', 400, { body: `${command()}&command=/other` }],
    ['101 parameters', 400, { body: Array.from({ length: 101 }, (_, n) => `p${n}=1`).join('&') }],
    ['another content type', 400, { body: '{}', headers: { 'content-type': 'text/plain' } }],
    ['no content type', 400, { body: '{}', headers: { 'content-type': undefined } }],
    ['bytes that are no UTF-8', 401, { body: Buffer.from([0x61, 0xff, 0xfe]) }],
    ['a command without its user', 400, { body: 'command=/cognito&team_id=T0LOCAL' }],
    [
      'an interaction without its user',
      400,
      {
        body: interaction({
          type: 'block_actions',
          user: null,
          actions: [{ action_id: 'a', type: 'button' }],
        }),
      },
    ],
    ['a submission without its view', 400, { body: interaction({ type: 'view_submission' }) }],
    [
      'an event that is null',
      400,
      { body: '{"type":"event_callback","team_id":"T0LOCAL","event":null}', headers: JSON_TYPE },
    ],
    [
      'an event that is a string',
      400,
      { body: '{"type":"event_callback","team_id":"T0LOCAL","event":"x"}', headers: JSON_TYPE },
    ],
    ['another path', 404, { body: command(), path: '/slack/events/' }],
    ['a path that is no URL', 404, { body: command(), path: '//' }],
    ['GET', 404, { body: '', method: 'GET' }],
    ['PUT', 404, { body: command(), method: 'PUT' }],
  ]

  it.each(cases)('%s is refused with %i and reaches no listener', async (_name, status, sent) => {
    const bodies: unknown[] = []
    const { port } = await receiving(acknowledging(bodies))
    expect((await post({ port, ...sent })).status).toBe(status)
    expect(bodies).toEqual([])
  })

  it('a body that says it is too long is refused before it is read', async () => {
    const { port, metrics } = await receiving(async () => undefined)
    const headers = { 'content-length': '5000000', expect: '100-continue' }
    const reply = await post({ port, body: '', headers }).catch(() => undefined)
    expect(reply?.status ?? 413).toBe(413)
    expect(metrics.counted).toContain('interaction other too-long')
  })

  it('a body that is too long without saying so is refused while it is read', async () => {
    const { port, metrics } = await receiving(async () => undefined)
    const headers = { 'content-length': undefined, 'transfer-encoding': 'chunked' }
    const body = Buffer.alloc(300_000, 'a')
    const reply = await post({ port, body, headers }).catch(() => undefined)
    expect(reply?.status ?? 413).toBe(413)
    expect(metrics.counted).toContain('interaction other too-long')
  })

  it('a signing secret under 32 characters is not accepted at all', () => {
    const options = { ...intakeOptions(), host: '127.0.0.1', port: 0, routes: () => undefined }
    expect(() => new HttpReceiver({ ...options, signingSecret: new Secret('short') })).toThrow(
      /too short/,
    )
  })
})

describe('payloads from elsewhere', () => {
  it('a command from another workspace is told so and reaches no listener', async () => {
    const bodies: unknown[] = []
    const { port, metrics } = await receiving(acknowledging(bodies))
    const reply = await post({ port, body: command({ team_id: 'T0OTHER' }) })
    expect(reply.status).toBe(200)
    expect(JSON.parse(reply.body).text).toMatch(/not set up for this workspace/)
    expect(bodies).toEqual([])
    expect(metrics.counted).toContain('interaction command foreign')
  })

  it('a person of another workspace in a shared channel is told so in the form', async () => {
    const bodies: unknown[] = []
    const { port } = await receiving(acknowledging(bodies))
    const user = { id: 'U0EXT', team_id: 'T0OTHER' }
    const reply = await post({
      port,
      body: interaction({ type: 'view_submission', user, view: VIEW }),
    })
    expect(JSON.parse(reply.body).view.blocks[0].text.text).toMatch(/own workspace/)
    expect(bodies).toEqual([])
  })
})

describe('the answer', () => {
  it.each([
    ['a command', command(), /LG-TEST01/],
    ['a submitted form', interaction({ type: 'view_submission', view: VIEW }), /LG-TEST01/],
    [
      'a search',
      interaction({ type: 'block_suggestion', action_id: 'pool', block_id: 'pool', value: '' }),
      /^\{"options":\[\]\}$/,
    ],
    [
      'a click',
      interaction({ type: 'block_actions', actions: [{ action_id: 'a', type: 'button' }] }),
      /^$/,
    ],
  ])(
    'to %s is a safe text with a reference when the listener throws',
    async (_name, body, said) => {
      const { port, logged } = await receiving(async () => {
        throw new Error('broken inside')
      })
      const reply = await post({ port, body })
      expect(reply.status).toBe(200)
      expect(reply.body).toMatch(said)
      expect(reply.body).not.toMatch(/broken inside/)
      expect(logged()).toMatch(/"reference":"LG-TEST01"/)
    },
  )

  it('to a listener that returns without one is a safe text at once', async () => {
    const { port, metrics } = await receiving(async () => undefined)
    const reply = await post({ port, body: command() })
    expect(JSON.parse(reply.body).response_type).toBe('ephemeral')
    expect(metrics.counted).toContain('interaction command unclaimed')
  })

  it('to payloads for nobody is empty, and no listener hears of them', async () => {
    const bodies: unknown[] = []
    const { port } = await receiving(acknowledging(bodies))
    for (const body of [
      '{}',
      '{"type":"app_rate_limited"}',
      '{"actions":[],"type":"block_actions"}',
    ]) {
      const reply = await post({ port, body, headers: JSON_TYPE })
      expect([reply.status, reply.body]).toEqual([200, ''])
    }
    expect(bodies).toEqual([])
  })

  it('is given in the place of a listener that is too slow, whose own answer is then lost', async () => {
    const late = Promise.withResolvers<unknown>()
    const go = Promise.withResolvers<void>()
    const { port, receiver, metrics } = await receiving(
      async (args) => {
        await go.promise
        if ('command' in args) await args.ack({ text: 'secret' }).catch(late.resolve)
      },
      { ackWithinMs: 50 },
    )
    const reply = await post({ port, body: command() })
    expect(JSON.parse(reply.body).text).toMatch(/taking longer/)
    expect(receiver.inFlight).toBe(1)
    go.resolve()
    expect(await late.promise).toBeInstanceOf(AckLost)
    expect(metrics.counted).toContain('interaction command overdue')
  })

  it('is the first of two', async () => {
    const { port, logged } = await receiving(async (args) => {
      if (!('command' in args)) return
      await args.ack({ text: 'first' })
      await args.ack({ text: 'second' })
    })
    expect(JSON.parse((await post({ port, body: command() })).body)).toEqual({ text: 'first' })
    expect(logged()).toMatch(/second acknowledgement was ignored/)
  })

  it('that cannot be sent rejects, so that the listener knows', async () => {
    const told = Promise.withResolvers<unknown>()
    const gone = Promise.withResolvers<void>()
    const began = Promise.withResolvers<void>()
    const { port } = await receiving(async (args) => {
      began.resolve()
      await gone.promise
      if ('command' in args) await args.ack().catch(told.resolve)
    })
    const socket = connect(port, '127.0.0.1')
    const timestamp = seconds(0)
    const body = command()
    socket.write(raw(timestamp, body))
    await began.promise
    socket.resetAndDestroy()
    await once(socket, 'close')
    // A round trip on another connection: by then the server has seen the first one go.
    await post({ port, body: '', method: 'GET', path: '/healthz' })
    gone.resolve()
    expect(await told.promise).toBeInstanceOf(AckLost)
  })
})

describe('an answer that is cut on its way', () => {
  it('rejects too', async () => {
    const told = Promise.withResolvers<unknown>()
    const { port } = await receiving(async (args) => {
      if ('command' in args)
        await args.ack({ text: 'x'.repeat(50_000_000) }).then(told.resolve, told.resolve)
    })
    const socket = connect(port, '127.0.0.1')
    const timestamp = seconds(0)
    const body = command()
    socket.write(raw(timestamp, body))
    await once(socket, 'readable')
    socket.resetAndDestroy()
    expect(await told.promise).toBeInstanceOf(AckLost)
  })
})

describe('the same server', () => {
  it('answers the pages that it is given, and nothing else', async () => {
    const { port } = await receiving(async () => undefined)
    expect(await post({ port, body: '', method: 'GET', path: '/healthz' })).toMatchObject({
      status: 200,
      body: 'ok',
    })
    expect((await post({ port, body: '', method: 'GET', path: '/readyz?x' })).status).toBe(404)
  })

  it('waits for what is in flight before it ends', async () => {
    const began = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    const { port, receiver } = await receiving(async (args) => {
      began.resolve()
      await go.promise
      if ('command' in args) await args.ack({ text: 'done' })
    })
    const reply = post({ port, body: command() })
    await began.promise
    const stopped = receiver.stop()
    await expect(post({ port, body: command() })).rejects.toThrow()
    go.resolve()
    expect(JSON.parse((await reply).body)).toEqual({ text: 'done' })
    await stopped
    expect(receiver.inFlight).toBe(0)
  })
})
