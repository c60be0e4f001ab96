import type { types } from '@slack/bolt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type LocalSlack, startSlack } from '../../../playground/slack/index.ts'
import { boltOverHttp, type Running } from './bolt.ts'
import { form, page } from './screens.ts'

const canary = 'canary-4711'
let slack: LocalSlack
let bot: Running | undefined

beforeEach(async () => {
  slack = await startSlack()
  slack.guardSecret((text) => text.includes(canary))
})
afterEach(async () => {
  await bot?.stop()
  bot = undefined
  await slack.close()
})

const answering = (view: types.ModalView) =>
  boltOverHttp(slack, (app) => {
    app.command('/cognito', async ({ ack, command, client }) => {
      await ack()
      await client.views.open({ trigger_id: command.trigger_id, view: form })
    })
    app.view('operation/form', ({ ack }) => ack({ response_action: 'update', view }))
  })

async function submitted(view: types.ModalView): Promise<readonly string[]> {
  bot = await answering(view)
  await slack.person('U0SAM').slash('/cognito')
  await slack.person('U0SAM').submit({ reason: 'x' })
  return slack.problems
}

test('a secret may stand in the blocks of a modal', async () => {
  expect(await submitted(page('reveal', canary))).toEqual([])
  expect(JSON.stringify(slack.person('U0SAM').view())).toContain(canary)
})

test('a secret in the private metadata of a modal is a problem that does not repeat it', async () => {
  const [problem] = await submitted({ ...page('reveal', 'x'), private_metadata: canary })
  expect(problem).toContain('/view/private_metadata')
  expect(problem).not.toContain(canary)
})

test('a secret as the value of a button in a modal is a problem', async () => {
  const button = {
    type: 'button' as const,
    action_id: 'copy',
    value: canary,
    text: { type: 'plain_text' as const, text: 'Copy' },
  }
  const view = {
    ...page('reveal', 'x'),
    blocks: [{ type: 'actions' as const, elements: [button] }],
  }
  expect((await submitted(view)).join()).toContain('/view/blocks/0/elements/0/value')
})

test('a secret in a message or in the acknowledgement of a command is a problem', async () => {
  bot = await boltOverHttp(slack, (app) => app.command('/cognito', ({ ack }) => ack(canary)))
  await bot.app.client.chat.postMessage({ channel: 'U0SAM', text: `Your password: ${canary}` })
  await slack.person('U0SAM').slash('/cognito')
  expect(slack.problems).toEqual([
    "chat.postMessage: a secret outside a modal's blocks, at /text",
    "acknowledgement of slash_commands /cognito: a secret outside a modal's blocks, at ",
  ])
})

test('a secret in a Home tab is a problem', async () => {
  bot = await boltOverHttp(slack, () => undefined)
  await bot.app.client.views.publish({
    user_id: 'U0SAM',
    view: {
      type: 'home',
      blocks: [{ type: 'section', text: { type: 'plain_text', text: canary } }],
    },
  })
  expect(slack.problems[0]).toContain('/view/blocks/0/text/text')
})
