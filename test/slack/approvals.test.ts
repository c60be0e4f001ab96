import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it, type TestContext } from 'vitest'
import type { LocalSlack } from '../../playground/slack/index.ts'
import type { PoolRef } from '../../src/core/directory.ts'
import { startSlack } from '../../playground/slack/index.ts'
import { CloudFault } from '../../src/core/cloud-fault.ts'
import { createIds } from '../../src/core/ids.ts'
import { Secret } from '../../src/core/secret.ts'
import { operations } from '../../src/operations/index.ts'
import { createSlackApp } from '../../src/slack/app.ts'
import { SlackBoard } from '../../src/slack/board.ts'
import { slackLog } from '../../src/slack/bolt-log.ts'
import { createClient } from '../../src/slack/client.ts'
import { sentenceOf } from '../../src/slack/desk.ts'
import type { Desk } from '../../src/slack/desk.ts'
import { Homes } from '../../src/slack/homes.ts'
import { SlackPeople } from '../../src/slack/people.ts'
import { HttpReceiver } from '../../src/slack/receiver.ts'
import { createWebClients } from '../../src/slack/web-clients.ts'
import { directoryWith } from '../fakes/look.ts'
import { DIGEST, requestIn } from './cards.ts'
import { FakeWorkflow } from './fake-workflow.ts'
import { intakeOptions } from './harness.ts'

type Test = Pick<TestContext, 'onTestFinished'>

const POOL: PoolRef = {
  id: 'eu-west-1_abc',
  name: 'customers',
  environment: 'prod',
  account: 'main',
  region: 'eu-west-1',
}
const directory = directoryWith({
  pools: {
    get: (id) => (id === POOL.id ? POOL : undefined),
    named: () => [POOL],
    search: () => [POOL],
    all: () => [POOL],
    refreshedAt: () => 1,
  },
})

/** The real app over signed HTTP on a local Slack, with a small workflow behind it. */
async function office({ onTestFinished }: Test) {
  const slack = await startSlack({ manifest: 'manifest.yml', settleMs: 100 })
  slack.guardSecret((text) => text.includes('tiger-lily'))
  const options = intakeOptions()
  const { log } = options
  const clients = createWebClients({
    botToken: new Secret(slack.botToken),
    slackApiUrl: slack.url,
    slackLog: slackLog(log),
    metrics: options.metrics,
  })
  const { interactive, background } = clients
  const people = new SlackPeople({ client: interactive, groups: [], now: Date.now, log })
  const workflow = new FakeWorkflow(people)
  const timers: { ms: number; run: () => void }[] = []
  const client = createClient(interactive)
  const after: Desk['after'] = (ms, run) => {
    const timer = { ms, run }
    timers.push(timer)
    return () => void timers.splice(timers.indexOf(timer), 1)
  }
  const report = (error: unknown) => {
    log.error({ err: error }, 'A fault.')
    return 'LG-TEST02'
  }
  const desk: Desk = {
    workflow,
    operations: new Map(operations.map((operation) => [operation.name, operation])),
    directory,
    people,
    ids: createIds(Date.now),
    client,
    homes: new Homes({
      overview: (person) => workflow.overview(person),
      publish: (person, view) => client.publish(person, view),
      now: Date.now,
      after,
      sentenceOf: (error) => sentenceOf(desk, error),
      report,
    }),
    approvalsChannel: 'C0APPROVE',
    now: Date.now,
    after,
    report,
  }
  const cards = new Map<string, { request: string; channel: string; ts: string | undefined }>()
  const board = new SlackBoard({
    client: background,
    channel: 'C0APPROVE',
    store: {
      card: async (id) => cards.get(id),
      keepCard: async (card) => {
        const first = !cards.has(card.request)
        cards.set(card.request, card)
        return first
      },
    },
    groups: [],
    now: Date.now,
    log,
    onDrawn: (request) => desk.homes.drawn(request),
  })
  const receiver = new HttpReceiver({
    ...options,
    signingSecret: new Secret(slack.signingSecret),
    host: '127.0.0.1',
    port: 0,
    routes: () => undefined,
  })
  createSlackApp({
    receiver,
    botToken: new Secret(slack.botToken),
    botId: slack.botId,
    botUserId: slack.botUserId,
    desk,
    logger: slackLog(log),
  })
  await receiver.start()
  slack.deliverTo(`http://127.0.0.1:${receiver.port}/slack/events`)
  onTestFinished(async () => {
    await receiver.stop()
    await clients.close()
    await slack.close()
  })
  /** Draws a request's card and says where it is. */
  const show = async (id: string) => {
    const card = await workflow.card(id)
    if (card) await board.draw(card)
    return { channel: 'C0APPROVE', ts: cards.get(id)?.ts ?? '' }
  }
  /** Lets the timers of so many milliseconds go off. */
  const pass = (ms: number) => {
    for (const timer of timers.filter((one) => one.ms === ms)) timer.run()
  }
  return { slack, workflow, board, people, show, pass, logged: options.logged }
}

