import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  type LocalSlack,
  startSlack,
  virtualClock,
  type VirtualClock,
} from '../../../playground/slack/index.ts'
import { boltOverHttp, type Running } from './bolt.ts'
import { form, option, page } from './screens.ts'

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

const plain = (value: string, text: string) => ({
  text: { type: 'plain_text', text, emoji: true },
  value,
})

const codeOf = (error: unknown): string => (error as { data: { error: string } }).data.error

const openForm = (app: Running['app']) =>
  app.command('/cognito', async ({ ack, command, client }) => {
    await ack()
    await client.views.open({ trigger_id: command.trigger_id, view: form })
  })

test('a command whose acknowledgement has a text shows it to that person alone', async () => {
  bot = await boltOverHttp(slack, (app) =>
    app.command('/cognito', ({ ack, command }) => ack(`You said ${command.text}.`)),
  )
  const reply = await slack.person('U0SAM').slash('/cognito', 'help & more')
  expect(reply.ephemeral?.text).toBe('You said help & more.')
  expect(slack.snapshot('U0SAM').ephemerals).toHaveLength(1)
  expect(slack.snapshot('U0ADA').ephemerals).toHaveLength(0)
  expect(slack.deliveries[0]).toMatchObject({ kind: 'slash_commands', state: 'acknowledged' })
  expect(slack.problems).toEqual([])
})

test('a command opens a modal, and a submit may put errors under its fields, then replace it', async () => {
  bot = await boltOverHttp(slack, (app) => {
    openForm(app)
    app.view('operation/form', async ({ ack, view }) => {
      const reason = view.state.values['reason']?.['reason']?.value ?? ''
      if (reason === 'no') await ack({ response_action: 'errors', errors: { reason: 'Say more.' } })
      else await ack({ response_action: 'update', view: page('done', `Because ${reason}`) })
    })
  })
  const sam = slack.person('U0SAM')
  const opened = await sam.slash('/cognito')
  expect(opened.view?.callback_id).toBe('operation/form')

  expect((await sam.submit({ reason: 'no' })).errors).toEqual({ reason: 'Say more.' })
  expect(sam.view()?.callback_id).toBe('operation/form')

  const done = await sam.submit({ reason: 'a ticket' })
  expect(done.errors).toBeUndefined()
  expect(done.view?.callback_id).toBe('done')
  expect(done.view?.id).toBe(opened.view?.id)
  expect(done.view?.hash).not.toBe(opened.view?.hash)
  expect(slack.problems).toEqual([])
})

test('values arrive in the shape Slack gives each kind of input', async () => {
  const submitted: unknown[] = []
  bot = await boltOverHttp(slack, (app) => {
    openForm(app)
    app.options('pool', ({ ack, options }) => ack({ options: [option(`${options.value}-eu`)] }))
    app.action('pool', ({ ack }) => ack())
    app.view('operation/form', async ({ ack, view }) => {
      submitted.push(view.state.values)
      await ack()
    })
  })
  const sam = slack.person('U0SAM')
  await sam.slash('/cognito')
  expect(await sam.search('pool', 'cust')).toEqual([
    { text: { type: 'plain_text', text: 'CUST-EU', emoji: true }, value: 'cust-eu' },
  ])
  const reply = await sam.submit({
    reason: 'a ticket',
    days: '7',
    method: 'Temporary password',
    pool: 'cust',
    risk: 'low',
    sign_out: ['yes'],
    groups: ['ops', 'staff'],
    who: 'U0ADA',
    email: 'ada@example.com',
  })
  expect(reply.view).toBeUndefined()
  expect(submitted).toEqual([
    {
      reason: { reason: { type: 'plain_text_input', value: 'a ticket' } },
      days: { days: { type: 'number_input', value: '7' } },
      method: {
        method: {
          type: 'static_select',
          selected_option: plain('temporary', 'Temporary password'),
        },
      },
      pool: { pool: { type: 'external_select', selected_option: plain('cust-eu', 'CUST-EU') } },
      risk: { risk: { type: 'radio_buttons', selected_option: plain('low', 'Low') } },
      sign_out: {
        sign_out: {
          type: 'checkboxes',
          selected_options: [
            { text: { type: 'mrkdwn', text: '*Everywhere*', verbatim: false }, value: 'yes' },
          ],
        },
      },
      groups: {
        groups: {
          type: 'multi_static_select',
          selected_options: [plain('ops', 'Ops'), plain('staff', 'Staff')],
        },
      },
      who: { who: { type: 'users_select', selected_user: 'U0ADA' } },
      until: { until: { type: 'datepicker', selected_date: '2026-01-31' } },
      email: { email: { type: 'email_text_input', value: 'ada@example.com' } },
    },
  ])
  expect(slack.deliveries.map((one) => one.kind)).toContain('block_actions')
  expect(slack.problems).toEqual([])
})

