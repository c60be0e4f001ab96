import type { types } from '@slack/bolt'
import type { CardModel } from '../../core/board.ts'
import type { Facts } from '../../core/operation.ts'
import type { Overview } from '../../core/workflow/workflow.ts'
import { STATE_WORDS } from '../../core/request.ts'
import type { Inline } from '../blocks.ts'
import { actions, bold, button, facts, header, moment, paragraph } from '../blocks.ts'
import { sentence, small, who } from '../blocks.ts'
import { COMMAND, decideBlock } from '../ids.ts'
import { approveButton, revealButton, reviewButton, withdrawButton } from './card.ts'
import { approvals, STATE_ICONS, subject } from './request-blocks.ts'
import { mayReveal, reviewOpen } from './status-blocks.ts'

const MOST_WAITING = 15
const MOST_OWN = 10
const MOST_PAST = 10
const MOST_OPERATIONS = 30

/** A person's own page: what waits for them, what they asked for, what they may do. */
export function homeView(overview: Overview, now: number): types.HomeView {
  const { waiting, own, permitted } = overview
  const open = own.filter(({ request }) => isOpen(request.state) || mayReveal(request, now))
  const past = own.filter((card) => !open.includes(card))
  return {
    type: 'home',
    blocks: [
      header('Waiting for you'),
      ...(waiting.length === 0 ? [small('Nothing waits for you.')] : []),
      ...waiting.slice(0, MOST_WAITING).flatMap((card, nth) => waitingEntry(card, now, nth)),
      ...left(waiting.length, MOST_WAITING),
      { type: 'divider' },
      header('Your requests'),
      ...(open.length === 0 ? [small('You have no open request.')] : []),
      ...open.slice(0, MOST_OWN).flatMap((card) => ownEntry(card, now)),
      ...left(open.length, MOST_OWN),
      ...pastBlocks(past, now),
      { type: 'divider' },
      header('What you may do'),
      ...permittedBlocks(permitted),
    ],
  }
}

/** In place of the page, for people whom Lifeguard does not serve or cannot serve now. */
export function homeNotice(text: string): types.HomeView {
  return { type: 'home', blocks: [paragraph(text)] }
}

const isOpen = (state: CardModel['request']['state']): boolean =>
  state === 'pending' || state === 'approved' || state === 'executing'

function waitingEntry(card: CardModel, now: number, nth: number): types.KnownBlock[] {
  const { request } = card
  const details = button('details', 'Details', request.id)
  const asks: readonly (string | Inline)[] = ['Asked by ', who(request.requester), '. ']
  if (request.state !== 'pending')
    return [
      entry(card, ...asks, 'Done alone in an emergency: please look at it.'),
      actions([...(reviewOpen(request) ? [reviewButton(request.id)] : []), details]),
    ]
  const claimed: readonly (string | Inline)[] =
    request.claimedBy === undefined ? [] : [' ', who(request.claimedBy), ' is looking at it.']
  return [
    entry(
      card,
      ...asks,
      `${card.votes.length} of ${approvals(request.approvals)}, open until `,
      moment(request.expiresAt, now),
      '.',
      ...claimed,
    ),
    actions(
      [approveButton(card), button('deny', 'Deny', request.id), details],
      decideBlock(request.digest, nth),
    ),
  ]
}

function ownEntry(card: CardModel, now: number): types.KnownBlock[] {
  const { request } = card
  return [
    entry(card, ...standingOf(card, now)),
    actions([
      ...(mayReveal(request, now) ? [revealButton(request.id)] : []),
      ...(request.state === 'pending' ? [withdrawButton(request.id)] : []),
      button('details', 'Details', request.id),
    ]),
  ]
}

function standingOf({ request, votes }: CardModel, now: number): readonly (string | Inline)[] {
  const state = `${capital(STATE_WORDS[request.state])}. `
  if (request.state === 'pending')
    return [
      state,
      `${votes.length} of ${approvals(request.approvals)}, open until `,
      moment(request.expiresAt, now),
      '.',
    ]
  return mayReveal(request, now) && 'revealUntil' in request
    ? [state, 'You may reveal until ', moment(request.revealUntil, now), '.']
    : [state]
}

function pastBlocks(past: readonly CardModel[], now: number): types.KnownBlock[] {
  if (past.length === 0) return []
  return [
    header('Lately'),
    ...past
      .slice(0, MOST_PAST)
      .map((card) =>
        entry(
          card,
          `${capital(STATE_WORDS[card.request.state])}. Asked `,
          moment(card.request.askedAt, now),
          '.',
        ),
      ),
  ]
}

function entry(card: CardModel, ...line: readonly (string | Inline)[]): types.RichTextBlock {
  const heading = `${STATE_ICONS[card.request.state]} ${card.title}: ${subject(card)}`
  return sentence(bold(heading), '\n', ...line)
}

function permittedBlocks(permitted: readonly Facts[]): types.KnownBlock[] {
  if (permitted.length === 0) return [small('Nothing yet. Ask a Cognito admin to add you.')]
  const lines = permitted.slice(0, MOST_OPERATIONS).map(({ name, summary }) => ({
    term: `${COMMAND} ${name}`,
    text: summary,
  }))
  return [facts(lines, 'code')]
}

function left(count: number, most: number): types.KnownBlock[] {
  return count > most ? [small(`And ${count - most} more: ${COMMAND} requests lists them.`)] : []
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
