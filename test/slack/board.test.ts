import { describe, expect, it, type TestContext } from 'vitest'
import type { LocalSlack } from '../../playground/slack/index.ts'
import type { Card } from '../../src/core/ports.ts'
import type { SlackBoardOptions } from '../../src/slack/board.ts'
import { startSlack } from '../../playground/slack/index.ts'
import { Secret } from '../../src/core/secret.ts'
import { slackLog } from '../../src/slack/bolt-log.ts'
import { BoardFault, SlackBoard } from '../../src/slack/board.ts'
import { createWebClients } from '../../src/slack/web-clients.ts'
import { cardOf, requestIn } from './cards.ts'
import { recordedLog, recordedMetrics } from './harness.ts'

type Test = Pick<TestContext, 'onTestFinished'>

const GROUPS = [
  { name: 'cognito-admins', users: ['U0ADA', 'U0GRACE'] },
  { name: 'support', usergroup: 'S0SUPPORT' },
]

/** Cards as the store keeps them. */
function keptCards() {
  const cards = new Map<string, Card>()
  return {
    cards,
    card: async (request: string) => cards.get(request),
    keepCard: async (card: Card) => {
      const first = !cards.has(card.request)
      cards.set(card.request, card)
      return first
    },
  }
}

async function boardOn({ onTestFinished }: Test) {
  const slack = await startSlack({ manifest: 'manifest.yml' })
  const clock = { ahead: 0 }
  const { log, text } = recordedLog()
  const clients = createWebClients({
    botToken: new Secret(slack.botToken),
    slackApiUrl: slack.url,
    slackLog: slackLog(log),
    metrics: recordedMetrics(),
  })
  onTestFinished(async () => {
    await clients.close()
    await slack.close()
  })
  const store = keptCards()
  const drawn: string[] = []
  /** One process with a board of its own on the same store and channel. */
  const process = (changes: Partial<SlackBoardOptions> = {}) =>
    new SlackBoard({
      client: clients.background,
      channel: 'C0APPROVE',
      store,
      groups: GROUPS,
      now: () => Date.now() + clock.ahead,
      log,
      onDrawn: (request) => drawn.push(request),
      ...changes,
    })
  return { slack, store, process, clock, drawn, logged: text, board: process() }
}

const posted = (slack: LocalSlack) => slack.channel('C0APPROVE').messages
const called = (slack: LocalSlack, method: string) =>
  slack.calls.filter((call) => call.method === method)
const fresh = () => ({ askedAt: Date.now(), expiresAt: Date.now() + 3_600_000 })
const pending = cardOf(requestIn('pending', fresh()))
const done = cardOf(requestIn('done', { ...fresh(), version: 4 }))
const { id } = pending.request

describe.concurrent('a card', () => {
  it('is posted once and then redrawn in place, always with blocks and text', async (test) => {
    const { slack, store, board, drawn } = await boardOn(test)
    await board.draw(pending)
    const [first] = posted(slack)
    expect(store.cards.get(id)).toEqual({ request: id, channel: 'C0APPROVE', ts: first?.ts })
    expect(first?.text).toMatch(/waiting for approval/)
    await board.draw(done)
    expect(posted(slack)).toHaveLength(1)
    const [after] = posted(slack)
    expect(after?.ts).toBe(first?.ts)
    expect(after?.text).toMatch(/done/)
    expect(JSON.stringify(after?.blocks)).not.toContain('"approve"')
    expect(drawn).toEqual([id, id])
    expect(slack.problems).toEqual([])
  })

  it('carries the request as metadata and allows no previews and mentions by text', async (test) => {
    const { slack, board } = await boardOn(test)
    await board.draw(pending)
    expect(posted(slack)[0]?.metadata).toEqual({
      event_type: 'lifeguard_card',
      event_payload: { request: id },
    })
    expect(called(slack, 'chat.postMessage')[0]?.args).toMatchObject({
      unfurl_links: 'false',
      unfurl_media: 'false',
      parse: 'none',
    })
  })

  it('is noted before it is posted', async (test) => {
    const { slack, store, process } = await boardOn(test)
    const order: string[] = []
    const watched = {
      ...store,
      keepCard: async (card: Card) => {
        order.push(`${card.ts === undefined ? 'begun' : 'kept'} ${posted(slack).length}`)
        return store.keepCard(card)
      },
    }
    await process({ store: watched }).draw(pending)
    expect(order).toEqual(['begun 0', 'kept 1'])
  })

  it('drawn many times at once is one message', async (test) => {
    const { slack, board } = await boardOn(test)
    await Promise.all(Array.from({ length: 8 }, () => board.draw(pending)))
    expect(posted(slack)).toHaveLength(1)
  })

  it('never shows an older state on top of a newer one', async (test) => {
    const { slack, board } = await boardOn(test)
    await board.draw(pending)
    await Promise.all([board.draw(done), board.draw(pending)])
    expect(posted(slack)[0]?.text).toMatch(/done/)
  })

  it('that somebody removed is posted again while it waits, and not after', async (test) => {
    const { slack, store, board } = await boardOn(test)
    await store.keepCard({ request: id, channel: 'C0APPROVE', ts: '1.000001' })
    await board.draw(pending)
    expect(posted(slack)).toHaveLength(1)
    await store.keepCard({ request: id, channel: 'C0APPROVE', ts: '1.000001' })
    await board.draw(done)
    expect(posted(slack)).toHaveLength(1)
  })
})

