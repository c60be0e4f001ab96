import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { createBot } from '../../playground/bot.ts'
import type { Bot } from '../../playground/bot.ts'
import { freePort } from '../../playground/free-port.ts'

const open: Bot[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((bot) => bot.kill()))
})

const endsAtOnce = new URL('./programs/ends-at-once.ts', import.meta.url)
const stays = new URL('./programs/stays.ts', import.meta.url)

async function botOf(program: URL): Promise<Bot> {
  const port = await freePort()
  const bot = createBot({
    environment: { PORT: String(port) },
    url: `http://127.0.0.1:${port}`,
    program: fileURLToPath(program),
  })
  open.push(bot)
  return bot
}

test('a bot that ends while starting is reported with its code and its last words', async () => {
  const bot = await botOf(endsAtOnce)
  await expect(bot.start()).rejects.toThrow(/code 78[^]*SLACK_BOT_TOKEN: It is missing/u)
  expect(bot.state).toBe('ended')
})

test('nothing of our own environment reaches the bot', async () => {
  const bot = await botOf(stays)
  await bot.start()
  await expect.poll(() => bot.log.join('\n')).toBe('up with PORT')
})

test('after kill -9 the same bot can be started again', async () => {
  const bot = await botOf(stays)
  await bot.start()
  const first = bot.pid
  await bot.kill()
  expect(bot.ending).toBe('It was ended by SIGKILL.')
  await bot.start()
  expect(bot.state).toBe('ready')
  expect(bot.pid).not.toBe(first)
})

test('its states are told as they change', async () => {
  const bot = await botOf(stays)
  const states: string[] = []
  bot.onChange(() => {
    if (states.at(-1) !== bot.state) states.push(bot.state)
  })
  await bot.start()
  await bot.stop()
  expect(states).toEqual(['starting', 'ready', 'stopping', 'ended'])
})
