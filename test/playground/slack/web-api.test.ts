import { type WebAPIPlatformError, WebClient } from '@slack/web-api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type LocalSlack, startSlack, virtualClock } from '../../../playground/slack/index.ts'
import { silent } from './bolt.ts'
import { form, page } from './screens.ts'

const clock = virtualClock()
let slack: LocalSlack
let client: WebClient

beforeEach(async () => {
  slack = await startSlack({
    clock,
    users: [
      { id: 'U0ADA', name: 'ada', email: 'ada@example.com' },
      { id: 'U0EXT', name: 'ext', is_stranger: true, team_id: 'T0OTHER' },
      { id: 'U0OFF', name: 'off', deleted: true },
    ],
    channels: [
      { id: 'C0OPEN', name: 'open', members: ['U0ADA'] },
      { id: 'C0FAR', name: 'far', members: ['U0ADA'], bot_is_member: false },
      { id: 'C0SECRET', name: 'secret', bot_is_member: false, is_private: true },
      { id: 'C0OLD', name: 'old', members: ['U0ADA'], is_archived: true },
    ],
    usergroups: [{ id: 'S0X', handle: 'x', users: ['U0ADA'] }],
  })
  client = new WebClient(slack.botToken, {
    slackApiUrl: slack.url,
    logger: silent,
    retryConfig: { retries: 0 },
  })
})
afterEach(() => slack.close())

const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error: WebAPIPlatformError) => error.data.error,
  )

const post = (channel: string) => refusal(client.chat.postMessage({ channel, text: 'hello' }))
const publish = (user_id: string) =>
  client.views.publish({ user_id, view: { type: 'home', external_id: 'e', blocks: [] } })

test('auth.test names the team, the app and the bot', async () => {
  expect(await client.auth.test()).toMatchObject({
    ok: true,
    team_id: slack.team.id,
    user_id: slack.botUserId,
    bot_id: slack.botId,
  })
})

test('each method wants its own kind of token', async () => {
  const as = (token: string) =>
    new WebClient(token, { slackApiUrl: slack.url, retryConfig: { retries: 0 } })
  expect(await refusal(as(slack.appToken).users.info({ user: 'U0ADA' }))).toBe(
    'not_allowed_token_type',
  )
  expect(await refusal(client.apps.connections.open())).toBe('not_allowed_token_type')
  expect(await refusal(as('xoxb-wrong').auth.test())).toBe('invalid_auth')
  expect(await refusal(new WebClient(undefined, { slackApiUrl: slack.url }).auth.test())).toBe(
    'not_authed',
  )
  expect((await as(slack.appToken).apps.connections.open()).url).toMatch(/^ws:\/\/127\.0\.0\.1:/u)
})

test('people come with the flags that matter, and change while the bot runs', async () => {
  expect((await client.users.info({ user: 'U0EXT' })).user).toMatchObject({
    is_stranger: true,
    team_id: 'T0OTHER',
  })
  slack.setUser('U0ADA', { is_restricted: true, deleted: true })
  expect((await client.users.info({ user: 'U0ADA' })).user).toMatchObject({
    is_restricted: true,
    deleted: true,
  })
  expect(await refusal(client.users.info({ user: 'U0NOBODY' }))).toBe('user_not_found')
  const everyone = await client.users.list({ limit: 2 })
  expect(everyone.members).toHaveLength(2)
  expect(everyone.response_metadata?.next_cursor).toBe('page-2')
})

test('a user group is read fresh each time', async () => {
  const members = async () => (await client.usergroups.users.list({ usergroup: 'S0X' })).users
  expect(await members()).toEqual(['U0ADA'])
  slack.setUsergroup('S0X', ['U0EXT'])
  expect(await members()).toEqual(['U0EXT'])
  expect((await client.usergroups.list()).usergroups?.map((group) => group.handle)).toEqual(['x'])
  expect(await refusal(client.usergroups.users.list({ usergroup: 'S0NONE' }))).toBe(
    'no_such_subteam',
  )
})

test('the bot writes only where it is a member and where writing is possible', async () => {
  expect(await post('C0OPEN')).toBe('ok')
  expect(await post('#open')).toBe('ok')
  expect(await post('U0ADA')).toBe('ok')
  expect(await post('C0FAR')).toBe('not_in_channel')
  expect(await post('C0SECRET')).toBe('channel_not_found')
  expect(await post('C0OLD')).toBe('is_archived')
  expect(await post('U0OFF')).toBe('user_disabled')
  expect(await post('C0NONE')).toBe('channel_not_found')
})

test('only the own, lasting messages can be changed', async () => {
  const channel = 'C0OPEN'
  const theirs = slack.person('U0ADA').say(channel, 'mine')
  expect(await refusal(client.chat.update({ channel, ts: theirs.ts, text: 'x' }))).toBe(
    'cant_update_message',
  )
  const { message_ts } = await client.chat.postEphemeral({ channel, user: 'U0ADA', text: 'psst' })
  expect(await refusal(client.chat.update({ channel, ts: String(message_ts), text: 'x' }))).toBe(
    'message_not_found',
  )
  const own = await client.chat.postMessage({ channel, text: 'a' })
  await client.chat.update({ channel, ts: String(own.ts), text: 'b' })
  expect(slack.channel('open').messages.map((one) => one.text)).toEqual(['mine', 'b'])
  await client.chat.delete({ channel, ts: String(own.ts) })
  expect(slack.channel('open').messages.map((one) => one.text)).toEqual(['mine'])
  expect(slack.problems).toEqual([
    'chat.update: cant_update_message',
    'chat.update: message_not_found',
  ])
})

