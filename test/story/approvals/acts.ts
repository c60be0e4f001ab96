import { openForm } from '../../../playground/journeys.ts'
import { linesOf } from '../../../playground/reading.ts'
import type { Actor, Message, Reply, ViewState } from '../../../playground/slack/types.ts'
import type { Firm } from './firm.ts'

export const APPROVALS = 'C0APPROVE'
export const grounds = { verified: 'Called back on the number in our records', reason: 'Ticket 7' }

export type Method = 'temporary' | 'email-code'

export interface Asked {
  readonly id: string
  readonly reply: Reply
}

/** The whole form, sent. */
export async function ask(
  { slack }: Firm,
  who: Actor,
  about: { pool: { name: string }; user: string; method: Method },
): Promise<Asked> {
  const { pool, user, method } = about
  const view = await openForm(slack, who.id, 'reset-password', `${pool.name} ${user}`)
  return { id: view.private_metadata, reply: await who.submit({ method, ...grounds }) }
}

/** The messages in the approvals channel that show this request: there should be one. */
export function cardsOf({ slack }: Firm, id: string): readonly Message[] {
  return slack
    .channel(APPROVALS)
    .messages.filter(
      ({ metadata }) =>
        metadata?.event_type === 'lifeguard_card' && metadata.event_payload['request'] === id,
    )
}

export const textOf = (shown: { readonly blocks: Message['blocks'] } | undefined): string =>
  linesOf(shown?.blocks ?? []).join('\n')

export async function card(firm: Firm, id: string): Promise<Message> {
  return firm.slack.until(() => cardsOf(firm, id).at(-1), 15_000)
}

/** Resolves when the card says this. */
export async function cardSays(firm: Firm, id: string, words: string): Promise<string> {
  await firm.until(() => textOf(cardsOf(firm, id).at(-1)).includes(words))
  return textOf(cardsOf(firm, id).at(-1))
}

/** Presses a button on the request's card. */
export async function press(firm: Firm, who: Actor, id: string, button: string): Promise<Reply> {
  const { channel, ts } = await card(firm, id)
  return who.click({ channel, ts }, button)
}

/** Direct messages about the request that have this button. */
export function offers(
  { slack }: Firm,
  who: Actor,
  id: string,
  button: string,
): readonly Message[] {
  const has = ({ blocks }: Message) =>
    blocks.some(
      ({ elements }) =>
        Array.isArray(elements) &&
        elements.some((element: Record<string, unknown>) => {
          return element['action_id'] === button && element['value'] === id
        }),
    )
  return slack.directMessages(who.id).filter(has)
}

/** Resolves when the bot has written this to the person. */
export async function told(firm: Firm, who: Actor, words: string | RegExp): Promise<Message> {
  const found = () => firm.slack.directMessages(who.id).find(({ text }) => matches(text, words))
  await firm.until(() => found() !== undefined)
  return found() as Message
}

const matches = (text: string, words: string | RegExp) =>
  typeof words === 'string' ? text.includes(words) : words.test(text)

/** Approves with as many people as are given, one after the other, each vote counted. */
export async function approveAll(firm: Firm, id: string, ...who: readonly Actor[]): Promise<void> {
  for (const [nth, approver] of who.entries()) {
    await press(firm, approver, id, 'approve')
    if (nth < who.length - 1) await cardSays(firm, id, `${nth + 1} of ${who.length} approvals`)
  }
}

/** Presses Reveal in the newest message that offers it; what the new view says in the end. */
export async function reveal(firm: Firm, who: Actor, id: string): Promise<ViewState> {
  await firm.until(() => offers(firm, who, id, 'reveal').length > 0)
  const { channel, ts } = offers(firm, who, id, 'reveal').at(-1) as Message
  const before = who.view()?.id
  await who.click({ channel, ts }, 'reveal')
  return who.waitForView((view) => view.id !== before && !isWorking(view), 25_000)
}

const isWorking = (view: ViewState) => textOf(view).includes('Working on it')
