import { linesOf } from './reading.ts'
import type { LocalSlack, Message, Reply, ViewState } from './slack/types.ts'

/** What people do with Lifeguard, step by step, at the local Slack. Story tests walk the same ways. */

export interface ResetForm {
  readonly method: 'temporary' | 'email-code' | 'permanent'
  readonly verified: string
  readonly reason: string
  readonly sign_out?: readonly string[]
}

/** A busy machine is slow, and that is no fault of the bot. */
const PATIENCE_MS = 10_000

/** Types a command that leads to a form and waits until the form is there. */
export async function openForm(
  slack: LocalSlack,
  who: string,
  operation: string,
  words: string,
): Promise<ViewState> {
  await slack.person(who).slash('/cognito', `${operation} ${words}`.trim())
  return slack
    .person(who)
    .waitForView((view) => view.callback_id === `operation/${operation}`, PATIENCE_MS)
}

/** Fills the open reset form. */
export async function fillReset(slack: LocalSlack, who: string, form: ResetForm): Promise<void> {
  const { sign_out: signOut, ...rest } = form
  await slack.person(who).set({ ...rest, ...(signOut ? { sign_out: signOut } : {}) })
}

/** The whole way: command, form, submit. */
export async function resetPassword(
  slack: LocalSlack,
  who: string,
  target: { readonly pool: string; readonly user: string },
  form: ResetForm,
): Promise<Reply> {
  await openForm(slack, who, 'reset-password', `${target.pool} ${target.user}`)
  await fillReset(slack, who, form)
  return send(slack, who)
}

/** What the bot says to a command, wherever it says it: in the channel or in a modal. */
export async function askFor(
  slack: LocalSlack,
  who: string,
  text: string,
): Promise<{ readonly reply: Reply; readonly view: ViewState | undefined }> {
  const person = slack.person(who)
  const before = person.view()?.id
  const reply = await person.slash('/cognito', text)
  if (reply.ephemeral || reply.error !== undefined) return { reply, view: undefined }
  const view = await person.waitForView((one) => one.id !== before && !isHolding(one), PATIENCE_MS)
  return { reply, view }
}

/** Sends the open form and waits for what comes of it, also when the bot asks for patience first. */
export async function send(slack: LocalSlack, who: string): Promise<Reply> {
  const person = slack.person(who)
  const reply = await person.submit()
  if (!reply.view || !isHolding(reply.view)) return reply
  return { ...reply, view: await person.waitForView((view) => !isHolding(view), PATIENCE_MS) }
}

/** A view that only says that its content will come. */
function isHolding({ blocks }: ViewState): boolean {
  const [first, ...more] = linesOf(blocks)
  return more.length === 0 && /^(?:One moment:|Working on it)/u.test(first ?? '')
}

/** The newest request in the approvals channel that names this user: its card as it stands now. */
export function cardAbout(slack: LocalSlack, channel: string, user: string): Message | undefined {
  return slack
    .channel(channel)
    .messages.findLast((one) => one.thread_ts === undefined && one.text.includes(user))
}
