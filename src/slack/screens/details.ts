import type { types } from '@slack/bolt'
import type { CardModel } from '../../core/board.ts'
import { shortDigest } from '../../core/vote.ts'
import { header, moment, sentence, small, title, who } from '../blocks.ts'
import { changeBlocks, groundsBlocks, headline, planBlocks, subject } from './request-blocks.ts'
import { statusBlocks } from './status-blocks.ts'

/** A view has room for 250 KB: this fits whatever alphabet it is written in. */
const ROOM = { facts: 70, warnings: 10, text: 500, elsewhere: 'they have no room in Slack.' }
const CHANGED = { ...ROOM, facts: 15 }
const GROUNDS = 1000

/** All that is known about a request, for whoever has to decide about it. */
export function detailsView(card: CardModel, now: number): types.ModalView {
  const { request } = card
  return {
    type: 'modal',
    title: title(card.title),
    close: title('Close'),
    blocks: [
      header(headline(card)),
      sentence(
        who(request.requester),
        ' asked for this ',
        moment(request.askedAt, now),
        `: ${subject(card)}.`,
      ),
      ...planBlocks(request.shown, ROOM),
      ...groundsBlocks(request, GROUNDS),
      ...changeBlocks(request, CHANGED),
      ...statusBlocks(card, now, []),
      small(
        `Request ${request.id} · plan ${shortDigest(request.digest)} · version ${request.version}`,
      ),
    ],
  }
}
