// Bolt as its documentation starts: HTTPReceiver and one listener that answers with a constant help text.
import { App, HTTPReceiver } from '@slack/bolt'
import { world } from '../world.ts'
import { help } from './views.ts'

const receiver = new HTTPReceiver({ signingSecret: world.signingSecret })
// With both ids Bolt asks Slack nothing before an event.
const { botToken: token, botId, botUserId } = world
const app = new App({ receiver, token, botId, botUserId })
app.command(world.command, async ({ ack }) => ack(help()))
await app.start({ port: Number(process.env['PORT']), host: '127.0.0.1' })
process.stdout.write('ready\n')
