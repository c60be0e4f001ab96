import { createServer } from 'node:http'
import { once } from 'node:events'
import { describe, expect, it, type TestContext } from 'vitest'
import type { Fault, LocalSlack } from '../../playground/slack/index.ts'
import { startSlack } from '../../playground/slack/index.ts'
import { Secret } from '../../src/core/secret.ts'
import { slackLog } from '../../src/slack/bolt-log.ts'
import { slackFault } from '../../src/slack/slack-fault.ts'
import { createWebClients } from '../../src/slack/web-clients.ts'
import { recordedLog, recordedMetrics } from './harness.ts'

type Test = Pick<TestContext, 'onTestFinished'>

async function workspace({ onTestFinished }: Test): Promise<LocalSlack> {
  const slack = await startSlack()
  onTestFinished(() => slack.close())
  return slack
}

function clientsFor({ onTestFinished }: Test, slackApiUrl: string, token = 'xoxb-test') {
  const { log, text } = recordedLog()
  const metrics = recordedMetrics()
  const clients = createWebClients({
    botToken: new Secret(token),
    slackApiUrl,
    slackLog: slackLog(log),
    metrics,
  })
  onTestFinished(() => clients.close())
  return { ...clients, metrics, logged: text }
}

/** A server that counts its connections and keeps them for long. */
async function counting({ onTestFinished }: Test) {
  let opened = 0
  const server = createServer({ keepAliveTimeout: 60_000 }, (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}')
  })
  server.on('connection', () => (opened += 1))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  onTestFinished(close)
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { port, connections: () => opened, close }
}

const WORDS = 'tiger-lily-9'
const message = { channel: 'C0AUDIT', text: WORDS }

describe.concurrent('a call', () => {
  it('is counted by its method, without its arguments', async (test) => {
    const slack = await workspace(test)
    const { background, metrics } = clientsFor(test, slack.url, slack.botToken)
    await background.chat.postMessage(message)
    expect(metrics.counted).toEqual(['slack chat.postMessage ok'])
  })

  it.for<[Fault, string, 'certain' | 'uncertain']>([
    [{ kind: 'ratelimited', retryAfter: 7 }, 'rate_limited', 'certain'],
    [{ kind: 'error', error: 'channel_not_found' }, 'channel_not_found', 'certain'],
    [{ kind: 'error', error: 'fatal_error' }, 'fatal_error', 'uncertain'],
    [{ kind: 'status', status: 503 }, 'http_503', 'uncertain'],
    [{ kind: 'reset', afterEffect: true }, 'no_answer', 'uncertain'],
    [{ kind: 'truncated' }, 'unreadable', 'uncertain'],
  ])('that meets %o is made once and fails as %s, %s', async ([fault, code, effect], test) => {
    const slack = await workspace(test)
    slack.faults.inject('chat.postMessage', fault, 1)
    const { background, metrics, logged } = clientsFor(test, slack.url, slack.botToken)
    const error = await background.chat.postMessage(message).catch((thrown: unknown) => thrown)
    expect(slackFault(error)).toMatchObject({ code, effect })
    expect(slack.calls).toHaveLength(1)
    expect(metrics.counted).toEqual([`slack chat.postMessage ${code}`])
    expect(`${(error as Error).stack}${logged()}${slackFault(error).sentence}`).not.toContain(WORDS)
  })

  it('that is limited says for how long', async (test) => {
    const slack = await workspace(test)
    slack.faults.inject('views.open', { kind: 'ratelimited', retryAfter: 7 })
    const { interactive } = clientsFor(test, slack.url, slack.botToken)
    const error = await interactive.apiCall('views.open', {}).catch((thrown: unknown) => thrown)
    expect(slackFault(error).retryAfterMs).toBe(7000)
    expect(slackFault(error).sentence).toMatch(/7 seconds/)
  })

  it('that never left is certain to have done nothing', async (test) => {
    const { port, close } = await counting(test)
    await close()
    const { interactive } = clientsFor(test, `http://127.0.0.1:${port}/api/`)
    const error = await interactive.auth.test().catch((thrown: unknown) => thrown)
    expect(slackFault(error)).toMatchObject({ code: 'not_sent', effect: 'certain' })
  })

  it('that hangs ends by itself', async (test) => {
    const slack = await workspace(test)
    slack.faults.inject('users.info', { kind: 'hang' })
    const { interactive } = clientsFor(test, slack.url, slack.botToken)
    const error = await interactive.users.info({ user: 'U0ADA' }).catch((thrown: unknown) => thrown)
    expect(slackFault(error)).toMatchObject({ code: 'no_answer', effect: 'uncertain' })
  })

  it('goes to no other host, whatever the method is called', async (test) => {
    const slack = await workspace(test)
    const elsewhere = await counting(test)
    const { interactive } = clientsFor(test, slack.url, slack.botToken)
    await interactive.apiCall(`http://127.0.0.1:${elsewhere.port}/steal`).catch(() => undefined)
    expect(elsewhere.connections()).toBe(0)
  })
})

describe.concurrent('a connection', () => {
  it('is kept after 6 s without a call', async (test) => {
    const { port, connections } = await counting(test)
    const { interactive } = clientsFor(test, `http://127.0.0.1:${port}/api/`)
    await interactive.auth.test()
    await new Promise((resolve) => setTimeout(resolve, 6000))
    await interactive.auth.test()
    expect(connections()).toBe(1)
  })
})
