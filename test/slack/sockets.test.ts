import { setTimeout as pause } from 'node:timers/promises'
import { describe, it, type TestContext } from 'vitest'
import type { SocketReceiverOptions } from '../../src/slack/sockets.ts'
import type { LocalSlack } from '../../playground/slack/index.ts'
import type { Args } from './harness.ts'
import { startSlack } from '../../playground/slack/index.ts'
import { Secret } from '../../src/core/secret.ts'
import { AckLost } from '../../src/slack/acknowledgement.ts'
import { slackLog } from '../../src/slack/bolt-log.ts'
import { SocketReceiver } from '../../src/slack/sockets.ts'
import { appOn, intakeOptions } from './harness.ts'

type Test = Pick<TestContext, 'onTestFinished'>

async function workspace({ onTestFinished }: Test): Promise<LocalSlack> {
  const slack = await startSlack()
  onTestFinished(() => slack.close())
  return slack
}

function receiverOn(
  { onTestFinished }: Test,
  slack: LocalSlack,
  listener: (args: Args) => Promise<void>,
  changes: Partial<SocketReceiverOptions> = {},
) {
  const options = intakeOptions()
  const fatal: string[] = []
  const receiver = new SocketReceiver({
    ...options,
    appToken: new Secret(slack.appToken),
    slackApiUrl: slack.url,
    slackLog: slackLog(options.log),
    onFatal: (sentence) => fatal.push(sentence),
    staggerMs: 0,
    ...changes,
  })
  appOn(receiver, options.log, listener)
  onTestFinished(() => receiver.stop())
  return { ...options, receiver, fatal }
}

const echo = async (args: Args) => {
  if ('command' in args) await args.ack({ text: args.command.text })
}

describe.concurrent('two Socket Mode connections', () => {
  it('lose no command while Slack renews them one after the other', async (test) => {
    const { expect } = test
    const slack = await workspace(test)
    const { receiver } = receiverOn(test, slack, echo)
    await receiver.start()
    await slack.connected(2)
    await expect.poll(() => receiver.connections).toBe(2)
    const replies: Promise<unknown>[] = []
    const ada = slack.person('U0ADA')
    for (let sent = 0; sent < 80; sent += 1) {
      if (sent === 5 || sent === 55) slack.faults.refresh()
      replies.push(ada.slash('/cognito', `n${sent}`).then(({ ack }) => ack))
      await pause(50)
    }
    const texts = (await Promise.all(replies)).map((ack) => (ack as { text: string }).text)
    expect(texts).toEqual(Array.from({ length: 80 }, (_, sent) => `n${sent}`))
    await slack.connected(2)
  })

  it('come back after both were cut, and tell when Slack last gave a sign', async (test) => {
    const { expect } = test
    const slack = await workspace(test)
    const { receiver, metrics } = receiverOn(test, slack, echo)
    await receiver.start()
    await slack.connected(2)
    const before = receiver.lastSignAt ?? 0
    slack.faults.drop()
    await slack.until(() => slack.connections === 0)
    await slack.connected(2)
    await expect.poll(() => receiver.connections).toBe(2)
    expect(receiver.lastSignAt).toBeGreaterThan(before)
    expect(metrics.counted).toContain('sockets 0')
    expect((await slack.person('U0ADA').slash('/cognito', 'again')).ack).toEqual({ text: 'again' })
  })

  it('come back when Slack turns them away or is broken for a while', async (test) => {
    const { expect } = test
    const slack = await workspace(test)
    const { receiver, metrics } = receiverOn(test, slack, echo)
    await receiver.start()
    await slack.connected(2)
    slack.faults.inject('apps.connections.open', { kind: 'status', status: 500 }, 2)
    slack.faults.tooManyWebsockets(1)
    slack.faults.drop()
    await slack.until(() => slack.connections === 0)
    await slack.connected(2)
    expect(metrics.counted).toContain('slack apps.connections.open http_500')
  })

  it('notice a silent server and connect anew', async (test) => {
    const { expect } = test
    const slack = await workspace(test)
    const { receiver } = receiverOn(test, slack, echo)
    await receiver.start()
    await slack.connected(2)
    slack.faults.halfOpen()
    await slack.connected(2)
    expect((await slack.person('U0ADA').slash('/cognito', 'heard')).ack).toEqual({ text: 'heard' })
  })

  it('end the process with a sentence when the token is refused on a reconnect', async (test) => {
    const { expect } = test
    const slack = await workspace(test)
    const { receiver, fatal } = receiverOn(test, slack, echo)
    await receiver.start()
    await slack.connected(2)
    slack.faults.inject('apps.connections.open', { kind: 'error', error: 'invalid_auth' }, 2)
    slack.faults.drop()
    await expect.poll(() => fatal.length, { timeout: 5000 }).toBeGreaterThan(0)
    expect(fatal[0]).toMatch(/app token \(invalid_auth\)/)
  })

  it('do not start with a token that is refused', async (test) => {
    const { expect } = test
    const slack = await workspace(test)
    const { receiver } = receiverOn(test, slack, echo, { appToken: new Secret('xapp-wrong') })
    await expect(receiver.start()).rejects.toThrow(/SLACK_APP_TOKEN/)
  })
})