describe.concurrent('a card whose post failed', () => {
  it.for([
    ['the connection was reset', { kind: 'reset', afterEffect: true }],
    ['the reply was cut', { kind: 'truncated' }],
  ] as const)('after its effect (%s) is found and not posted again', async ([, fault], test) => {
    const { slack, store, board } = await boardOn(test)
    slack.faults.inject('chat.postMessage', fault)
    await expect(board.draw(pending)).rejects.toThrow(BoardFault)
    expect(store.cards.get(id)?.ts).toBeUndefined()
    await board.draw(done)
    expect(posted(slack)).toHaveLength(1)
    expect(posted(slack)[0]?.text).toMatch(/done/)
    expect(store.cards.get(id)?.ts).toBe(posted(slack)[0]?.ts)
  })

  it('before its effect is posted by the next try', async (test) => {
    const { slack, board } = await boardOn(test)
    slack.faults.inject('chat.postMessage', { kind: 'reset' })
    await expect(board.draw(pending)).rejects.toThrow(BoardFault)
    await board.draw(pending)
    expect(posted(slack)).toHaveLength(1)
  })

  it('is not posted again while the channel cannot be read', async (test) => {
    const { slack, board } = await boardOn(test)
    slack.faults.inject('chat.postMessage', { kind: 'reset', afterEffect: true })
    await expect(board.draw(pending)).rejects.toThrow(BoardFault)
    slack.faults.inject('conversations.history', { kind: 'status', status: 500 })
    await expect(board.draw(pending)).rejects.toThrow(BoardFault)
    await board.draw(pending)
    expect(posted(slack)).toHaveLength(1)
  })

  it('is found behind what was said in the channel since', async (test) => {
    const { slack, board } = await boardOn(test)
    slack.faults.inject('chat.postMessage', { kind: 'reset', afterEffect: true })
    await expect(board.draw(pending)).rejects.toThrow(BoardFault)
    for (let n = 0; n < 450; n += 1) slack.person('U0ADA').say('C0APPROVE', `message ${n}`)
    await board.draw(pending)
    expect(called(slack, 'conversations.history')).toHaveLength(3)
    expect(posted(slack).filter(({ metadata }) => metadata !== undefined)).toHaveLength(1)
  })

  it('for a limit says how long Slack asks to wait, and quotes nothing of the card', async (test) => {
    const { slack, board } = await boardOn(test)
    slack.faults.inject('chat.postMessage', { kind: 'ratelimited', retryAfter: 7 })
    const error: unknown = await board.draw(pending).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: 7000 })
    expect(JSON.stringify(error) + String(error)).not.toMatch(/grace|Ticket/)
  })
})