test('history gives the newest first, with metadata when asked', async () => {
  for (const seq of [1, 2, 3])
    await client.chat.postMessage({
      channel: 'C0OPEN',
      text: `entry ${seq}`,
      metadata: { event_type: 'audit', event_payload: { seq } },
    })
  const history = await client.conversations.history({
    channel: 'C0OPEN',
    limit: 2,
    include_all_metadata: true,
  })
  expect(history.messages?.map((one) => one.metadata?.event_payload)).toEqual([
    { seq: 3 },
    { seq: 2 },
  ])
  expect(history.has_more).toBe(true)
  const rest = await client.conversations.history({
    channel: 'C0OPEN',
    cursor: String(history.response_metadata?.next_cursor),
  })
  expect(rest.messages?.map((one) => one.text)).toEqual(['entry 1'])
  expect(rest.messages?.[0]?.metadata).toEqual({ event_type: 'audit' })
})

test('a thread is read by its first message', async () => {
  const { ts } = await client.chat.postMessage({ channel: 'C0OPEN', text: 'card' })
  await client.chat.postMessage({ channel: 'C0OPEN', text: 'reply', thread_ts: String(ts) })
  const replies = await client.conversations.replies({ channel: 'C0OPEN', ts: String(ts) })
  expect(replies.messages?.map((one) => one.text)).toEqual(['card', 'reply'])
  const history = await client.conversations.history({ channel: 'C0OPEN' })
  expect(history.messages?.map((one) => one.text)).toEqual(['card'])
})

test('a message with faulty blocks is refused with the place of each fault', async () => {
  const call = client.chat.postMessage({
    channel: 'C0OPEN',
    text: 'x',
    blocks: [{ type: 'header', text: { type: 'plain_text', text: 'h'.repeat(151) } }],
  })
  expect(await refusal(call)).toBe('invalid_blocks')
  expect(slack.calls.at(-1)?.faults[0]?.pointer).toBe('/blocks/0/text/text')
  expect(slack.channel('open').messages).toEqual([])
  expect(slack.problems[0]).toBe('chat.postMessage: invalid_blocks')
})

test('blocks without a text beside them are delivered, and are a problem', async () => {
  await client.chat.postMessage({ channel: 'C0OPEN', text: '', blocks: [{ type: 'divider' }] })
  expect(slack.problems).toEqual(['chat.postMessage: blocks without a text beside them'])
})

test('views.update keeps what was typed, honours the hash and finds no closed modal', async () => {
  const ada = slack.person('U0ADA')
  const asked = ada.shortcut('x')
  clock.advance(3000)
  await asked
  const trigger = slack.deliveries[0]?.body['trigger_id']
  clock.advance(-1)
  expect(await refusal(client.views.open({ trigger_id: String(trigger), view: form }))).toBe('ok')
  await ada.set({ reason: 'typed' })
  const { id, hash } = ada.view()!
  expect(await refusal(client.views.update({ view_id: id, hash: 'old', view: form }))).toBe(
    'hash_conflict',
  )
  await client.views.update({ view_id: id, hash, view: form })
  expect(ada.view()?.state.values['reason']?.['reason']?.value).toBe('typed')
  await client.views.update({ view_id: id, view: page('p', 'text') })
  expect(ada.view()?.callback_id).toBe('p')
  await ada.close()
  expect(await refusal(client.views.update({ view_id: id, view: form }))).toBe('not_found')
})

test('an external_id belongs to one view at a time', async () => {
  await publish('U0ADA')
  await publish('U0ADA')
  expect(await refusal(publish('U0EXT'))).toBe('duplicate_external_id')
})

test('blocks.validate tells the faults and needs no scope', async () => {
  const { data } = (await client
    .apiCall('blocks.validate', { blocks: [{ type: 'nope' }] })
    .catch((error: unknown) => error)) as { data: { error: string; errors: unknown } }
  expect(data).toMatchObject({
    error: 'invalid_blocks',
    errors: [{ pointer: '/blocks/0/type', code: 'unknown_type' }],
  })
  expect(await refusal(client.apiCall('blocks.validate', { view: form }))).toBe('ok')
})

test('what is not served is an unknown method, and a problem', async () => {
  expect(await refusal(client.apiCall('reactions.add', {}))).toBe('unknown_method')
  expect(slack.problems).toEqual(['reactions.add: unknown_method'])
})

test('JSON bodies are understood like forms', async () => {
  const response = await fetch(`${slack.url}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: 'C0OPEN', text: 'json', blocks: [{ type: 'divider' }] }),
  })
  expect(await response.json()).toMatchObject({ ok: true })
  expect(slack.channel('open').messages[0]?.blocks[0]?.type).toBe('divider')
})

test('a call of a response_url is a problem', async () => {
  await fetch(slack.url.replace('/api/', '/response/R1'), { method: 'POST' })
  expect(slack.problems).toEqual(['response_url was called; answers go through the Web API'])
})
