import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import { monotonicMs } from './clock.ts'
import { world } from './world.ts'

/** An acknowledgement, with its times on the machine's monotonic clock in milliseconds. */
export interface Acknowledged {
  readonly text: string
  readonly sentAt: number
  readonly at: number
}

/** Sends signed requests to one server over one connection, as Slack does. */
export interface Sender {
  /** Rejects unless the answer is 200. */
  send(body: string): Promise<Acknowledged>
  close(): void
}

export function createSender(port: number): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    send: (body) => post(agent, port, body),
    close: () => agent.destroy(),
  }
}

function post(agent: Agent, port: number, body: string): Promise<Acknowledged> {
  const { promise, resolve, reject } = Promise.withResolvers<Acknowledged>()
  const headers = signed(body)
  const path = '/slack/events'
  const sentAt = monotonicMs()
  const sending = request(
    { agent, host: '127.0.0.1', port, path, method: 'POST', headers },
    (response) => {
      response.setEncoding('utf8')
      let text = ''
      response.on('data', (chunk: string) => (text += chunk))
      response.on('error', reject)
      response.on('end', () => {
        if (response.statusCode === 200) resolve({ text, sentAt, at: monotonicMs() })
        else reject(new Error(`The server answered ${response.statusCode}: ${text}`))
      })
    },
  )
  sending.on('error', reject)
  sending.end(body)
  return promise
}

/** Slack's v0 signature (docs.slack.dev, verifying requests from Slack). */
function signed(body: string): Record<string, string | number> {
  const timestamp = Math.floor(Date.now() / 1000)
  const hmac = createHmac('sha256', world.signingSecret).update(`v0:${timestamp}:${body}`)
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${hmac.digest('hex')}`,
  }
}
