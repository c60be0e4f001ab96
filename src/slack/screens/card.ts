import type { types } from '@slack/bolt'
import type { CardModel } from '../../core/board.ts'
import { actions, button, confirm, header, sentence, who } from '../blocks.ts'
import { decideBlock } from '../ids.ts'
import type { PeopleGroup } from '../people.ts'
import { cleanLine, escaped } from '../text.ts'
import { changeBlocks, groundsBlocks, headline, planBlocks, subject } from './request-blocks.ts'
import { reviewOpen, statusBlocks } from './status-blocks.ts'

const ROOM = { facts: 15, warnings: 5, text: 300, elsewhere: 'press Details to read all.' }
const GROUNDS = 500

/** The card in the approvals channel: everything from stored state, in every state. */
export function cardBlocks(
  card: CardModel,
  now: number,
  groups: readonly PeopleGroup[] = [],
): types.KnownBlock[] {
  const { request } = card
  return [
    header(headline(card)),
    sentence(who(request.requester), ` asks for this: ${subject(card)}.`),
    ...planBlocks(request.shown, ROOM),
    ...groundsBlocks(request, GROUNDS),
    ...changeBlocks(request, ROOM),
    ...statusBlocks(card, now, groups),
    actions(cardButtons(card), decideBlock(request.digest)),
  ]
}

/** For notifications and screen readers; Slack reads it as mrkdwn. */
export function cardText(card: CardModel): string {
  return escaped(`${headline(card)} · ${subject(card)}`, 500)
}

function cardButtons(card: CardModel): readonly types.Button[] {
  const { request } = card
  const details = button('details', 'Details', request.id)
  if (request.state === 'pending')
    return [
      approveButton(card),
      button('deny', 'Deny', request.id),
      ...(request.claimedBy === undefined
        ? [button('claim', 'I am looking at this', request.id)]
        : []),
      details,
      withdrawButton(request.id),
    ]
  return reviewOpen(request) ? [reviewButton(request.id), details] : [details]
}

export function approveButton(card: CardModel): types.Button {
  const { request } = card
  const then = request.secret
    ? 'With the last approval the person who asked may set a new password and see it, alone.'
    : 'With the last approval it is done at once, exactly as it is shown.'
  return button('approve', 'Approve', request.id, {
    style: 'primary',
    confirm: confirm(`${card.title}?`, `${cleanLine(subject(card), 180)}. ${then}`, 'Approve'),
  })
}

export function withdrawButton(request: string): types.Button {
  return button('withdraw', 'Withdraw', request, {
    confirm: confirm(
      'Withdraw this request?',
      'Only the person who asked can do this. Nothing is changed then.',
      'Withdraw',
    ),
  })
}

export function reviewButton(request: string): types.Button {
  return button('review', 'I have reviewed this', request, {
    confirm: confirm(
      'Close the review?',
      'You say that you have looked at what was done and why. Your name is kept with it.',
      'Close it',
    ),
  })
}

export function revealButton(request: string): types.Button {
  return button('reveal', 'Reveal', request, {
    style: 'primary',
    confirm: confirm(
      'Set and show a new password?',
      'The old password stops working now. The new one is shown once, to you alone: have the person ready.',
      'Reveal',
    ),
  })
}