describe.concurrent('a card that another process has begun to post', () => {
  it('is waited for, and found when it is there', async (test) => {
    const { slack, store, process, clock } = await boardOn(test)
    const [one, other] = [process(), process()]
    slack.faults.inject('chat.postMessage', { kind: 'slow', ms: 150 })
    const first = one.draw(pending)
    await slack.until(() => store.cards.get(id))
    const error: unknown = await other.draw(pending).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'posted_elsewhere' })
    expect(error).toHaveProperty('retryAfterMs', expect.closeTo(12_000, -4))
    await first
    clock.ahead = 13_000
    await other.draw(pending)
    expect(posted(slack)).toHaveLength(1)
  })

  it('is posted when that process is gone', async (test) => {
    const { slack, store, process, clock } = await boardOn(test)
    await store.keepCard({ request: id, channel: 'C0APPROVE', ts: undefined })
    const board = process()
    await expect(board.draw(pending)).rejects.toThrow(BoardFault)
    expect(posted(slack)).toHaveLength(0)
    clock.ahead = 13_000
    await board.draw(pending)
    expect(posted(slack)).toHaveLength(1)
  })
})

describe.concurrent('a nudge', () => {
  it('goes into the card’s thread and mentions groups and listed people', async (test) => {
    const { slack, board } = await boardOn(test)
    await board.draw(pending)
    await board.nudge(pending, 'Still waiting <!channel>\nfor 2 approvals.', [
      'cognito-admins',
      'support',
    ])
    const [card, nudge] = posted(slack)
    expect(nudge?.thread_ts).toBe(card?.ts)
    expect(nudge?.blocks[0]?.['elements']).toEqual([
      {
        type: 'rich_text_section',
        elements: [
          { type: 'usergroup', usergroup_id: 'S0SUPPORT' },
          { type: 'text', text: ', ' },
          { type: 'user', user_id: 'U0ADA' },
          { type: 'text', text: ', ' },
          { type: 'user', user_id: 'U0GRACE' },
          { type: 'text', text: ' ' },
          { type: 'text', text: 'Still waiting <!channel> for 2 approvals.' },
        ],
      },
    ])
    expect(nudge?.text).not.toContain('<')
    expect(slack.problems).toEqual([])
  })

  it('waits for its card', async (test) => {
    const { board } = await boardOn(test)
    await expect(board.nudge(pending, 'Hello', [])).rejects.toThrow(BoardFault)
  })
})

describe.concurrent('a note', () => {
  it('is a direct message with the button that its reader may press', async (test) => {
    const { slack, board } = await boardOn(test)
    await board.tell({ person: 'U0SAM', text: 'Approved <!here>.', request: id, button: 'reveal' })
    const [note] = slack.directMessages('U0SAM')
    expect(note?.blocks[0]).toMatchObject({
      text: { type: 'plain_text', text: 'Approved <!here>.' },
    })
    expect(note?.blocks[1]?.['elements']).toMatchObject([{ action_id: 'reveal', value: id }])
    expect(note?.text).toBe('Approved &lt;!here&gt;.')
    await board.tell({ person: 'U0ADA', text: 'Please look.', request: id, button: 'review' })
    expect(slack.directMessages('U0ADA')[0]?.blocks[1]?.['elements']).toMatchObject([
      { action_id: 'review', value: id },
    ])
    await board.tell({ person: 'U0LIN', text: 'Denied.', request: id })
    expect(slack.directMessages('U0LIN')[0]?.blocks).toHaveLength(1)
    expect(slack.problems).toEqual([])
  })

  it('to somebody who has left is logged and given up', async (test) => {
    const { slack, board, logged } = await boardOn(test)
    slack.setUser('U0SAM', { deleted: true })
    await board.tell({ person: 'U0SAM', text: 'Approved.', request: id })
    expect(logged()).toMatch(/user_disabled/)
  })

  it('that Slack cannot take now is tried again', async (test) => {
    const { slack, board } = await boardOn(test)
    slack.faults.inject('chat.postMessage', { kind: 'status', status: 503 })
    await expect(
      board.tell({ person: 'U0SAM', text: 'Approved.', request: id }),
    ).rejects.toMatchObject({ code: 'http_503' })
  })
})
