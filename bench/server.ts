import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { freePort } from '../playground/free-port.ts'
import { startProgram } from './program.ts'
import type { Order, Side } from './rounds.ts'
import { createSender } from './sender.ts'
import type { Sender } from './sender.ts'
import type { Surroundings } from './surroundings.ts'
import { environmentOf } from './world.ts'

/** A server under measurement, in a fresh process. */
export interface Server extends AsyncDisposable, Pick<Sender, 'send'> {
  readonly url: string
  /** Milliseconds from exec until it was ready. */
  readonly readyMs: number
  /** Microseconds of processor time since its start, all threads. */
  cpuMicros(): Promise<number>
  rssMegabytes(): Promise<number>
}

const usage = z.object({ cpuMicros: z.number(), rssBytes: z.number() })
const PROBE = new URL('probe.ts', import.meta.url)
const BOT = new URL('../src/main.ts', import.meta.url)

/** Starts the bot, or a floor by the name of its file. Both get the same flags and environment. */
export async function startServer(
  what: 'product' | { readonly floor: string },
  around: Surroundings,
  transport: 'http' | 'socket' = 'http',
): Promise<Server> {
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'lifeguard-bench-'))
  const program = what === 'product' ? BOT : new URL(`floors/${what.floor}.ts`, import.meta.url)
  const slackUrl = around.slackUrl(what === 'product' ? what : 'floor')
  const { cognitoUrl } = around
  const environment = environmentOf({ port, slackUrl, cognitoUrl, folder, transport })
  const running = await startProgram(program, environment, '--import', PROBE.href)
  const sender = createSender(port)
  const used = () => running.ask({}, usage)
  return {
    url: `http://127.0.0.1:${port}`,
    readyMs: running.readyMs,
    send: (body) => sender.send(body),
    cpuMicros: async () => (await used()).cpuMicros,
    rssMegabytes: async () => (await used()).rssBytes / 1e6,
    async [Symbol.asyncDispose]() {
      sender.close()
      await running[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Floor and product side by side, started in this order. */
export interface Servers extends AsyncDisposable, Readonly<Record<Side, Server>> {}

export async function startBoth(
  floor: string,
  order: Order,
  around: Surroundings,
  transport: 'http' | 'socket' = 'http',
): Promise<Servers> {
  await using stack = new AsyncDisposableStack()
  const start = async (side: Side) =>
    stack.use(await startServer(side === 'product' ? side : { floor }, around, transport))
  const first = await start(order[0])
  const second = await start(order[1])
  const kept = stack.move()
  const [floorServer, product] = order[0] === 'floor' ? [first, second] : [second, first]
  return { floor: floorServer, product, [Symbol.asyncDispose]: () => kept.disposeAsync() }
}
