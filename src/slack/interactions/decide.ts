import type { ClickKind } from '../../core/job.ts'
import { sentenceOf } from '../desk.ts'
import type { Desk, Reply } from '../desk.ts'
import { digestIn } from '../ids.ts'
import type { ButtonPress } from '../payloads.ts'
import { noticeView } from '../screens/notice.ts'

const KINDS: Readonly<Record<string, ClickKind>> = {
  approve: 'vote',
  claim: 'claim',
  withdraw: 'withdraw',
  review: 'review',
}

/** A click that decides: durable first, then acknowledged. What follows from it is a job's work. */
export async function onDecide(desk: Desk, press: ButtonPress, reply: Reply): Promise<void> {
  const { user, view, trigger_id, actions } = press
  const [{ action_id, block_id, value }] = actions
  const kind = KINDS[action_id]
  if (kind === undefined) return reply()
  const digest = digestIn(block_id)
  try {
    await desk.workflow.click({
      key: trigger_id,
      kind,
      request: value,
      person: user.id,
      ...(digest === undefined ? {} : { digest }),
    })
  } catch (error) {
    return apologise(desk, press, error, reply)
  }
  await reply()
  desk.homes.watch(value, user.id, view?.type === 'home')
  if (view?.type === 'modal')
    await desk.client.update(view.id, noticeView('Noted', NOTED)).catch(desk.report)
}

const NOTED = 'Your click is on record. The card in the channel shows what comes of it.'

/** A button has no place for words: they come as a message that only this person sees. */
async function apologise(
  desk: Desk,
  { user, channel }: ButtonPress,
  error: unknown,
  reply: Reply,
): Promise<void> {
  const words = `Your click was not taken. ${sentenceOf(desk, error)}`
  await reply()
  await desk.client.tell(user.id, channel?.id, words).catch(desk.report)
}
