import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it, type TestContext } from 'vitest'
import type { LocalSlack } from '../../playground/slack/index.ts'
import type { EntryDraft } from '../../src/core/audit.ts'
import type { AuditPostsOptions } from '../../src/slack/audit-posts.ts'
import type { SqlStore } from '../../src/store/store.ts'
import { startSlack } from '../../playground/slack/index.ts'
import { Secret } from '../../src/core/secret.ts'
import { AuditPosts } from '../../src/slack/audit-posts.ts'
import { slackLog } from '../../src/slack/bolt-log.ts'
import { createWebClients } from '../../src/slack/web-clients.ts'
import { openStore } from '../../src/store/store.ts'
import { recordedLog, recordedMetrics } from './harness.ts'

type Test = Pick<TestContext, 'onTestFinished'>
type Batch = Awaited<ReturnType<SqlStore['outbox']['nextBatch']>> & object
type Options = AuditPostsOptions<Batch>

/** A store, a channel, and workers between them; the clock can be moved on. */
async function posting({ onTestFinished }: Test) {
  const clock = { ahead: 0 }
  const now = () => Date.now() + clock.ahead
  const folder = await mkdtemp(join(tmpdir(), 'lifeguard-posts-'))
  const store = await openStore({ folder, now })
  const slack = await startSlack()
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
    await store.close()
    await rm(folder, { recursive: true })
  })
  const worker = (changes: Partial<Options> = {}): AuditPosts<Batch> => {
    const posts = new AuditPosts<Batch>({
      outbox: store.outbox,
      head: () => store.head(),
      client: clients.background,
      channel: 'C0AUDIT',
      names: {
        pool: (id) => (id === 'eu-west-1_abc' ? 'customers (prod)' : undefined),
        operation: (name) => (name === 'reset-password' ? 'Reset a password' : undefined),
      },
      now,
      log,
      gapMs: 1,
      backOffMs: 5,
      pollMs: 20,
      ...changes,
    })
    onTestFinished(() => posts.stop())
    return posts
  }
  return { store, slack, worker, clock, logged: text }
}

const done: EntryDraft = {
  event: 'done',
  operation: 'reset-password',
  request: 'R1',
  actor: 'U0ADA',
  pool: 'eu-west-1_abc',
  target: 'grace@example.com',
  outcome: 'grace@example.com has a temporary password.',
  details: { reason: 'Lost her phone' },
}

const posts = (slack: LocalSlack) =>
  slack.calls.filter(({ method }) => method === 'chat.postMessage')
const ranges = (slack: LocalSlack) =>
  slack.channel('C0AUDIT').messages.map(({ metadata }) => {
    const { from, to } = metadata?.event_payload ?? {}
    return { from, to }
  })

async function allPosted(slack: LocalSlack, store: SqlStore): Promise<void> {
  const { size } = await store.head()
  await slack.until(() => ranges(slack).some((range) => range.to === size))
  while ((await store.outbox.backlog()) > 0) await pause(5)
}

describe.concurrent('audit posts', () => {
  it('say who did what to whom, and seal it with the head of the history', async (test) => {
    const { store, slack, worker } = await posting(test)
    await store.append(done)
    worker().start()
    await allPosted(slack, store)
    const [message] = slack.channel('C0AUDIT').messages
    const { size, root } = await store.head()
    expect(message?.blocks[0]?.['elements']).toEqual([
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: '✅ ' },
          { type: 'user', user_id: 'U0ADA' },
          {
            type: 'text',
            text: ' did: Reset a password for grace@example.com in customers (prod). grace@example.com has a temporary password.',
          },
          { type: 'text', text: ' Reason: Lost her phone', style: { italic: true } },
        ],
      },
    ])
    expect(message?.text).toBe(`Lifeguard audit #1 · head ${size}:${root.slice(0, 16)}`)
    expect(message?.metadata).toEqual({
      event_type: 'lifeguard_audit',
      event_payload: { from: 1, to: 1, size, root },
    })
    const sent = posts(slack)[0]?.args
    expect(sent).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false', parse: 'none' })
    expect(slack.problems).toEqual([])
  })

  it('cover every entry once, in order, at most 40 in a message', async (test) => {
    const { store, slack, worker } = await posting(test)
    for (let n = 0; n < 90; n += 1) await store.append({ ...done, target: `user-${n}` })
    worker().start()
    await allPosted(slack, store)
    expect(ranges(slack)).toEqual([
      { from: 1, to: 40 },
      { from: 41, to: 80 },
      { from: 81, to: 90 },
    ])
    expect(slack.problems).toEqual([])
  })

  it('leave intents without a line of their own', async (test) => {
    const { store, slack, worker } = await posting(test)
    await store.append({ ...done, event: 'intent' })
    await store.append(done)
    worker().start()
    await allPosted(slack, store)
    expect(ranges(slack)).toEqual([{ from: 1, to: 2 }])
    expect(slack.channel('C0AUDIT').messages[0]?.blocks).toHaveLength(2)
  })

  it('come at once when the worker is woken', async (test) => {
    const { store, slack, worker } = await posting(test)
    const posts = worker({ pollMs: 60_000 })
    posts.start()
    await store.append(done)
    posts.wake()
    await slack.until(() => ranges(slack).length === 1)
  })

  it('keep text that others chose as plain text', async (test) => {
    const { store, slack, worker } = await posting(test)
    const target =
      '<!channel> <@U0GRACE> `*_~ <https://evil.example|x>\u202egnp\u200b\nforged: line'
    await store.append({ ...done, target, outcome: target, details: { reason: target } })
    await store.append({ ...done, actor: '<!here>' })
    worker().start()
    await allPosted(slack, store)
    const [message] = slack.channel('C0AUDIT').messages
    const elements = message?.blocks
      .filter(({ type }) => type === 'rich_text')
      .flatMap((block) => block['elements'] as { elements: { type: string; text?: string }[] }[])
      .flatMap((section) => section.elements)
    expect(new Set(elements?.map(({ type }) => type))).toEqual(new Set(['text', 'user']))
    expect(JSON.stringify(elements)).not.toMatch(/\\n|\u202e|\u200b/)
    expect(message?.text).not.toMatch(/evil|channel/)
    expect(slack.problems).toEqual([])
  })
})

