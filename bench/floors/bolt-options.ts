// Bolt's HTTPReceiver and one options listener over a list of names in memory.
import { App, HTTPReceiver } from '@slack/bolt'
import { poolName } from '../pools.ts'
import { world } from '../world.ts'

const MOST = 100
const pools = Array.from({ length: 10_000 }, (_, place) => poolName(place))
const receiver = new HTTPReceiver({ signingSecret: world.signingSecret })
const { botToken: token, botId, botUserId } = world
const app = new App({ receiver, token, botId, botUserId })
app.options('pool', async ({ ack, payload }) => {
  const found = pools.filter((name) => name.includes(payload.value)).slice(0, MOST)
  await ack({
    options: found.map((name) => ({ text: { type: 'plain_text', text: name }, value: name })),
  })
})
await app.start({ port: Number(process.env['PORT']), host: '127.0.0.1' })
process.stdout.write('ready\n')