const soon = () => ({
  askedAt: Date.now(),
  expiresAt: Date.now() + 3_600_000,
})
const pending = () => requestIn('pending', soon())
const approved = () => requestIn('approved', { ...soon(), revealUntil: Date.now() + 900_000 })
const drawn = (value: unknown) => JSON.stringify(value)
const methods = (slack: LocalSlack) => slack.calls.map(({ method }) => method)

/** A message with a Reveal button, as the requester gets it. */
async function invited(test: Test) {
  const all = await office(test)
  const { slack, workflow, board } = all
  const request = workflow.keep(approved())
  await board.tell({
    person: 'U0SAM',
    text: 'Approved.',
    request: request.id,
    button: 'reveal',
  })
  const [note] = slack.directMessages('U0SAM')
  const place = { channel: note?.channel ?? '', ts: note?.ts ?? '' }
  return { ...all, request, place, sam: slack.person('U0SAM') }
}

const secretIn = (view: unknown) => /tiger-lily-\d/.exec(drawn(view))?.[0]

/** A form sent by somebody who may break the glass. */
async function asking(test: Test) {
  const all = await office(test)
  const { slack, workflow, people } = all
  workflow.becomes(pending)
  workflow.breakGlassAllowed = true
  await people.fresh('U0SAM', 0)
  const sam = slack.person('U0SAM')
  await sam.slash('/cognito', `reset-password ${POOL.name} grace@example.com`)
  await sam.waitForView((view) => view.callback_id === 'operation/reset-password')
  const reply = await sam.submit({
    method: 'temporary',
    verified: 'Called back',
    reason: 'Ticket 7',
  })
  const [id = ''] = workflow.requests.keys()
  return { ...all, sam, reply, id }
}

/** Whatever was under way in the app has had time to show. */
async function roundTrip(slack: LocalSlack) {
  await slack.person('U0CARL').slash('/cognito', 'what')
}

async function atHome(slack: LocalSlack, id: string) {
  const person = slack.person(id)
  await person.openHome()
  await slack.until(() => slack.home(id))
  return person
}

