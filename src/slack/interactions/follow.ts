import type { types } from '@slack/bolt'
import { Refusal } from '../../core/refusal.ts'
import { requireWay, sentenceOf } from '../desk.ts'
import type { Desk, Reply } from '../desk.ts'
import { followed, present } from '../following.ts'
import { ANSWER_VIEW, linkIn } from '../ids.ts'
import { occasionOf } from '../opening.ts'
import type { ButtonPress } from '../payloads.ts'
import { noticeView } from '../screens/notice.ts'

/** A button that leads to an operation: an answer takes the place of the one it stood in, a form opens on top. */
export async function onFollow(desk: Desk, press: ButtonPress, reply: Reply): Promise<void> {
  const { view, user, actions } = press
  const { operation: name, values } = linkIn(actions[0].value)
  const operation = desk.operations.get(name)
  const heading = operation?.title ?? 'Lifeguard'
  const work = target(desk, name, values, user.id)
  if (view?.callback_id === ANSWER_VIEW && operation?.kind === 'query') {
    await reply()
    await desk.client.update(view.id, await work).catch(desk.report)
    return
  }
  await Promise.all([reply(), present(desk, occasionOf(press), heading, work)])
}

/** Never throws. */
async function target(
  desk: Desk,
  name: string,
  values: Readonly<Record<string, string>>,
  person: string,
): Promise<types.ModalView> {
  const operation = desk.operations.get(name)
  const requestId = desk.ids.request()
  try {
    if (!operation) throw new Refusal('Lifeguard no longer knows this. Type the command instead.')
    const standing = desk.people.known(person) ?? (await desk.people.fresh(person, 0))
    desk.workflow.admit(standing)
    requireWay(desk, standing, operation, values)
    // Rights count at the submit when they were read after the form was opened.
    desk.people.refresh(person, desk.now())
    return await followed(desk, { operation, requestId, standing, values })
  } catch (error) {
    return noticeView(operation?.title ?? 'Lifeguard', sentenceOf(desk, error), 'error')
  }
}
