// The same flows with nothing but node:http: signature, form, the same calls, the same answers.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { Agent, createServer, request } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { world } from '../world.ts'
import { callCognito } from './sigv4.ts'
import { formOf, passwordView } from './views.ts'

const slackUrl = process.env['SLACK_API_URL'] ?? ''
const cognitoUrl = new URL(process.env['AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER'] ?? '')
const agent = new Agent({ keepAlive: true, maxSockets: 50 })
const found = z.object({ UserStatus: z.string(), Username: z.string() })

createServer((incoming, response) => {
  serve(incoming, response).catch(() => response.destroy())
}).listen(Number(process.env['PORT']), '127.0.0.1', () => process.stdout.write('ready\n'))

async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const raw = await bytesOf(incoming)
  if (!isSigned(incoming, raw)) return void response.writeHead(401).end()
  const fields = new URLSearchParams(raw.toString())
  const payload = fields.get('payload')
  if (payload === null) {
    response.writeHead(200).end()
    return openForm(fields.get('trigger_id') ?? '')
  }
  JSON.parse(payload)
  const view = await reset()
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ response_action: 'update', view }))
}

async function reset(): Promise<object> {
  const named = { UserPoolId: world.pool.id, Username: world.user.username }
  const { Username } = found.parse(await callCognito(cognitoUrl, 'AdminGetUser', named))
  const password = randomBytes(16).toString('base64url')
  const change = { ...named, Username, Password: password, Permanent: false }
  await callCognito(cognitoUrl, 'AdminSetUserPassword', change)
  return passwordView(password)
}

function openForm(trigger: string): Promise<void> {
  const view = JSON.stringify(formOf(randomBytes(16).toString('hex')))
  const body = new URLSearchParams({ trigger_id: trigger, view }).toString()
  const headers = {
    authorization: `Bearer ${world.botToken}`,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
  }
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const options = { agent, method: 'POST', headers }
  const sending = request(`${slackUrl}views.open`, options, (answer) => {
    answer.resume()
    answer.once('end', resolve)
  })
  sending.on('error', reject)
  sending.end(body)
  return promise
}

function isSigned({ headers }: IncomingMessage, raw: Buffer): boolean {
  const hmac = createHmac('sha256', world.signingSecret)
  hmac.update(`v0:${String(headers['x-slack-request-timestamp'])}:`).update(raw)
  const claimed = Buffer.from(String(headers['x-slack-signature']))
  const expected = Buffer.from(`v0=${hmac.digest('hex')}`)
  return claimed.length === expected.length && timingSafeEqual(claimed, expected)
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks)
}