describe.concurrent('a click on a card', () => {
  it.for([
    ['approve', 'vote'],
    ['claim', 'claim'],
    ['withdraw', 'withdraw'],
  ] as const)(
    '%s is durable before it is acknowledged, without a call to Slack',
    async ([action, kind], test) => {
      const { slack, workflow, show } = await office(test)
      const place = await show(workflow.keep(pending()).id)
      const before = slack.calls.length
      const gate = Promise.withResolvers<void>()
      workflow.gate = gate.promise
      const clicked = slack.person('U0ADA').click(place, action)
      await slack.until(() => workflow.arrived === 1)
      // An acknowledgement that came too early would arrive within this time.
      await pause(50)
      expect(slack.deliveries.at(-1)?.state).toBe('waiting')
      expect(workflow.clicks.size).toBe(0)
      gate.resolve()
      const { acknowledged, ack, delivery } = await clicked
      expect(acknowledged).toBe(true)
      expect(ack).toBeUndefined()
      expect([...workflow.clicks.values()]).toEqual([
        {
          key: delivery?.body['trigger_id'],
          kind,
          request: pending().id,
          person: 'U0ADA',
          digest: DIGEST.slice(0, 12),
        },
      ])
      expect(slack.calls).toHaveLength(before)
    },
  )

  it('delivered twice is one click', async (test) => {
    const { slack, workflow, show } = await office(test)
    const place = await show(workflow.keep(pending()).id)
    slack.faults.envelope({ kind: 'duplicate' })
    await slack.person('U0ADA').click(place, 'approve')
    await slack.until(() => workflow.taken === 2)
    expect(workflow.clicks.size).toBe(1)
  })

  it('on a card that was drawn before carries the digest of what it showed', async (test) => {
    const { slack, workflow, show } = await office(test)
    const request = pending()
    const place = await show(workflow.keep(request).id)
    workflow.keep({ ...request, digest: 'f'.repeat(64), round: 2, version: 2 })
    await slack.person('U0ADA').click(place, 'approve')
    expect([...workflow.clicks.values()][0]?.digest).toBe(DIGEST.slice(0, 12))
  })

  it('that cannot be made durable is not lost in silence', async (test) => {
    const { slack, workflow, show, logged } = await office(test)
    const place = await show(workflow.keep(pending()).id)
    workflow.fault = new Error('the disk is full')
    await slack.person('U0ADA').click(place, 'approve')
    const told = await slack.until(() => slack.ephemerals('U0ADA').at(-1))
    expect(told.text).toMatch(/Your click was not taken.*LG-TEST02/)
    expect(logged()).toContain('the disk is full')
    expect(workflow.clicks.size).toBe(0)
  })

  it('closes a review', async (test) => {
    const { slack, workflow, show } = await office(test)
    const emergency = { reason: 'The shop is down', skipped: ['U0ADA'], reviewedBy: undefined }
    const place = await show(workflow.keep(requestIn('done', { ...soon(), emergency })).id)
    await slack.person('U0ADA').click(place, 'review')
    expect([...workflow.clicks.values()][0]).toMatchObject({ kind: 'review', person: 'U0ADA' })
  })
})

describe.concurrent('a denial', () => {
  it('asks why, is durable, and closes the form', async (test) => {
    const { slack, workflow, show } = await office(test)
    const place = await show(workflow.keep(pending()).id)
    const grace = slack.person('U0GRACE')
    await grace.click(place, 'deny')
    const form = await grace.waitForView((view) => view.callback_id === 'deny')
    expect(workflow.clicks.size).toBe(0)
    const refused = await grace.submit({ reason: ' x ' }, { unchecked: true })
    expect(refused.errors?.['reason']).toMatch(/few words/)
    const reply = await grace.submit({ reason: '  Ask her manager first.  ' })
    expect(reply.ack).toEqual({ response_action: 'clear' })
    expect(grace.view()).toBeUndefined()
    expect([...workflow.clicks.values()]).toEqual([
      {
        key: `${form.id}/${pending().id}`,
        kind: 'deny',
        request: pending().id,
        person: 'U0GRACE',
        digest: DIGEST.slice(0, 12),
        why: 'Ask her manager first.',
      },
    ])
    expect(slack.problems).toEqual([])
  })

  it('that cannot be made durable stays open and says so', async (test) => {
    const { slack, workflow, show } = await office(test)
    const place = await show(workflow.keep(pending()).id)
    const grace = slack.person('U0GRACE')
    await grace.click(place, 'deny')
    await grace.waitForView()
    workflow.fault = new Error('the disk is full')
    await grace.submit({ reason: 'Ask her manager first.' })
    expect(drawn(grace.view()?.blocks)).toMatch(/Something went wrong/)
    expect(workflow.clicks.size).toBe(0)
  })
})

