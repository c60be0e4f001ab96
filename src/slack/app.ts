import { App } from '@slack/bolt'
import type { Logger, Receiver } from '@slack/bolt'
import type { Secret } from '../core/secret.ts'
import type { Desk, Reply } from './desk.ts'
import type { Body } from './envelope.ts'
import { routeOf } from './router.ts'

export interface SlackAppParts {
  readonly receiver: Receiver
  readonly botToken: Secret
  /** With both ids Bolt asks Slack nothing before an event (slack.md 2.3). */
  readonly botId: string
  readonly botUserId: string
  readonly desk: Desk
  readonly logger: Logger
}

/** Bolt with one listener for everything: a map finds the route, so more operations cost nothing. */
export function createSlackApp(parts: SlackAppParts): App {
  const { receiver, botToken, botId, botUserId, desk, logger } = parts
  const app = new App({
    receiver,
    token: botToken.reveal(),
    botId,
    botUserId,
    logger,
    ignoreSelf: false,
    convoStore: false,
  })
  app.use(async (args) => {
    // Bolt itself answers events; what no route takes the intake answers.
    const reply: Reply = 'ack' in args ? (args.ack as Reply) : async () => undefined
    const body = args.body as unknown as Body
    await routeOf(body)?.(desk, body, reply)
  })
  app.error(async (error) => {
    throw error
  })
  return app
}
