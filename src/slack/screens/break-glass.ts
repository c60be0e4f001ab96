import type { types } from '@slack/bolt'
import { callout, textInput, title } from '../blocks.ts'
import { BREAK_GLASS_VIEW } from '../ids.ts'
import type { Read, ViewSubmission } from '../payloads.ts'
import { typedIn } from '../payloads.ts'

/** Has to be typed: a habit of clicking is not enough to act alone. */
const WORDS = 'break glass'

export function breakGlassView(request: string, trouble?: string): types.ModalView {
  return {
    type: 'modal',
    callback_id: BREAK_GLASS_VIEW,
    private_metadata: request,
    title: title('Break glass'),
    submit: title('Act alone'),
    close: title('Cancel'),
    blocks: [
      ...(trouble === undefined ? [] : [callout(trouble, 'error')]),
      callout(
        'You act without approval. Every approver is told at once, the audit record keeps who was not asked, and somebody else reviews it.',
        'warning',
      ),
      textInput('reason', 'What is the emergency?', {
        lines: 'many',
        hint: 'Kept in the audit record and shown to every approver.',
      }),
      textInput('confirm', `Type “${WORDS}” to go on`, { most: 40 }),
    ],
  }
}

export interface BrokenGlass {
  readonly request: string
  readonly reason: string
}

export function readBreakGlass({ view }: ViewSubmission): Read<BrokenGlass> {
  const reason = typedIn(view.state.values, 'reason')
  const typed = typedIn(view.state.values, 'confirm').toLowerCase().replaceAll(/\s+/g, ' ')
  const errors = {
    ...(reason.length < 10 ? { reason: 'Say what the emergency is, in a sentence.' } : {}),
    ...(typed === WORDS ? {} : { confirm: `Type ${WORDS}, or press Cancel.` }),
  }
  return Object.keys(errors).length > 0
    ? { errors }
    : { read: { request: view.private_metadata, reason } }
}
