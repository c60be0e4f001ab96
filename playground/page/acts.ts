import { z } from 'zod'
import type { Company } from '../company.ts'
import type { Choice, Reply } from '../slack/types.ts'
import { faultButtons } from './faults.ts'

const short = z.string().max(300)
const text = z.string().max(4000)
const option = z.looseObject({
  text: z.object({ type: z.literal('plain_text'), text, emoji: z.boolean().optional() }),
  value: short,
})
const choice = z.union([text, z.array(text), option, z.array(option), z.null()])
const values = z.record(short, choice)
const place = z.union([z.enum(['view', 'home']), z.object({ channel: short, ts: short })])

/** What the page may ask for: the things a person does, and the things that go wrong. */
export const act = z.discriminatedUnion('act', [
  z.object({ act: z.literal('slash'), as: short, channel: short.optional(), command: short, text }),
  z.object({ act: z.literal('say'), as: short, channel: short, text }),
  z.object({ act: z.literal('set'), as: short, values }),
  z.object({ act: z.literal('search'), as: short, block: short, text }),
  z.object({ act: z.literal('submit'), as: short, values }),
  z.object({ act: z.literal('close'), as: short, all: z.boolean() }),
  z.object({
    act: z.literal('click'),
    as: short,
    where: place,
    action: short,
    value: short.optional(),
  }),
  z.object({ act: z.literal('home'), as: short }),
  z.object({ act: z.literal('fault'), fault: short }),
  z.object({ act: z.literal('bot'), order: z.enum(['kill', 'stop', 'start', 'restart']) }),
  z.object({ act: z.literal('sign-in'), pool: short, username: text, password: text }),
])
export type Act = z.infer<typeof act>

/** What came of an act, for the page; what people see arrives with the next picture. */
export async function perform(company: Company, wish: Act): Promise<unknown> {
  const { slack, cognito, bot } = company
  switch (wish.act) {
    case 'slash':
      return came(await slack.person(wish.as).slash(wish.command, wish.text, wish.channel))
    case 'say':
      return slack.person(wish.as).say(wish.channel, escaped(wish.text)).ts
    case 'set':
      return came(await slack.person(wish.as).set(choices(wish.values)))
    case 'search':
      return slack.person(wish.as).search(wish.block, wish.text)
    case 'submit':
      return came(await slack.person(wish.as).submit(choices(wish.values)))
    case 'close':
      return came(await slack.person(wish.as).close({ all: wish.all }))
    case 'click':
      return came(await slack.person(wish.as).click(wish.where, wish.action, wish.value))
    case 'home':
      return came(await slack.person(wish.as).openHome())
    case 'fault':
      return armed(company, wish.fault)
    case 'bot':
      return order(bot, wish.order)
    case 'sign-in':
      return cognito.signIn(wish.pool, wish.username, wish.password)
  }
}

/** Slack's client escapes three characters of what a person types. */
function escaped(typed: string): string {
  return typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function choices(given: z.infer<typeof values>): Record<string, Choice> {
  return given as Record<string, Choice>
}

function came(reply: Reply | undefined) {
  return { error: reply?.error ?? null, errors: reply?.errors ?? null }
}

function armed(company: Company, id: string): boolean {
  const fault = faultButtons.find((button) => button.id === id)
  fault?.arm(company)
  return fault !== undefined
}

async function order(bot: Company['bot'], what: 'kill' | 'stop' | 'start' | 'restart') {
  if (what === 'kill') await bot.kill()
  if (what === 'stop') await bot.stop()
  if (what === 'restart') await bot.kill()
  if (what === 'start' || what === 'restart') await bot.start()
  return bot.state
}
