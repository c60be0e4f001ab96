import type { types } from '@slack/bolt'
import type { CardModel } from '../../core/board.ts'
import { actions, button, callout, paragraph, sentence, title } from '../blocks.ts'
import { withdrawButton } from './card.ts'
import { approvals, people } from './request-blocks.ts'

/** What the requester sees when others have to agree first. `channel` is where they were asked. */
export function askedView(
  card: CardModel,
  { channel, breakGlass }: { channel: string; breakGlass: boolean },
): types.ModalView {
  const { request, approvers } = card
  return {
    type: 'modal',
    title: title(card.title),
    close: title('Close'),
    blocks: [
      callout(`Sent for approval: ${approvals(request.approvals)} needed.`, 'success'),
      sentence(
        approvers.length === 1
          ? '1 person was asked in '
          : `${people(approvers.length)} were asked in `,
        { type: 'channel', channel_id: channel },
        '. You get a message from me when it is decided.',
      ),
      ...(approvers.length === 0
        ? [paragraph('⚠️ Nobody is known who may approve this. Please tell a Cognito admin.')]
        : []),
      actions([
        withdrawButton(request.id),
        ...(breakGlass
          ? [button('break-glass', 'Break glass', request.id, { style: 'danger' })]
          : []),
      ]),
    ],
  }
}
