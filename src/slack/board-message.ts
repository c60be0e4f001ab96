import { z } from 'zod'
import type { CardModel, Note } from '../core/board.ts'
import type { Inline } from './blocks.ts'
import { actions, paragraph, sentence } from './blocks.ts'
import { listed } from './mentions.ts'
import type { PeopleGroup } from './people.ts'
import { QUIET } from './posting.ts'
import { cardBlocks, cardText, revealButton, reviewButton } from './screens/card.ts'
import { cleanLine, escaped } from './text.ts'

const CARD_EVENT_TYPE = 'lifeguard_card'

const cardMetadata = z.object({
  event_type: z.literal(CARD_EVENT_TYPE),
  event_payload: z.object({ request: z.string() }),
})

/** The card, for its first post and for every redraw. */
export function cardMessage(card: CardModel, now: number, groups: readonly PeopleGroup[]) {
  return {
    text: cardText(card),
    blocks: cardBlocks(card, now, groups),
    metadata: { event_type: CARD_EVENT_TYPE, event_payload: { request: card.request.id } },
    ...QUIET,
  }
}

/** Whether a message with this metadata is the request's card. */
export function isCardOf(metadata: unknown, request: string): boolean {
  const { success, data } = cardMetadata.safeParse(metadata)
  return success && data.event_payload.request === request
}

/** Words in the card's thread that notify whoever is mentioned. */
export function nudgeMessage(
  place: { readonly channel: string; readonly thread_ts: string },
  mentions: readonly Inline[],
  text: string,
) {
  const words = cleanLine(text, 2000) || '…'
  const calls = mentions.length === 0 ? [] : [...listed(mentions), ' ']
  return { ...place, text: escaped(words), blocks: [sentence(...calls, words)], ...QUIET }
}

/** A direct message, with what its reader may do. */
export function noteMessage({ person, text, request, button }: Note) {
  const buttons = { reveal: revealButton, review: reviewButton }
  return {
    channel: person,
    text: escaped(text),
    blocks: [
      paragraph(text),
      ...(button === undefined ? [] : [actions([buttons[button](request)])]),
    ],
    ...QUIET,
  }
}
