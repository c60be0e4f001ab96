import type { AllMiddlewareArgs, AnyMiddlewareArgs, Receiver } from '@slack/bolt'
import { App } from '@slack/bolt'
import { createHmac } from 'node:crypto'
import { request } from 'node:http'
import { Writable } from 'node:stream'
import type { IntakeOptions } from '../../src/slack/intake.ts'
import { slackLog } from '../../src/slack/bolt-log.ts'
import { admit } from '../../src/slack/tenant.ts'
import { createLog } from '../../src/telemetry/log.ts'

export const TEAM = 'T0LOCAL'
const APP_ID = 'A0LOCAL'
export const SIGNING_SECRET = '0123456789abcdef0123456789abcdef'

/** A log at its lowest level, kept in memory. */
export function recordedLog() {
  const lines: string[] = []
  const to = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString())
      done()
    },
  })
  return { log: createLog({ level: 'trace', to }), text: () => lines.join('') }
}

/** Metrics as a list of what was counted. */
export function recordedMetrics() {
  const counted: string[] = []
  const note = (...parts: readonly (string | number)[]) => void counted.push(parts.join(' '))
  return {
    counted,
    interaction: (kind: string, outcome: string) => note('interaction', kind, outcome),
    acknowledged: (kind: string) => note('acknowledged', kind),
    slackCall: (method: string, result: string) => note('slack', method, result),
    socketConnections: (open: number) => note('sockets', open),
  }
}

/** What every receiver of a test is built with. */
export function intakeOptions() {
  const { log, text } = recordedLog()
  const metrics = recordedMetrics()
  return {
    log,
    logged: text,
    metrics,
    now: Date.now,
    reference: () => 'LG-TEST01',
    admit: (body) => admit(body, { team: TEAM }),
  } satisfies IntakeOptions & { logged: () => string }
}

export type Args = AnyMiddlewareArgs & AllMiddlewareArgs

/** A Bolt app as the product builds it, with one listener for everything. */
export function appOn(
  receiver: Receiver,
  log: ReturnType<typeof recordedLog>['log'],
  listener: (args: Args) => Promise<void>,
): App {
  const app = new App({
    receiver,
    token: 'xoxb-test',
    botId: 'B0TEST',
    botUserId: 'U0TEST',
    convoStore: false,
    logger: slackLog(log),
  })
  app.use((args) => listener(args))
  return app
}

export interface Sent {
  readonly port: number
  readonly body: string | Buffer
  readonly path?: string
  readonly method?: string
  /** Replaces or, when undefined, removes what a genuine request carries. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly timestamp?: string
}

export function sign(timestamp: string, body: string | Buffer, secret = SIGNING_SECRET): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`
}

/** Posts as Slack does, or nearly so. */
export function post(sent: Sent): Promise<{ status: number; body: string; type: string }> {
  const { port, body, timestamp = String(Math.floor(Date.now() / 1000)) } = sent
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': sign(timestamp, body),
    'content-length': String(Buffer.byteLength(body)),
    ...sent.headers,
  }
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number
    body: string
    type: string
  }>()
  const outgoing = request(
    {
      host: '127.0.0.1',
      port,
      path: sent.path ?? '/slack/events',
      method: sent.method ?? 'POST',
      headers: Object.fromEntries(
        Object.entries(headers).filter(
          (header): header is [string, string] => header[1] !== undefined,
        ),
      ),
      agent: false,
    },
    (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString(),
          type: response.headers['content-type'] ?? '',
        }),
      )
      response.on('error', reject)
    },
  )
  outgoing.on('error', reject)
  outgoing.end(body)
  return promise
}

export function command(fields: Readonly<Record<string, string>> = {}): string {
  return new URLSearchParams({
    command: '/cognito',
    text: 'help',
    user_id: 'U0ADA',
    team_id: TEAM,
    channel_id: 'C0GENERAL',
    api_app_id: APP_ID,
    is_enterprise_install: 'false',
    trigger_id: '1.2.abc',
    ...fields,
  }).toString()
}

export function interaction(members: object): string {
  const payload = {
    user: { id: 'U0ADA', team_id: TEAM },
    team: { id: TEAM, domain: 'local' },
    api_app_id: APP_ID,
    enterprise: null,
    is_enterprise_install: false,
    ...members,
  }
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
}

export const VIEW = {
  id: 'V0TEST',
  callback_id: 'operation/reset-password',
  private_metadata: '',
  state: { values: {} },
}
