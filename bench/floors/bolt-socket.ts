// Bolt's SocketModeReceiver and one listener that answers with a constant help text.
import { App, SocketModeReceiver } from '@slack/bolt'
import { world } from '../world.ts'
import { help } from './views.ts'

const slackApiUrl = process.env['SLACK_API_URL'] ?? ''
const clientOptions = { slackApiUrl }
const receiver = new SocketModeReceiver({
  appToken: world.appToken,
  installerOptions: { clientOptions },
})
const { botToken: token, botId, botUserId } = world
const app = new App({ receiver, token, botId, botUserId, clientOptions })
app.command(world.command, async ({ ack }) => ack(help()))
await app.start()
process.stdout.write('ready\n')
