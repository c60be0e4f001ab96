import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type WebAPIPlatformError, WebClient } from '@slack/web-api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type LocalSlack, startSlack } from '../../../playground/slack/index.ts'
import { silent } from './bolt.ts'

const manifest = `
display_information: { name: Warden }
features:
  slash_commands:
    - { command: /cognito, description: Administer user pools }
oauth_config:
  scopes: { bot: [commands, 'chat:write', 'users:read', 'channels:history'] }
settings:
  event_subscriptions: { bot_events: [] }
`
let folder: string
let slack: LocalSlack
let client: WebClient

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'manifest-'))
  const path = join(folder, 'manifest.yml')
  await writeFile(path, manifest)
  slack = await startSlack({
    manifest: path,
    channels: [
      { id: 'C0OPEN', name: 'open' },
      { id: 'C0CLOSED', name: 'closed', is_private: true },
    ],
  })
  client = new WebClient(slack.botToken, {
    slackApiUrl: slack.url,
    logger: silent,
    retryConfig: { retries: 0 },
  })
})
afterEach(async () => {
  await slack.close()
  await rm(folder, { recursive: true })
})

const refusal = (call: Promise<unknown>) =>
  call.then(
    () => ({ error: 'ok' }),
    (error: WebAPIPlatformError) => error.data,
  )

test('a method whose scope the manifest does not ask for is refused with the scope needed', async () => {
  expect(await refusal(client.usergroups.list())).toMatchObject({
    error: 'missing_scope',
    needed: 'usergroups:read',
  })
  expect(slack.problems).toEqual(['usergroups.list: missing_scope'])
})

test('the history of a private channel needs its own scope', async () => {
  expect(await refusal(client.conversations.history({ channel: 'C0OPEN' }))).toMatchObject({
    error: 'ok',
  })
  expect(await refusal(client.conversations.history({ channel: 'C0CLOSED' }))).toMatchObject({
    needed: 'groups:history',
  })
})

test('e-mail addresses stay hidden without their scope', async () => {
  const { user } = await client.users.info({ user: 'U0SAM' })
  expect(user?.name).toBe('sam')
  expect(user?.profile?.email).toBeUndefined()
})

test('a command that is not in the manifest never reaches the app', async () => {
  const reply = await slack.person('U0SAM').slash('/other')
  expect(reply.error).toBe('/other is not a valid command.')
  expect(slack.deliveries).toEqual([])
})

test('a Home tab needs its event in the manifest', async () => {
  expect((await slack.person('U0SAM').openHome()).error).toBe('This app has no Home tab.')
})