test('untouched inputs are null or empty, as Slack sends them', async () => {
  bot = await boltOverHttp(slack, openForm)
  const opened = await slack.person('U0SAM').slash('/cognito')
  expect(opened.view?.state.values).toMatchObject({
    reason: { reason: { value: null } },
    pool: { pool: { selected_option: null } },
    risk: { risk: { selected_option: null } },
    sign_out: { sign_out: { selected_options: [] } },
    who: { who: { selected_user: null } },
    method: { method: { selected_option: { value: 'code' } } },
  })
})

test('the client itself refuses an empty required field and a number out of range, unless told to send it', async () => {
  bot = await boltOverHttp(slack, (app) => {
    openForm(app)
    app.view('operation/form', ({ ack }) => ack())
  })
  const sam = slack.person('U0SAM')
  await sam.slash('/cognito')
  const refused = await sam.submit({ days: '400' })
  expect(refused.delivery).toBeUndefined()
  expect(refused.errors).toEqual({
    reason: 'Please complete this required field.',
    days: 'Enter a number of at most 365.',
  })
  const sent = await sam.submit({}, { unchecked: true })
  expect(sent.acknowledged).toBe(true)
})

test('nobody can choose what is not offered', async () => {
  bot = await boltOverHttp(slack, openForm)
  const sam = slack.person('U0SAM')
  await sam.slash('/cognito')
  await expect(sam.set({ method: 'permanent' })).rejects.toThrow('is not offered')
  await expect(sam.set({ nothing: 'x' })).rejects.toThrow('no field nothing')
})

test('a command that is not acknowledged in 3 seconds says so in the manner of Slack', async () => {
  let arrived = false
  bot = await boltOverHttp(slack, (app) =>
    app.command('/cognito', async () => {
      arrived = true
    }),
  )
  const asked = slack.person('U0SAM').slash('/cognito')
  await slack.until(() => arrived)
  clock.advance(3000)
  const reply = await asked
  expect(reply.error).toBe('/cognito failed with the error "operation_timeout"')
  expect(slack.snapshot('U0SAM').notices).toEqual([reply.error])
  expect(slack.deliveries[0]).toMatchObject({ missed: true, state: 'missed' })
  expect(slack.problems).toEqual(['slash_commands /cognito: no acknowledgement within 3000 ms'])
})

test('a trigger works once and for three seconds', async () => {
  const errors: unknown[] = []
  bot = await boltOverHttp(slack, (app) =>
    app.command('/cognito', async ({ ack, command, client }) => {
      await ack()
      const open = () => client.views.open({ trigger_id: command.trigger_id, view: form })
      await slack.until(() => slack.deliveries.at(-1)?.state === 'acknowledged')
      if (command.text === 'late') clock.advance(3001)
      await open().catch((error: unknown) => errors.push(codeOf(error)))
      await open().catch((error: unknown) => errors.push(codeOf(error)))
    }),
  )
  await slack.person('U0SAM').slash('/cognito', 'twice')
  await slack.until(() => errors.length === 1)
  await slack.person('U0ADA').slash('/cognito', 'late')
  await slack.until(() => errors.length === 3)
  expect(errors).toEqual(['exchanged_trigger_id', 'expired_trigger_id', 'expired_trigger_id'])
  expect(slack.problems).toEqual(['views.open: exchanged_trigger_id'])
})

test('errors for something that is not an input are a problem, and the modal says so', async () => {
  bot = await boltOverHttp(slack, (app) => {
    openForm(app)
    app.view('operation/form', ({ ack }) =>
      ack({ response_action: 'errors', errors: { nowhere: 'No.' } }),
    )
  })
  const sam = slack.person('U0SAM')
  await sam.slash('/cognito')
  const reply = await sam.submit({ reason: 'x' })
  expect(reply.error).toBe('We had some trouble connecting. Try again?')
  expect(sam.view()?.trouble).toBe(reply.error)
  expect(slack.problems.join()).toContain('nowhere is not the block_id of an input')
})

