import type { types } from '@slack/bolt'
import { callout, title } from '../blocks.ts'

export type Level = 'info' | 'warning' | 'error' | 'success'

/** A view that only says something. */
export function noticeView(heading: string, text: string, level: Level = 'info'): types.ModalView {
  return {
    type: 'modal',
    title: title(heading),
    close: title('Close'),
    blocks: [callout(text, level)],
  }
}

export function workingView(heading: string): types.ModalView {
  return noticeView(
    heading,
    'Working on it. AWS is taking longer than usual; the result appears here, so leave this open.',
  )
}

export function settingView(heading: string): types.ModalView {
  return noticeView(
    heading,
    'Working on it: a new password is being set. It appears here, so leave this open.',
  )
}

export function loadingView(heading: string): types.ModalView {
  return noticeView(heading, 'One moment: looking up what you may do.')
}
