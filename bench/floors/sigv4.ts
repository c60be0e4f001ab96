import { createHash, createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import { world } from '../world.ts'

const agent = new Agent({ keepAlive: true, maxSockets: 50 })
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** One Cognito call with nothing but node:http and a signature (AWS Signature Version 4). */
export async function callCognito(url: URL, operation: string, input: object): Promise<unknown> {
  const body = JSON.stringify(input)
  const headers = signed(url, `AWSCognitoIdentityProviderService.${operation}`, body)
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  const sending = request(url, { agent, method: 'POST', headers }, (response) => {
    response.setEncoding('utf8')
    let text = ''
    response.on('data', (chunk: string) => (text += chunk))
    response.on('end', () =>
      response.statusCode === 200 ? resolve(JSON.parse(text)) : reject(new Error(text)),
    )
  })
  sending.on('error', reject)
  sending.end(body)
  return promise
}

function signed(url: URL, target: string, body: string): Record<string, string> {
  const at = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
  const day = at.slice(0, 8)
  const scope = `${day}/${world.region}/cognito-idp/aws4_request`
  const names = 'content-type;host;x-amz-date;x-amz-target'
  const type = 'application/x-amz-json-1.1'
  const canonical = `POST\n/\n\ncontent-type:${type}\nhost:${url.host}\nx-amz-date:${at}\nx-amz-target:${target}\n\n${names}\n${sha256(body)}`
  const text = `AWS4-HMAC-SHA256\n${at}\n${scope}\n${sha256(canonical)}`
  const signature = hmac(keyOf(day), text).toString('hex')
  return {
    'content-type': type,
    'content-length': String(Buffer.byteLength(body)),
    'x-amz-date': at,
    'x-amz-target': target,
    authorization: `AWS4-HMAC-SHA256 Credential=${world.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  }
}

const keys = new Map<string, Buffer>()

function keyOf(day: string): Buffer {
  const known = keys.get(day)
  if (known) return known
  const steps = [day, world.region, 'cognito-idp', 'aws4_request']
  const key = steps.reduce<string | Buffer>(hmac, `AWS4${world.secretAccessKey}`)
  keys.set(day, Buffer.from(key))
  return Buffer.from(key)
}
