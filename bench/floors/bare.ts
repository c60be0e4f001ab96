// The libraries that any such bot needs, loaded, set up and listening, with nothing of its own.
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { App, HTTPReceiver } from '@slack/bolt'
import { pino } from 'pino'
import { z } from 'zod'
import { world } from '../world.ts'

const log = pino({ base: null })
const { port } = z.object({ port: z.coerce.number() }).parse({ port: process.env['PORT'] })
const cognito = new CognitoIdentityProviderClient({ region: world.region })
const receiver = new HTTPReceiver({ signingSecret: world.signingSecret })
const { botToken: token, botId, botUserId } = world
const app = new App({ receiver, token, botId, botUserId })
app.command(world.command, async ({ ack }) => ack())
await app.start({ port, host: '127.0.0.1' })
log.info({ region: await cognito.config.region() }, 'Listening.')
process.stdout.write('ready\n')
