import { sentenceOf } from '../desk.ts'
import type { Desk, Reply } from '../desk.ts'
import { occasionOf, open } from '../opening.ts'
import type { ButtonPress } from '../payloads.ts'
import { detailsView } from '../screens/details.ts'
import { noticeView } from '../screens/notice.ts'

/** Everything about a request, read from the store on the way. */
export async function onDetails(desk: Desk, press: ButtonPress, reply: Reply): Promise<void> {
  const view = await viewOf(desk, press.actions[0].value)
  await Promise.all([reply(), open(desk, occasionOf(press), view)])
}

async function viewOf(desk: Desk, request: string) {
  try {
    const card = await desk.workflow.card(request)
    return card
      ? detailsView(card, desk.now())
      : noticeView('Details', 'Lifeguard does not know this request any more.')
  } catch (error) {
    return noticeView('Details', sentenceOf(desk, error), 'error')
  }
}
