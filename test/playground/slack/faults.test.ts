import { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  type Fault,
  type LocalSlack,
  startSlack,
  virtualClock,
} from '../../../playground/slack/index.ts'
import { silent } from './bolt.ts'

let slack: LocalSlack
let client: WebClient

const connect = (one: LocalSlack) =>
  new WebClient(one.botToken, {
    slackApiUrl: one.url,
    logger: silent,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 200,
  })

beforeEach(async () => {
  slack = await startSlack()
  client = connect(slack)
})
afterEach(() => slack.close())

const post = () =>
  client.chat.postMessage({ channel: 'C0GENERAL', text: 'hello' }).then(
    () => 'ok',
    (error: { code: string }) => error.code,
  )

const cases: readonly [string, Fault, { error: string; posted: number }][] = [
  [
    '429',
    { kind: 'ratelimited', retryAfter: 5 },
    { error: 'slack_webapi_rate_limited_error', posted: 0 },
  ],
  ['503', { kind: 'status', status: 503 }, { error: 'slack_webapi_http_error', posted: 0 }],
  [
    'invalid_auth',
    { kind: 'error', error: 'invalid_auth' },
    { error: 'slack_webapi_platform_error', posted: 0 },
  ],
  ['a hang', { kind: 'hang' }, { error: 'slack_webapi_request_error', posted: 0 }],
  [
    'a reply lost after the effect',
    { kind: 'timeout-after-effect' },
    { error: 'slack_webapi_request_error', posted: 1 },
  ],
  [
    'a reset before the effect',
    { kind: 'reset' },
    { error: 'slack_webapi_request_error', posted: 0 },
  ],
  [
    'a reset after the effect',
    { kind: 'reset', afterEffect: true },
    { error: 'slack_webapi_request_error', posted: 1 },
  ],
]

test.each(cases)(
  '%s strikes the next call of its method, and only that one',
  async (_name, fault, expected) => {
    slack.faults.inject('chat.postMessage', fault)
    expect((await client.auth.test()).ok).toBe(true)
    const failed = await post()
    expect(failed).toMatch(/^slack_webapi_/u)
    expect(slack.channel('general').messages).toHaveLength(expected.posted)
    expect(slack.calls.at(-1)?.injected).toBe(fault.kind)
    expect(await post()).toBe('ok')
    expect(failed).toBe(expected.error)
  },
)

test('truncated JSON arrives after the effect', async () => {
  slack.faults.inject('chat.postMessage', { kind: 'truncated' })
  const response = await fetch(`${slack.url}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: 'C0GENERAL', text: 'hello' }),
  })
  await expect(response.json()).rejects.toThrow()
  expect(slack.channel('general').messages).toHaveLength(1)
})

test('a slow call is served when the clock has moved on', async () => {
  const clock = virtualClock()
  const slow = await startSlack({ clock })
  slow.faults.inject('auth.test', { kind: 'slow', ms: 5000 })
  const asked = fetch(`${slow.url}auth.test`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slow.botToken}` },
  })
  const later = setInterval(() => clock.advance(5000), 5)
  expect(await (await asked).json()).toMatchObject({ ok: true })
  clearInterval(later)
  expect(slow.calls[0]?.ms).toBeGreaterThanOrEqual(5000)
  await slow.close()
})

test('a fault for any method, several calls long, can be called off', async () => {
  slack.faults.inject('*', { kind: 'error', error: 'internal_error' }, 3)
  expect(await post()).not.toBe('ok')
  slack.faults.clear()
  expect(await post()).toBe('ok')
})

test('strict rate tiers allow one message a second to a channel', async () => {
  const clock = virtualClock()
  const strict = await startSlack({ clock, strict: { rateTiers: true } })
  client = connect(strict)
  expect(await post()).toBe('ok')
  expect(await post()).toBe('slack_webapi_rate_limited_error')
  clock.advance(1000)
  expect(await post()).toBe('ok')
  await strict.close()
})

test('strict rate tiers allow twenty reads of a user group a minute', async () => {
  const strict = await startSlack({ clock: virtualClock(), strict: { rateTiers: true } })
  client = connect(strict)
  const read = () =>
    client.usergroups.users.list({ usergroup: 'S0SUPPORT' }).then(
      () => 'ok',
      () => 'refused',
    )
  const answers = []
  for (let call = 0; call < 21; call += 1) answers.push(await read())
  expect(answers.filter((answer) => answer === 'ok')).toHaveLength(20)
  expect(answers.at(-1)).toBe('refused')
  await strict.close()
})
