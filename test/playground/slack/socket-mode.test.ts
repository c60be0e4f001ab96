import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  type LocalSlack,
  startSlack,
  virtualClock,
  type VirtualClock,
} from '../../../playground/slack/index.ts'
import { boltOverSockets, type Running } from './bolt.ts'
import { form } from './screens.ts'

let slack: LocalSlack
let clock: VirtualClock
let bot: Running | undefined

beforeEach(async () => {
  clock = virtualClock()
  slack = await startSlack({ clock })
})
afterEach(async () => {
  await bot?.stop()
  bot = undefined
  await slack.close()
})

const echo = (app: Running['app']) =>
  app.command('/cognito', ({ ack, command }) => ack(`You said ${command.text}.`))

test('commands, submits and searches travel over a socket as over HTTP', async () => {
  bot = await boltOverSockets(slack, (app) => {
    app.command('/cognito', async ({ ack, command, client }) => {
      await ack()
      await client.views.open({ trigger_id: command.trigger_id, view: form })
    })
    app.options('pool', ({ ack }) => ack({ options: [] }))
    app.view('operation/form', ({ ack }) =>
      ack({ response_action: 'errors', errors: { reason: 'Say more.' } }),
    )
    app.event('app_home_opened', async ({ client, event }) => {
      await client.views.publish({
        user_id: event.user,
        view: { type: 'home', blocks: [{ type: 'divider' }] },
      })
    })
  })
  const sam = slack.person('U0SAM')
  await sam.slash('/cognito')
  await sam.waitForView((view) => view.callback_id === 'operation/form')
  expect(await sam.search('pool', 'x')).toEqual([])
  expect((await sam.submit({ reason: 'no' })).errors).toEqual({ reason: 'Say more.' })
  expect((await sam.openHome()).view?.type).toBe('home')
  expect(slack.deliveries.every((one) => one.transport === 'socket')).toBe(true)
  expect(slack.problems).toEqual([])
})

test('several connections are served in turn', async () => {
  bot = await boltOverSockets(slack, echo, 2)
  for (const word of ['one', 'two', 'three']) {
    const reply = await slack.person('U0SAM').slash('/cognito', word)
    expect(reply.ephemeral?.text).toBe(`You said ${word}.`)
  }
  expect(slack.connections).toBe(2)
})

test('a refresh of one of two connections loses nothing, and the bot comes back', async () => {
  bot = await boltOverSockets(slack, echo, 2)
  const sam = slack.person('U0SAM')
  slack.faults.refresh()
  expect(slack.connections).toBe(1)
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, n) => sam.slash('/cognito', String(n))),
  )
  expect(replies.every((reply) => reply.acknowledged)).toBe(true)
  await slack.connected(2)
  for (const word of ['over', 'each'])
    expect((await sam.slash('/cognito', word)).acknowledged).toBe(true)
  expect(slack.problems).toEqual([])
})

test('without any open connection a command fails like a dispatch', async () => {
  const reply = await slack.person('U0SAM').slash('/cognito')
  expect(reply.error).toBe('/cognito failed with the error "dispatch_failed"')
})

test('a connection that drops before the acknowledgement leaves the person with a timeout', async () => {
  const seen: string[] = []
  bot = await boltOverSockets(slack, (app) =>
    app.command('/cognito', async ({ ack, command }) => {
      seen.push(command.text)
      await ack('hello').catch(() => undefined)
    }),
  )
  bot.app.error(async () => undefined)
  slack.faults.envelope({ kind: 'drop-before-ack' })
  const asked = slack.person('U0SAM').slash('/cognito', 'lost')
  await slack.until(() => seen.length === 1)
  clock.advance(3000)
  expect((await asked).error).toContain('operation_timeout')
  await slack.connected()
  expect((await slack.person('U0SAM').slash('/cognito', 'again')).acknowledged).toBe(true)
})

test('a duplicated envelope arrives twice and shows once', async () => {
  const seen: string[] = []
  bot = await boltOverSockets(slack, (app) =>
    app.command('/cognito', async ({ ack, body }) => {
      seen.push(body.trigger_id)
      await ack('hello')
    }),
  )
  slack.faults.envelope({ kind: 'duplicate' })
  await slack.person('U0SAM').slash('/cognito')
  await slack.until(() => seen.length === 2)
  expect(seen[0]).toBe(seen[1])
  expect(slack.ephemerals('U0SAM')).toHaveLength(1)
})

test('a late envelope arrives after the person has given up, and its acknowledgement is late', async () => {
  const seen: string[] = []
  bot = await boltOverSockets(slack, (app) =>
    app.command('/cognito', async ({ ack, command }) => {
      seen.push(command.text)
      await ack('hello')
    }),
  )
  slack.faults.envelope({ kind: 'late', ms: 4000 })
  const asked = slack.person('U0SAM').slash('/cognito', 'slow')
  clock.advance(3000)
  expect((await asked).error).toContain('operation_timeout')
  expect(seen).toEqual([])
  clock.advance(1000)
  await slack.until(() => slack.problems.length === 2)
  expect(seen).toEqual(['slow'])
  expect(slack.problems[1]).toBe('slash_commands /cognito: acknowledged late, after 4000 ms')
})

test('a reordered envelope comes after the next one', async () => {
  const seen: string[] = []
  bot = await boltOverSockets(slack, (app) =>
    app.command('/cognito', async ({ ack, command }) => {
      seen.push(command.text)
      await ack('ok')
    }),
  )
  const sam = slack.person('U0SAM')
  slack.faults.envelope({ kind: 'reorder' })
  const both = [sam.slash('/cognito', 'first'), sam.slash('/cognito', 'second')]
  await Promise.all(both)
  expect(seen).toEqual(['second', 'first'])
})

test('a half-open connection is noticed by the missing pongs and replaced', async () => {
  bot = await boltOverSockets(slack, echo)
  slack.faults.halfOpen()
  expect(slack.connections).toBe(0)
  await slack.connected()
  expect((await slack.person('U0SAM').slash('/cognito', 'again')).acknowledged).toBe(true)
}, 20_000)

test('a connection beyond the limit is turned away, and the bot tries again', async () => {
  slack.faults.tooManyWebsockets()
  bot = await boltOverSockets(slack, echo)
  expect((await slack.person('U0SAM').slash('/cognito', 'in')).acknowledged).toBe(true)
  expect(slack.calls.filter((call) => call.method === 'apps.connections.open')).toHaveLength(2)
})

test('a frame that is not JSON is passed over by the bot', async () => {
  bot = await boltOverSockets(slack, echo)
  slack.sendFrame('not json')
  expect((await slack.person('U0SAM').slash('/cognito', 'still')).acknowledged).toBe(true)
})

test('a socket without a ticket from apps.connections.open is refused', async () => {
  const address = slack.url.replace('http', 'ws').replace('/api/', '/link/?ticket=made-up')
  const closed = await new Promise<string>((resolve) => {
    const socket = new WebSocket(address)
    socket.addEventListener('error', () => resolve('refused'))
    socket.addEventListener('open', () => resolve('open'))
  })
  expect(closed).toBe('refused')
})