describe.concurrent('details', () => {
  it('open from stored state', async (test) => {
    const { slack, workflow, show } = await office(test)
    const request = pending()
    const place = await show(workflow.keep(request).id)
    workflow.keep({ ...request, claimedBy: 'U0ADA', version: 2 })
    const lin = slack.person('U0LIN')
    await lin.click(place, 'details')
    const view = await lin.waitForView()
    expect(drawn(view.blocks)).toContain(request.id)
    expect(drawn(view.blocks)).toContain('is looking at this')
    expect(slack.problems).toEqual([])
  })

  it('of a request that is gone say so', async (test) => {
    const { slack, workflow, show } = await office(test)
    const place = await show(workflow.keep(pending()).id)
    workflow.requests.clear()
    const lin = slack.person('U0LIN')
    await lin.click(place, 'details')
    expect(drawn((await lin.waitForView()).blocks)).toContain('does not know this request')
  })
})

describe.concurrent('a reveal', () => {
  it('opens a view first, then sets the password and shows it there, once', async (test) => {
    const { slack, workflow, place, sam } = await invited(test)
    const gate = Promise.withResolvers<void>()
    workflow.gate = gate.promise
    const before = Date.now()
    await sam.click(place, 'reveal')
    const working = await sam.waitForView((view) => drawn(view.blocks).includes('Working on it'))
    expect(workflow.reveals).toBe(0)
    gate.resolve()
    const shown = await sam.waitForView((view) => secretIn(view) !== undefined)
    expect(shown.id).toBe(working.id)
    expect(shown.blocks.find(({ block_id }) => block_id === 'secret')).toBeDefined()
    await slack.until(() => workflow.shown.length > 0)
    expect(workflow.shown).toEqual([true])
    expect(workflow.revealedSince[0]).toBeGreaterThanOrEqual(before)
    expect(workflow.revealedSince[0]).toBeLessThanOrEqual(Date.now())
    expect(slack.problems).toEqual([])
  })

  it('is hidden after two minutes', async (test) => {
    const { slack, workflow, pass, place, sam } = await invited(test)
    await sam.click(place, 'reveal')
    await sam.waitForView((view) => secretIn(view) !== undefined)
    await slack.until(() => workflow.shown.length > 0)
    pass(120_000)
    const hidden = await sam.waitForView((view) => drawn(view.blocks).includes('hidden now'))
    expect(secretIn(hidden)).toBeUndefined()
  })

  it('sets nothing when no view can be opened, and says so', async (test) => {
    const { slack, workflow, place, sam } = await invited(test)
    slack.faults.inject('views.open', { kind: 'error', error: 'expired_trigger_id' })
    await sam.click(place, 'reveal')
    await slack.until(() =>
      [...slack.directMessages('U0SAM'), ...slack.ephemerals('U0SAM')].some(({ text }) =>
        text.includes('did not open'),
      ),
    )
    await roundTrip(slack)
    expect(workflow.revealedSince).toEqual([])
    expect(workflow.reveals).toBe(0)
  })

  it('delivered twice sets one password', async (test) => {
    const { slack, workflow, place, sam } = await invited(test)
    slack.faults.envelope({ kind: 'duplicate' })
    await sam.click(place, 'reveal')
    await sam.waitForView((view) => secretIn(view) !== undefined)
    await slack.until(
      () => slack.calls.filter(({ method }) => method === 'views.open').length === 2,
    )
    expect(workflow.reveals).toBe(1)
  })

  it('by anybody else is refused in the view', async (test) => {
    const { slack, workflow, place } = await invited(test)
    const lin = slack.person('U0LIN')
    await lin.click(place, 'reveal')
    await lin.waitForView((view) => drawn(view.blocks).includes('Only the person who asked'))
    expect(workflow.reveals).toBe(0)
    expect(workflow.shown).toEqual([])
  })

  it('whose view was closed meanwhile is recorded as not shown', async (test) => {
    const { slack, workflow, place, sam } = await invited(test)
    const gate = Promise.withResolvers<void>()
    workflow.gate = gate.promise
    await sam.click(place, 'reveal')
    await sam.waitForView()
    await sam.close()
    gate.resolve()
    await slack.until(() => workflow.shown.length > 0)
    expect(workflow.shown).toEqual([false])
  })

  it('again, from the view that hid the first one, comes on top with a new password', async (test) => {
    const { slack, workflow, pass, place, sam } = await invited(test)
    await sam.click(place, 'reveal')
    const first = secretIn(await sam.waitForView((view) => secretIn(view) !== undefined))
    await slack.until(() => workflow.shown.length > 0)
    pass(120_000)
    await sam.waitForView((view) => drawn(view.blocks).includes('hidden now'))
    await sam.click('view', 'reveal')
    const second = secretIn(await sam.waitForView((view) => secretIn(view) !== undefined))
    expect(second).not.toBe(first)
    await slack.until(() => workflow.shown.length > 1)
    expect(slack.problems).toEqual([])
  })
})

