import { sentenceOf } from '../desk.ts'
import type { Desk, Reply } from '../desk.ts'
import { occasionOf, open } from '../opening.ts'
import type { ButtonPress } from '../payloads.ts'
import { bring, endingResult } from '../result.ts'
import type { ViewResult } from '../result.ts'
import { noticeView, settingView } from '../screens/notice.ts'

const HEADING = 'Reveal'

/**
 * Reveal was clicked. The view opens first: no password is set unless there is a view to show it in,
 * and the click's trigger works once, so the same delivery twice is one reveal.
 */
export async function onReveal(desk: Desk, press: ButtonPress, reply: Reply): Promise<void> {
  const clickedAt = desk.now()
  const [, viewId] = await Promise.all([
    reply(),
    open(desk, occasionOf(press), settingView(HEADING)),
  ])
  if (viewId === undefined) return
  const { value: request } = press.actions[0]
  desk.homes.watch(request, press.user.id, press.view?.type === 'home')
  await bring(desk, viewId, await revealed(desk, request, press.user.id, clickedAt))
}

async function revealed(
  desk: Desk,
  request: string,
  person: string,
  clickedAt: number,
): Promise<ViewResult> {
  try {
    return endingResult(desk, await desk.workflow.reveal(request, person, clickedAt))
  } catch (error) {
    return { kind: 'view', view: noticeView(HEADING, sentenceOf(desk, error), 'error') }
  }
}