test('a stack holds three modals, and closing tells the app when it asked to know', async () => {
  const closed: boolean[] = []
  bot = await boltOverHttp(slack, (app) => {
    openForm(app)
    app.view('operation/form', ({ ack }) =>
      ack({ response_action: 'push', view: { ...form, callback_id: 'second' } }),
    )
    app.view('second', ({ ack }) =>
      ack({ response_action: 'push', view: { ...form, callback_id: 'third' } }),
    )
    app.view('third', ({ ack }) =>
      ack({ response_action: 'push', view: { ...form, callback_id: 'fourth' } }),
    )
    app.view({ callback_id: 'third', type: 'view_closed' }, async ({ ack, body }) => {
      closed.push('is_cleared' in body && body.is_cleared)
      await ack()
    })
  })
  const sam = slack.person('U0SAM')
  await sam.slash('/cognito')
  await sam.submit({ reason: '1' })
  await sam.submit({ reason: '2' })
  expect(slack.snapshot('U0SAM').modals.map((view) => view.callback_id)).toEqual([
    'operation/form',
    'second',
    'third',
  ])
  await sam.submit({ reason: '3' })
  expect(slack.problems.join()).toContain('more than 3 views')
  await sam.close()
  expect(closed).toEqual([false])
  expect(sam.view()?.callback_id).toBe('second')
})

test('buttons of a message come back with the message, and chat.update shows to everybody', async () => {
  const clicks: unknown[] = []
  bot = await boltOverHttp(slack, (app) =>
    app.action('approve', async ({ ack, body, action, client }) => {
      await ack()
      clicks.push(
        body.user.id,
        'value' in action && action.value,
        body.type === 'block_actions' && body.message?.['metadata'],
      )
      await client.chat.update({
        channel: 'C0APPROVE',
        ts: String(body.type === 'block_actions' && body.message?.ts),
        text: 'Approved',
      })
    }),
  )
  await bot.app.client.chat.postMessage({
    channel: 'C0APPROVE',
    text: 'May Sam?',
    metadata: { event_type: 'card', event_payload: { seq: 1 } },
    blocks: [
      {
        type: 'actions',
        block_id: 'decide/abc',
        elements: [
          {
            type: 'button',
            action_id: 'approve',
            value: 'r1',
            text: { type: 'plain_text', text: 'Approve' },
          },
        ],
      },
    ],
  })
  const [card] = slack.channel('cognito-approvals').messages
  await slack.person('U0ADA').click(card!, 'approve')
  await slack.until(() => slack.channel('C0APPROVE').messages[0]?.edited !== undefined)
  expect(clicks).toEqual(['U0ADA', 'r1', { event_type: 'card', event_payload: { seq: 1 } }])
  expect(slack.channel('C0APPROVE').messages[0]).toMatchObject({ text: 'Approved', ts: card!.ts })
  expect(slack.problems).toEqual([])
})

test('posting to a person is a direct message, which only they see', async () => {
  bot = await boltOverHttp(slack, () => undefined)
  const posted = await bot.app.client.chat.postMessage({ channel: 'U0SAM', text: 'Ready.' })
  expect(posted.channel).toBe('D0SAM')
  expect(slack.directMessages('U0SAM').map((one) => one.text)).toEqual(['Ready.'])
  expect(slack.snapshot('U0ADA').directMessages).toEqual([])
})

test('opening the Home tab delivers the event, and the published view is the home', async () => {
  bot = await boltOverHttp(slack, (app) =>
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({
        user_id: event.user,
        view: { type: 'home', blocks: [{ type: 'divider' }] },
      })
    }),
  )
  const reply = await slack.person('U0SAM').openHome()
  expect(reply.view?.type).toBe('home')
  expect(slack.home('U0SAM')?.blocks.map((block) => block.type)).toEqual(['divider'])
})

test('a shortcut reaches the app with a trigger of its own', async () => {
  bot = await boltOverHttp(slack, (app) =>
    app.shortcut('new-pool', async ({ ack, shortcut, client }) => {
      await ack()
      await client.views.open({ trigger_id: shortcut.trigger_id, view: form })
    }),
  )
  expect((await slack.person('U0SAM').shortcut('new-pool')).view?.callback_id).toBe(
    'operation/form',
  )
})

test('an endpoint that is not there fails like a dispatch', async () => {
  slack.deliverTo('http://127.0.0.1:9/slack/events')
  const reply = await slack.person('U0SAM').slash('/cognito')
  expect(reply.error).toBe('/cognito failed with the error "dispatch_failed"')
})