describe.concurrent('a form that others have to approve', () => {
  it('tells how many are needed and where they were asked', async (test) => {
    const { slack, reply } = await asking(test)
    const shown = drawn(reply.view?.blocks)
    expect(shown).toContain('Sent for approval: 2 approvals needed.')
    expect(shown).toContain('2 people were asked in ')
    expect(shown).toContain('C0APPROVE')
    expect(slack.problems).toEqual([])
  })

  it('can be withdrawn from there', async (test) => {
    const { slack, workflow, sam, id } = await asking(test)
    await sam.click('view', 'withdraw')
    await sam.waitForView((view) => drawn(view.blocks).includes('on record'))
    expect([...workflow.clicks.values()]).toMatchObject([
      { kind: 'withdraw', request: id, person: 'U0SAM' },
    ])
    expect(slack.problems).toEqual([])
  })

  it('can be done alone in an emergency, with a reason and a typed confirmation', async (test) => {
    const { slack, workflow, sam, id } = await asking(test)
    await sam.click('view', 'break-glass')
    await sam.waitForView((view) => view.callback_id === 'break-glass')
    const missing = await sam.submit({ reason: 'now', confirm: 'yes' }, { unchecked: true })
    expect(Object.keys(missing.errors ?? {})).toEqual(['reason', 'confirm'])
    expect(workflow.reveals).toBe(0)
    const reply = await sam.submit({
      reason: 'The shop is down and nobody answers.',
      confirm: ' Break  GLASS ',
    })
    expect(drawn(reply.view)).toContain('tiger-lily-1')
    expect(workflow.requests.get(id)?.emergency?.reason).toBe(
      'The shop is down and nobody answers.',
    )
    expect(workflow.shown).toEqual([true])
    await sam.close()
    expect(sam.view()).toBeUndefined()
    expect(slack.problems).toEqual([])
  })

  it('done alone while AWS is slow shows that it is working, then the result', async (test) => {
    const { slack, workflow, pass, sam } = await asking(test)
    await sam.click('view', 'break-glass')
    await sam.waitForView((view) => view.callback_id === 'break-glass')
    const gate = Promise.withResolvers<void>()
    workflow.gate = gate.promise
    const submitted = sam.submit({
      reason: 'The shop is down and nobody answers.',
      confirm: 'break glass',
    })
    await slack.until(() => slack.deliveries.at(-1)?.kind === 'view_submission')
    await slack.until(() => {
      pass(2000)
      return slack.deliveries.at(-1)?.state === 'acknowledged'
    })
    expect(drawn((await submitted).view)).toContain('Working on it')
    gate.resolve()
    await sam.waitForView((view) => drawn(view.blocks).includes('tiger-lily-1'))
    expect(slack.problems).toEqual([])
  })

  it('keeps the emergency form open with words on top when it is refused', async (test) => {
    const { workflow, sam } = await asking(test)
    await sam.click('view', 'break-glass')
    await sam.waitForView((view) => view.callback_id === 'break-glass')
    workflow.fault = new CloudFault('Cognito did not answer.', {
      kind: 'not-sent',
      code: 'x',
      call: 'AdminGetUser',
    })
    const reply = await sam.submit({
      reason: 'The shop is down and nobody answers.',
      confirm: 'break glass',
    })
    expect(drawn(reply.view)).toContain('Cognito did not answer.')
    await sam.close()
    expect(sam.view()?.callback_id).toBe('break-glass')
  })
})

