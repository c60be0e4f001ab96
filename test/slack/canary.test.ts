import { describe, expect, it, onTestFinished } from 'vitest'
import type { LocalSlack } from '../../playground/slack/index.ts'
import type { Args } from './harness.ts'
import { startSlack } from '../../playground/slack/index.ts'
import { Secret } from '../../src/core/secret.ts'
import { slackLog } from '../../src/slack/bolt-log.ts'
import { HttpReceiver } from '../../src/slack/receiver.ts'
import { SocketReceiver } from '../../src/slack/sockets.ts'
import { createWebClients, type WebClients } from '../../src/slack/web-clients.ts'
import { appOn, intakeOptions } from './harness.ts'

const TYPED = 'tiger-lily-typed'
const PASSWORD = new Secret('tiger-lily-password')

const form = {
  type: 'modal' as const,
  callback_id: 'operation/reset-password',
  title: { type: 'plain_text' as const, text: 'Form' },
  submit: { type: 'plain_text' as const, text: 'Go' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'reason',
      label: { type: 'plain_text' as const, text: 'Reason' },
      element: { type: 'plain_text_input' as const, action_id: 'reason' },
    },
  ],
}

const reveal = {
  type: 'modal' as const,
  title: { type: 'plain_text' as const, text: 'Password' },
  blocks: [
    {
      type: 'rich_text' as const,
      block_id: 'secret',
      elements: [
        {
          type: 'rich_text_preformatted' as const,
          elements: [{ type: 'text' as const, text: PASSWORD.reveal() }],
        },
      ],
    },
  ],
}

/** Opens a form, shows the password in the answer to its submission, then again in a cut reply, then fails. */
const listener =
  ({ interactive }: WebClients, failed: (error: unknown) => void) =>
  async (args: Args): Promise<void> => {
    if ('command' in args) {
      await args.ack()
      await interactive.views.open({ trigger_id: args.command.trigger_id, view: form })
    } else if ('view' in args && args.body.type === 'view_submission') {
      await args.ack({ response_action: 'update', view: reveal })
      await interactive.views
        .update({ view_id: args.body.view.id, view: reveal })
        .catch((error: unknown) => {
          failed(error)
          throw error
        })
    }
  }

async function journey(slack: LocalSlack): Promise<void> {
  const ada = slack.person('U0ADA')
  await ada.slash('/cognito', `reset-password customers ${TYPED}`)
  await ada.waitForView()
  slack.faults.inject('views.update', { kind: 'truncated' })
  const shown = await ada.submit({ reason: TYPED })
  expect(JSON.stringify(shown.view)).toContain(PASSWORD.reveal())
}

function clientsFor(slack: LocalSlack, options: ReturnType<typeof intakeOptions>): WebClients {
  const clients = createWebClients({
    botToken: new Secret(slack.botToken),
    slackApiUrl: slack.url,
    slackLog: slackLog(options.log),
    metrics: options.metrics,
  })
  onTestFinished(() => clients.close())
  return clients
}

describe('the log at its lowest level', () => {
  it.each(['http', 'socket'])('tells nothing typed and nothing secret (%s)', async (transport) => {
    const slack = await startSlack()
    onTestFinished(() => slack.close())
    const options = { ...intakeOptions() }
    const clients = clientsFor(slack, options)
    const failure = Promise.withResolvers<unknown>()
    const receiver =
      transport === 'http'
        ? new HttpReceiver({
            ...options,
            signingSecret: new Secret(slack.signingSecret),
            host: '127.0.0.1',
            port: 0,
            routes: () => undefined,
          })
        : new SocketReceiver({
            ...options,
            appToken: new Secret(slack.appToken),
            slackApiUrl: slack.url,
            slackLog: slackLog(options.log),
            onFatal: () => undefined,
            staggerMs: 0,
          })
    appOn(receiver, options.log, listener(clients, failure.resolve))
    await receiver.start()
    onTestFinished(() => receiver.stop())
    if (receiver instanceof HttpReceiver)
      slack.deliverTo(`http://127.0.0.1:${receiver.port}/slack/events`)

    await journey(slack)
    await failure.promise
    await expect.poll(() => options.logged()).toMatch(/A listener failed/)
    options.log.error(
      { password: PASSWORD, nested: { given: PASSWORD } },
      `it was ${String(PASSWORD)}`,
    )
    for (const hidden of [
      TYPED,
      PASSWORD.reveal(),
      slack.botToken,
      slack.appToken,
      slack.signingSecret,
    ])
      expect(options.logged()).not.toContain(hidden)
    expect(options.metrics.counted.join('\n')).not.toContain(TYPED)
  })
})
