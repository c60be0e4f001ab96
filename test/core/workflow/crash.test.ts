import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { askFor, makeWorld, MINUTE, startBot, voteFor } from './world.ts'
import type { Bot, Method, World } from './world.ts'

/** A process that stops dead at one moment: what it was waiting for never comes. */
class Death {
  #left: number
  died = false

  constructor(after: number) {
    this.#left = after
  }

  readonly at = async (_port: string): Promise<void> => {
    if (this.died) return new Promise(() => undefined)
    this.#left -= 1
    if (this.#left > 0) return
    this.died = true
    return new Promise(() => undefined)
  }
}

/** All of them take half a minute: `npm run test:crash` kills at every step, `npm test` at every third. */
const STRIDE = process.env['EVERY_STEP'] ? 1 : 3
const NEVER = Number.POSITIVE_INFINITY
const COUNTABLE = [
  'done',
  'failed',
  'unknown',
  'denied',
  'withdrawn',
  'expired',
  'pending',
  'approved',
]

let world: World
const bots: Bot[] = []
beforeEach(async () => {
  world = await makeWorld()
})
afterEach(async () => {
  await Promise.all(bots.splice(0).map((bot) => bot.close()))
  await world.close()
})

async function start(death: Death): Promise<Bot> {
  const bot = await startBot(world, death.at)
  bots.push(bot)
  return bot
}

/** Runs the journey until it is over or the process is dead. */
async function until(death: Death, journey: Promise<unknown>): Promise<void> {
  const over = journey.then(
    () => true,
    () => true,
  )
  for (;;) {
    if (
      await Promise.race([
        over,
        new Promise<false>((resolve) => setTimeout(() => resolve(false), 5)),
      ])
    )
      return
    if (death.died) return
  }
}

async function journey(bot: Bot, id: string, method: Method): Promise<void> {
  await askFor(world, bot, { id, method })
  await bot.settle()
  await voteFor(bot, id, 'U0GRACE', 'grace')
  await bot.settle()
  await voteFor(bot, id, 'U0JOAN', 'joan')
  await bot.settle()
  if (method === 'temporary') await bot.workflow.reveal(id, 'U0ADA', world.now)
  await bot.settle()
}

const ID = `${Date.UTC(2026, 5, 1, 9).toString(36).padStart(9, '0')}AAAAAAAAAAAAAAAAAAAA`

describe.each<Method>(['email-code', 'temporary'])(
  'a process killed at any step of %s',
  (method) => {
    it('loses no request, executes none twice, and leaves a complete record', async () => {
      const seen = new Set<string>()
      for (let step = method === 'temporary' ? 1 : 2; ; step += STRIDE) {
        await world.close()
        world = await makeWorld()
        const death = new Death(step)
        const first = await start(death)
        await until(death, journey(first, ID, method))

        // The clock passes every lease and deadline; a new process takes over.
        world.now += MINUTE * 2
        const second = await start(new Death(NEVER))
        await second.settle()
        world.now += MINUTE * 2
        await second.settle()

        const request = await second.store.request(ID)
        const entries = await second.entries()
        if (request) {
          seen.add(request.state)
          expect(COUNTABLE, `step ${step}`).toContain(request.state)
          const intents = entries.filter(({ event }) => event === 'intent').length
          const outcomes = entries.filter(({ event }) =>
            ['done', 'failed', 'unknown'].includes(event),
          ).length
          expect(outcomes, `step ${step}: one outcome for each intent`).toBe(intents)
          expect(
            world.writes.length,
            `step ${step}: at most one write for each intent`,
          ).toBeLessThanOrEqual(intents)
          expect(intents, `step ${step}: executed at most once`).toBeLessThanOrEqual(1)
        } else expect(world.writes, `step ${step}: nothing without a request`).toEqual([])
        const over = !death.died
        await Promise.all(bots.splice(0).map((bot) => bot.close()))
        if (over) break
      }
      expect(seen).toContain('done')
    }, 120_000)
  },
)
