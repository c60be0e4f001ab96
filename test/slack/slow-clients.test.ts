import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Secret } from '../../src/core/secret.ts'
import { HttpReceiver } from '../../src/slack/receiver.ts'
import { intakeOptions, sign, SIGNING_SECRET } from './harness.ts'

const receiver = new HttpReceiver({
  ...intakeOptions(),
  signingSecret: new Secret(SIGNING_SECRET),
  host: '127.0.0.1',
  port: 0,
  routes: () => undefined,
})
beforeAll(() => receiver.start())
afterAll(() => receiver.stop())

/** Writes this and waits until the server hangs up. */
async function stall(text: string): Promise<string> {
  const socket = connect(receiver.port, '127.0.0.1')
  const heard: Buffer[] = []
  socket.on('data', (bytes: Buffer) => heard.push(bytes))
  socket.on('error', () => undefined)
  socket.write(text)
  await once(socket, 'close')
  return Buffer.concat(heard).toString()
}

describe.concurrent('a client that stalls', () => {
  it('in its headers is hung up on', async () => {
    expect(await stall('POST /slack/events HTTP/1.1\r\nhost: x\r\nx-slow: ')).toMatch(/ 408 /)
  })

  it('in its body is hung up on, although its headers fit', async () => {
    const timestamp = String(Math.floor(Date.now() / 1000))
    const head = `POST /slack/events HTTP/1.1\r\nhost: x\r\nx-slack-request-timestamp: ${timestamp}\r\nx-slack-signature: ${sign(timestamp, '')}\r\ncontent-length: 1000\r\n\r\nabc`
    expect(await stall(head)).toMatch(/ 408 /)
    expect(receiver.inFlight).toBe(0)
  })
})
