// Everything the servers talk to, in one process of its own: Slack and Cognito with constant answers.
import { z } from 'zod'
import { Calls } from './calls.ts'
import { cognitoAnswer } from './cognito.ts'
import { serve } from './serve.ts'
import { slackAnswer } from './slack.ts'
import { Sockets } from './sockets.ts'
import { Views } from './views.ts'

const question = z.union([
  z.object({ latency: z.object({ slackMs: z.number(), cognitoMs: z.number() }) }),
  z.object({ pools: z.number() }),
  z.object({ viewOf: z.string() }),
  z.object({ calls: z.literal('taken') }),
  z.object({ connections: z.literal('count') }),
  z.object({ ports: z.literal('told') }),
  z.object({
    envelopes: z.object({ side: z.string(), count: z.number(), body: z.string() }),
  }),
])

const latency = { slackMs: 0, cognitoMs: 0 }
const pools = { count: 3 }
const calls = new Calls()
const views = new Views()
const sockets = new Sockets()

const slack = await serve(calls, {
  latencyMs: () => latency.slackMs,
  read: ({ url, text }) => {
    const method = url.split('/').at(-1) ?? ''
    return { name: method, arrive: () => views.see(method, text) }
  },
  // `/floor/api/auth.test`: each side has an API root of its own, so that sockets can be told apart.
  answer: ({ name, url, text }) =>
    slackAnswer(name, text, `ws://127.0.0.1:${slack.port}/link/${url.split('/')[1]}`),
})
sockets.listenOn(slack.server)
const cognito = await serve(calls, {
  latencyMs: () => latency.cognitoMs,
  read: ({ target }) => ({ name: target.split('.').at(-1) ?? '' }),
  answer: ({ name, text }) => cognitoAnswer(name, text, pools.count),
})

async function reply(asked: z.infer<typeof question>): Promise<object> {
  if ('latency' in asked) return Object.assign(latency, asked.latency)
  if ('pools' in asked) return Object.assign(pools, { count: asked.pools })
  if ('viewOf' in asked) return views.of(asked.viewOf)
  if ('calls' in asked) return { calls: calls.take() }
  if ('ports' in asked) return { slack: slack.port, cognito: cognito.port }
  if ('connections' in asked) return { slack: slack.connections() }
  const { side, count, body } = asked.envelopes
  await sockets.send(side, count, body)
  return {}
}

process.on('message', (message) => {
  reply(question.parse(message)).then(
    (answer) => process.send?.(answer),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      process.exit(1)
    },
  )
})
process.once('disconnect', () => process.exit(0))
process.stdout.write('ready\n')
