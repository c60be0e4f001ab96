import type { types } from '@slack/bolt'
import type { Outcome } from '../../core/operation.ts'
import type { Request } from '../../core/request.ts'
import { callout, paragraph, preformatted, small, title } from '../blocks.ts'
import { SECRET_BLOCK } from '../ids.ts'
import { spell } from '../spell.ts'
import { noticeView } from './notice.ts'

/** What was done. The only screen that ever holds a secret, and only for the person who asked. */
export function outcomeView(heading: string, outcome: Outcome): types.ModalView {
  return {
    type: 'modal',
    title: title(heading),
    close: title('Done'),
    blocks: [
      callout(outcome.sentence, 'success'),
      ...(outcome.notes ?? []).map(paragraph),
      ...(outcome.secret ? secretBlocks(outcome.secret.reveal()) : []),
    ],
  }
}

function secretBlocks(value: string): types.KnownBlock[] {
  return [
    preformatted(SECRET_BLOCK, value),
    small(`To read out: ${spell(value)}`),
    small(
      'Shown once, to you alone, and hidden after two minutes. Hand it over by voice or in person.',
    ),
  ]
}

/** What takes the secret's place when its time is up. */
export function hiddenView(heading: string): types.ModalView {
  return noticeView(
    heading,
    'The password is hidden now. If you still need one, run the command again for a new one.',
  )
}

/** How a request stands that was sent twice, or whose result is not known. */
export function requestView(heading: string, request: Request): types.ModalView {
  switch (request.state) {
    case 'executing':
      return noticeView(
        heading,
        'This is already being done. Look at the audit channel for the result.',
      )
    case 'done':
      return noticeView(
        heading,
        `${request.outcome} This was already done once; a password is shown only the first time. Run the command again for a new one.`,
      )
    case 'failed':
      return noticeView(heading, failureText(request.outcome), 'error')
    case 'unknown':
      return noticeView(heading, request.outcome, 'warning')
  }
}

/** What a failed attempt says: that nothing was changed, once. */
export function failureText(outcome: string): string {
  return outcome.includes('Nothing was changed') ? outcome : `${outcome} Nothing was changed.`
}