describe.concurrent('an envelope', () => {
  it('that is no payload is dropped, and the process goes on', async (test) => {
    const { expect } = test
    const slack = await workspace(test)
    const { receiver, logged } = receiverOn(test, slack, echo)
    await receiver.start()
    await slack.connected(1)
    for (const frame of [
      'null',
      '7',
      '{"type":"events_api"}',
      '{"type":"events_api","payload":{}}',
      '{"type":"interactive","envelope_id":"1","payload":null}',
      '{"type":"slash_commands","envelope_id":"2","payload":{"command":"/cognito"}}',
      'no json',
    ])
      slack.sendFrame(frame)
    expect((await slack.person('U0ADA').slash('/cognito', 'alive')).ack).toEqual({ text: 'alive' })
    expect(logged()).toMatch(/could not be read/)
    expect(logged()).toMatch(/without the members/)
  })

  it('whose listener throws, or never answers, gets a safe text', async (test) => {
    const { expect } = test
    const slack = await workspace(test)
    const { receiver } = receiverOn(
      test,
      slack,
      async (args) => {
        if ('command' in args && args.command.text === 'throw') throw new Error('inside')
        await pause(200)
      },
      { ackWithinMs: 50 },
    )
    await receiver.start()
    const ada = slack.person('U0ADA')
    expect((await ada.slash('/cognito', 'throw')).ephemeral?.text).toMatch(/LG-TEST01/)
    expect((await ada.slash('/cognito', 'sleep')).ephemeral?.text).toMatch(/taking longer/)
  })

  it('whose connection drops before the answer tells the listener so', async (test) => {
    const { expect } = test
    const slack = await workspace(test)
    const told = Promise.withResolvers<unknown>()
    const { receiver } = receiverOn(test, slack, async (args) => {
      if (!('command' in args)) return
      await expect.poll(() => receiver.connections).toBeLessThan(2)
      await args.ack({ text: 'x' }).then(told.resolve, told.resolve)
    })
    await receiver.start()
    await expect.poll(() => receiver.connections).toBe(2)
    slack.faults.envelope({ kind: 'drop-before-ack' })
    const reply = slack.person('U0ADA').slash('/cognito', 'x')
    expect(await told.promise).toBeInstanceOf(AckLost)
    expect((await reply).acknowledged).toBe(false)
  })
})

describe.concurrent('stopping', () => {
  it('lets what has arrived be answered first', async (test) => {
    const { expect } = test
    const slack = await workspace(test)
    const began = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    const { receiver } = receiverOn(test, slack, async (args) => {
      began.resolve()
      await go.promise
      if ('command' in args) await args.ack({ text: 'answered' })
    })
    await receiver.start()
    await slack.connected(2)
    const reply = slack.person('U0ADA').slash('/cognito', 'x')
    await began.promise
    const stopped = receiver.stop()
    go.resolve()
    expect((await reply).ack).toEqual({ text: 'answered' })
    await stopped
    expect([receiver.inFlight, receiver.connections]).toEqual([0, 0])
    await expect.poll(() => slack.connections).toBe(0)
  })
})