describe.concurrent('a home', () => {
  it('is drawn when it is opened, and only for its tab', async (test) => {
    const { slack, workflow } = await office(test)
    workflow.keep(pending())
    await atHome(slack, 'U0ADA')
    expect(drawn(slack.home('U0ADA')?.blocks)).toContain('grace@example.com in customers (prod)')
    const before = methods(slack).length
    await slack.event({ type: 'app_home_opened', user: 'U0ADA', channel: 'D1', tab: 'messages' })
    expect(methods(slack)).toHaveLength(before)
    expect(slack.problems).toEqual([])
  })

  it('counts a click with the digest that it showed, and is redrawn after what came of it', async (test) => {
    const { slack, workflow, show } = await office(test)
    const request = workflow.keep(pending())
    const ada = await atHome(slack, 'U0ADA')
    await ada.click('home', 'approve')
    expect([...workflow.clicks.values()]).toMatchObject([
      { kind: 'vote', person: 'U0ADA', digest: DIGEST.slice(0, 12) },
    ])
    workflow.keep({ ...approved(), version: 2 })
    await show(request.id)
    await slack.until(() => drawn(slack.home('U0ADA')?.blocks).includes('Nothing waits for you'))
    expect(slack.problems).toEqual([])
  })

  it('is redrawn a little later even when another process did the work', async (test) => {
    const { slack, workflow, pass } = await office(test)
    workflow.keep(pending())
    const ada = await atHome(slack, 'U0ADA')
    await ada.click('home', 'approve')
    workflow.keep({ ...approved(), version: 2 })
    pass(3000)
    await slack.until(() => drawn(slack.home('U0ADA')?.blocks).includes('Nothing waits for you'))
  })

  it('is not drawn for people who never opened it', async (test) => {
    const { slack, workflow, show, pass } = await office(test)
    const place = await show(workflow.keep(pending()).id)
    await slack.person('U0ADA').click(place, 'approve')
    pass(3000)
    await show(pending().id)
    await roundTrip(slack)
    expect(methods(slack)).not.toContain('views.publish')
    expect(methods(slack)).not.toContain('users.info')
  })

  it('opens the form that asks why, and the details', async (test) => {
    const { slack, workflow } = await office(test)
    workflow.keep(pending())
    const ada = await atHome(slack, 'U0ADA')
    await ada.click('home', 'deny')
    await ada.waitForView((view) => view.callback_id === 'deny')
    await ada.close()
    await ada.click('home', 'details')
    await ada.waitForView((view) => drawn(view.blocks).includes('version 1'))
    expect(slack.problems).toEqual([])
  })

  it('reveals to the requester', async (test) => {
    const { slack, workflow } = await office(test)
    workflow.keep(approved())
    const sam = await atHome(slack, 'U0SAM')
    await sam.click('home', 'reveal')
    await sam.waitForView((view) => drawn(view.blocks).includes('tiger-lily-1'))
    await slack.until(() => workflow.shown.length > 0)
    expect(slack.problems).toEqual([])
  })

  it('that cannot be read says so', async (test) => {
    const { slack, workflow } = await office(test)
    workflow.fault = new Error('the disk is full')
    await atHome(slack, 'U0ADA')
    expect(drawn(slack.home('U0ADA')?.blocks)).toMatch(/Something went wrong.*LG-TEST02/)
  })

  it('that Slack does not take is logged and harms nothing', async (test) => {
    const { slack, logged } = await office(test)
    slack.faults.inject('views.publish', { kind: 'status', status: 500 })
    await slack.person('U0ADA').openHome()
    await slack.until(() => logged().includes('A fault.'))
    await atHome(slack, 'U0ADA')
  })
})