describe.concurrent('an audit post that fails', () => {
  it('after it took effect is found in the channel and not repeated', async (test) => {
    const { store, slack, worker } = await posting(test)
    await store.append(done)
    slack.faults.inject('chat.postMessage', { kind: 'reset', afterEffect: true })
    worker().start()
    await allPosted(slack, store)
    expect(ranges(slack)).toEqual([{ from: 1, to: 1 }])
    expect(posts(slack)).toHaveLength(1)
    expect(slack.calls.map(({ method }) => method)).toContain('conversations.history')
  })

  it('with a cut reply is found in the channel and not repeated', async (test) => {
    const { store, slack, worker } = await posting(test)
    await store.append(done)
    slack.faults.inject('chat.postMessage', { kind: 'truncated' })
    worker().start()
    await allPosted(slack, store)
    expect(ranges(slack)).toEqual([{ from: 1, to: 1 }])
    expect(posts(slack)).toHaveLength(1)
  })

  it('before it took effect is repeated, and the next ones wait for it', async (test) => {
    const { store, slack, worker } = await posting(test)
    slack.faults.inject('chat.postMessage', { kind: 'reset' }, 2)
    for (let n = 0; n < 50; n += 1) await store.append(done)
    worker().start()
    await allPosted(slack, store)
    expect(ranges(slack)).toEqual([
      { from: 1, to: 40 },
      { from: 41, to: 50 },
    ])
    expect(posts(slack)).toHaveLength(4)
  })

  it('is still uncertain when the channel could not be read', async (test) => {
    const { store, slack, worker } = await posting(test)
    await store.append(done)
    slack.faults.inject('chat.postMessage', { kind: 'reset', afterEffect: true })
    slack.faults.inject('conversations.history', { kind: 'ratelimited', retryAfter: 0 }, 2)
    worker().start()
    await allPosted(slack, store)
    expect(ranges(slack)).toEqual([{ from: 1, to: 1 }])
  })

  it('for a rate limit waits as long as Slack asks, and no longer than it', async (test) => {
    const { store, slack, worker, logged } = await posting(test)
    await store.append(done)
    slack.faults.inject('chat.postMessage', { kind: 'ratelimited', retryAfter: 1 })
    worker().start()
    await allPosted(slack, store)
    const [limited, posted] = posts(slack)
    expect(Number(posted?.at) - Number(limited?.at)).toBeGreaterThanOrEqual(1000)
    expect(slack.calls.map(({ method }) => method)).not.toContain('conversations.history')
    expect(logged()).toMatch(/"code":"rate_limited".*"waitMs":1000/)
  })

  it('to be recorded is found by the next process', async (test) => {
    const { store, slack, worker, clock } = await posting(test)
    await store.append(done)
    const crashed = worker({
      outbox: { ...store.outbox, posted: () => Promise.reject(new Error('the disk is full')) },
      pollMs: 60_000,
    })
    crashed.start()
    await slack.until(() => ranges(slack).length === 1)
    await crashed.stop()
    clock.ahead = 31_000
    worker().start()
    await allPosted(slack, store)
    expect(ranges(slack)).toEqual([{ from: 1, to: 1 }])
  })
})

describe.concurrent('stopping', () => {
  it('posts what is queued first', async (test) => {
    const { store, slack, worker } = await posting(test)
    const posts = worker({ pollMs: 60_000, gapMs: 20 })
    posts.start()
    for (let n = 0; n < 60; n += 1) await store.append(done)
    await posts.stop()
    expect(await store.outbox.backlog()).toBe(0)
    expect(ranges(slack).at(-1)).toMatchObject({ to: 60 })
  })

  it('does not wait for a channel that is not there; the entries stay queued', async (test) => {
    const { store, worker } = await posting(test)
    await store.append(done)
    const posts = worker({ channel: 'C0NOWHERE', backOffMs: 60_000 })
    posts.start()
    await posts.stop()
    expect(await store.outbox.backlog()).toBe(1)
  })
})
