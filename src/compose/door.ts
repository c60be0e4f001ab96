import type { Receiver } from '@slack/bolt'
import { HttpServer } from '../slack/http-server.ts'
import { HttpReceiver } from '../slack/receiver.ts'
import { SocketReceiver } from '../slack/sockets.ts'
import { admit } from '../slack/tenant.ts'
import { warmUp } from '../slack/warm-up.ts'
import type { WebClients } from '../slack/web-clients.ts'
import { healthRoutes } from '../telemetry/health.ts'
import { slackAccess } from './shared.ts'
import type { Shared } from './shared.ts'

/** How Slack reaches us, with the pages for machines beside it. */
export interface Door {
  readonly receiver: Receiver
  port(): number
  warmUp(): Promise<void>
  close(): Promise<void>
}

/** Longer than the time between two pings. */
const DEAF_AFTER_MS = 30_000

export function openDoor(shared: Shared, clients: WebClients): Door {
  const { appToken, signingSecret } = shared.config.slack
  if (appToken) return socketDoor(shared, clients, appToken)
  if (signingSecret) return httpDoor(shared, signingSecret)
  throw new Error('The configuration has neither an app token nor a signing secret.')
}

type Token = NonNullable<Shared['config']['slack']['appToken']>

function socketDoor(shared: Shared, clients: WebClients, appToken: Token): Door {
  const { health, now, metrics, onFatal } = shared
  const { fetch } = clients
  const receiver = new SocketReceiver({
    ...intakeOf(shared),
    ...slackAccess(shared),
    appToken,
    metrics,
    fetch,
    onFatal,
  })
  health.condition('slack', () => hears(receiver, now()))
  const pages = new HttpServer(serverOf(shared))
  const opened = pages.start()
  return { receiver, port: () => pages.port, warmUp: () => opened, close: () => pages.end() }
}

function httpDoor(shared: Shared, signingSecret: Token): Door {
  const { now, config } = shared
  const { team } = config.slack
  const receiver = new HttpReceiver({ ...intakeOf(shared), ...serverOf(shared), signingSecret })
  return {
    receiver,
    port: () => receiver.port,
    warmUp: () =>
      warmUp({ port: receiver.port, signingSecret, team, seconds: Math.floor(now() / 1000) }),
    close: async () => undefined,
  }
}

function intakeOf({ config, log, now, metrics, reference }: Shared) {
  const { team } = config.slack
  return {
    admit: (body: Parameters<typeof admit>[0]) => admit(body, { team }),
    log,
    now,
    metrics,
    reference,
  }
}

function serverOf({ config, health, metrics, log }: Shared) {
  return { ...config.http, routes: healthRoutes(health, metrics), log }
}

function hears(receiver: SocketReceiver, now: number): true | string {
  if (receiver.connections === 0) return 'No Socket Mode connection is open.'
  const silentMs = now - (receiver.lastSignAt ?? 0)
  return silentMs <= DEAF_AFTER_MS || `Slack has been silent for ${Math.round(silentMs / 1000)} s.`
}
