import type { AddressInfo } from 'node:net'
import {
  App,
  HTTPReceiver,
  type Logger,
  LogLevel,
  type Receiver,
  SocketModeReceiver,
} from '@slack/bolt'
import type { LocalSlack } from '../../../playground/slack/index.ts'

/** Faults are injected on purpose: what Bolt says about them is not the test's output. */
export const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
}

/** A real Bolt app beside a local Slack, closed by the test that started it. */
export interface Running {
  readonly app: App
  stop(): Promise<void>
}

function appOn(slack: LocalSlack, receiver: Receiver, setUp: (app: App) => void): App {
  const app = new App({
    token: slack.botToken,
    botId: slack.botId,
    botUserId: slack.botUserId,
    receiver,
    logger: silent,
    clientOptions: { slackApiUrl: slack.url, retryConfig: { retries: 0 } },
  })
  setUp(app)
  return app
}

/** Bolt's own HTTPReceiver; the local Slack then delivers to it. */
export async function boltOverHttp(slack: LocalSlack, setUp: (app: App) => void): Promise<Running> {
  const receiver = new HTTPReceiver({
    signingSecret: slack.signingSecret,
    logger: silent,
    unhandledRequestTimeoutMillis: 600_000,
  })
  const app = appOn(slack, receiver, setUp)
  const server = await receiver.start(0)
  slack.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`)
  return {
    app,
    stop: async () => {
      server.closeAllConnections()
      await receiver.stop()
    },
  }
}

/** One or more of Bolt's own SocketModeReceivers on one app. */
export async function boltOverSockets(
  slack: LocalSlack,
  setUp: (app: App) => void,
  connections = 1,
): Promise<Running> {
  const receivers = Array.from({ length: connections }, () => {
    return new SocketModeReceiver({
      appToken: slack.appToken,
      logger: silent,
      clientPingTimeout: 300,
      installerOptions: { clientOptions: { slackApiUrl: slack.url } },
    })
  })
  const [first, ...others] = receivers
  const app = appOn(slack, first!, setUp)
  for (const receiver of others) receiver.init(app)
  for (const receiver of receivers) await receiver.start()
  await slack.connected(connections)
  return { app, stop: async () => void (await Promise.all(receivers.map((one) => one.stop()))) }
}