test('an event that is not taken is sent again, at once, and after a minute', async () => {
  const attempts: (number | undefined)[] = []
  slack.deliverTo('http://127.0.0.1:9/slack/events')
  await slack.event({ type: 'app_home_opened', user: 'U0SAM' })
  clock.advance(0)
  await slack.until(() => slack.deliveries[1]?.state === 'undeliverable')
  bot = await boltOverHttp(slack, (app) =>
    app.event('app_home_opened', async ({ context }) => void attempts.push(context.retryNum)),
  )
  clock.advance(60_000)
  await slack.until(() => slack.deliveries[2]?.state === 'acknowledged')
  expect(slack.deliveries.map((one) => one.retry)).toEqual([0, 1, 2])
  expect(attempts).toEqual([2])
})

test('Bolt takes what is signed and refuses what is forged or stale', async () => {
  bot = await boltOverHttp(slack, (app) => app.command('/cognito', ({ ack }) => ack('hello')))
  const body = 'command=%2Fcognito&text=&user_id=U0SAM&team_id=T0LOCAL&channel_id=C0GENERAL'
  expect(await slack.deliverRaw({ body })).toMatchObject({ status: 200, body: 'hello' })
  expect((await slack.deliverRaw({ body, sign: false })).status).toBe(401)
  const stale = Math.floor(clock.now() / 1000) - 301
  expect((await slack.deliverRaw({ body, timestamp: stale })).status).toBe(401)
  const forged = { 'x-slack-signature': `v0=${'0'.repeat(64)}` }
  expect((await slack.deliverRaw({ body, headers: forged })).status).toBe(401)
  const verification = JSON.stringify({ type: 'url_verification', challenge: 'c' })
  expect(
    await slack.deliverRaw({
      body: verification,
      headers: { 'content-type': 'application/json' },
    }),
  ).toMatchObject({ status: 200, body: '{"challenge":"c"}' })
  expect((await slack.deliverRaw({ body: 'ssl_check=1' })).status).toBe(200)
})

test('a duplicated request reaches the app twice and shows once', async () => {
  const seen: string[] = []
  bot = await boltOverHttp(slack, (app) =>
    app.command('/cognito', async ({ ack, body }) => {
      seen.push(body.trigger_id)
      await ack('hello')
    }),
  )
  slack.faults.envelope({ kind: 'duplicate' })
  await slack.person('U0SAM').slash('/cognito')
  expect(seen).toHaveLength(2)
  expect(seen[0]).toBe(seen[1])
  expect(slack.ephemerals('U0SAM')).toHaveLength(1)
})

test('a select outside an input acts at once, and the bot may change the modal around it', async () => {
  const chooser = {
    ...page('chooser', 'none'),
    blocks: [
      {
        type: 'section' as const,
        block_id: 'section',
        text: { type: 'plain_text' as const, text: 'Which?' },
        accessory: {
          type: 'static_select' as const,
          action_id: 'section',
          options: [option('mfa'), option('email')],
        },
      },
    ],
  }
  bot = await boltOverHttp(slack, (app) => {
    app.command('/cognito', async ({ ack, command, client }) => {
      await ack()
      await client.views.open({ trigger_id: command.trigger_id, view: chooser })
    })
    app.action('section', async ({ ack, body, action, client }) => {
      await ack()
      const chosen = action.type === 'static_select' ? action.selected_option.value : ''
      const id = body.type === 'block_actions' ? String(body.view?.id) : ''
      await client.views.update({ view_id: id, view: page('chosen', chosen) })
    })
  })
  const sam = slack.person('U0SAM')
  await sam.slash('/cognito')
  const reply = await sam.set({ section: 'mfa' })
  expect(reply?.view?.callback_id).toBe('chosen')
  expect(JSON.stringify(reply?.view?.blocks)).toContain('"mfa"')
})

test('opening another modal from inside a modal is a problem: Slack does not promise it', async () => {
  bot = await boltOverHttp(slack, (app) => {
    openForm(app)
    app.view('operation/form', async ({ ack, body, client }) => {
      const trigger_id = 'trigger_id' in body ? body.trigger_id : ''
      await client.views.open({ trigger_id, view: page('other', 'x') })
      await ack()
    })
  })
  await slack.person('U0SAM').slash('/cognito')
  await slack.person('U0SAM').submit({ reason: 'x' })
  expect(slack.problems).toEqual(['views.open: called from inside a modal'])
})

test('a person of another team comes with their own team id', async () => {
  const teams: unknown[] = []
  bot = await boltOverHttp(slack, (app) =>
    app.shortcut('x', async ({ ack, body }) => {
      teams.push(body.team?.id, body.user.team_id)
      await ack()
    }),
  )
  slack.setUser('U0CARL', { is_stranger: true, team_id: 'T0OTHER' })
  await slack.person('U0CARL').shortcut('x')
  expect(teams).toEqual(['T0LOCAL', 'T0OTHER'])
})
