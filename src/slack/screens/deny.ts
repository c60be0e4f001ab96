import type { types } from '@slack/bolt'
import { small, textInput, title } from '../blocks.ts'
import { DENY_VIEW } from '../ids.ts'
import type { Read, ViewSubmission } from '../payloads.ts'
import { typedIn } from '../payloads.ts'

/** Asks why. `digest` is of the plan that was shown beside the button. */
export function denyView(request: string, digest: string | undefined): types.ModalView {
  return {
    type: 'modal',
    callback_id: DENY_VIEW,
    private_metadata: digest === undefined ? request : `${request}/${digest}`,
    title: title('Deny this request'),
    submit: title('Deny'),
    close: title('Cancel'),
    blocks: [
      small('Your reason is shown to the person who asked and in the channel.'),
      textInput('reason', 'Why?', { lines: 'many' }),
    ],
  }
}

export interface Denial {
  readonly request: string
  readonly digest: string | undefined
  readonly why: string
}

export function readDenial({ view }: ViewSubmission): Read<Denial> {
  const [request = '', digest] = view.private_metadata.split('/')
  const why = typedIn(view.state.values, 'reason')
  return why.length < 3
    ? { errors: { reason: 'Say in a few words why, so that they know what to do next.' } }
    : { read: { request, digest, why } }
}
