import type { types } from '@slack/bolt'
import type { CardModel } from '../../core/board.ts'
import { failureText } from '../../core/request.ts'
import type { Request } from '../../core/request.ts'
import type { Inline } from '../blocks.ts'
import { bold, factBlocks, facts, moment, paragraph, sentence, small, who } from '../blocks.ts'
import { listed, mentionsOf } from '../mentions.ts'
import type { PeopleGroup } from '../people.ts'
import { cleanLine } from '../text.ts'
import { approvals, people } from './request-blocks.ts'

const OUTCOME = 600

/** Where the request stands: who has decided, who may, until when, and what came of it. */
export function statusBlocks(
  card: CardModel,
  now: number,
  groups: readonly PeopleGroup[],
): types.KnownBlock[] {
  return [...stateBlocks(card, now, groups), ...emergencyBlocks(card.request)]
}

function stateBlocks(
  card: CardModel,
  now: number,
  groups: readonly PeopleGroup[],
): types.KnownBlock[] {
  const { request } = card
  switch (request.state) {
    case 'pending':
      return [
        votesSoFar(card),
        mayApprove(card, groups),
        sentence(bold('Open until'), ' ', moment(request.expiresAt, now), '.'),
        ...(request.claimedBy === undefined
          ? []
          : [sentence('👀 ', who(request.claimedBy), ' is looking at this.')]),
      ]
    case 'approved':
      return [
        ...approvedBy(card),
        request.secret
          ? sentence(
              who(request.requester),
              ' may set and see the password until ',
              moment(request.revealUntil, now),
              '. Nothing has been changed yet.',
            )
          : sentence('It is about to be done.'),
      ]
    case 'executing':
      return [
        ...approvedBy(card),
        sentence('It is being done at this moment.'),
        ...stepBlocks(card),
      ]
    case 'done':
      return [
        ...approvedBy(card),
        ...said('', request.outcome),
        ...stepBlocks(card),
        ...again(request, now, 'may set and see a new one until '),
      ]
    case 'failed':
      return [
        ...approvedBy(card),
        ...said('', failureText(request.outcome)),
        ...stepBlocks(card),
        ...again(request, now, 'may try again until '),
      ]
    case 'unknown':
      return [
        ...approvedBy(card),
        ...said('Nobody knows yet whether this took effect: it may have. ', request.outcome),
        ...stepBlocks(card),
        ...again(request, now, 'may reveal again, which sets a new password, until '),
      ]
    case 'denied':
      return [
        request.by === undefined
          ? sentence('Denied.')
          : sentence('Denied by ', who(request.by), '.'),
        ...(request.outcome === ''
          ? []
          : [facts([{ term: 'Why', text: cleanLine(request.outcome, OUTCOME) }])]),
      ]
    case 'withdrawn':
    case 'expired':
      return said('', request.outcome)
  }
}

function votesSoFar({ request, votes }: CardModel): types.RichTextBlock {
  const counted = `${votes.length} of ${approvals(request.approvals)}`
  return votes.length === 0
    ? sentence(bold(counted), ' so far.')
    : sentence(bold(counted), ' so far: ', ...listed(votes.map(who)), '.')
}

/** Mentions here notify the approvers when the card is posted, and nobody when it is redrawn. */
function mayApprove(
  { request, approverGroups, approvers }: CardModel,
  groups: readonly PeopleGroup[],
): types.RichTextBlock {
  if (approvers.length === 0)
    return sentence('⚠️ At present nobody is known who may approve this. Ask a Cognito admin.')
  const named = mentionsOf(approverGroups, groups, request.requester)
  return named.length === 0
    ? sentence(`${people(approvers.length)} may approve this.`)
    : sentence(bold('May approve:'), ' ', ...listed(named), ` (${people(approvers.length)}).`)
}

function approvedBy({ votes }: CardModel): types.KnownBlock[] {
  return votes.length === 0 ? [] : [sentence('Approved by ', ...listed(votes.map(who)), '.')]
}

const STEP_ICONS = { begun: '⏳', done: '✅', failed: '❌', unknown: '❓' } as const
/** Lines that a card has room for. */
const MOST_STEPS = 25
const STEP = 120

/** Work in several steps: what came of each so far. */
function stepBlocks({ steps }: CardModel): types.KnownBlock[] {
  if (steps.length === 0) return []
  const lines = steps.slice(0, MOST_STEPS).map(({ key, as, sentence: outcome }) => ({
    term: `${STEP_ICONS[as]} ${cleanLine(key, STEP)}`,
    text: as === 'begun' ? 'Begun.' : cleanLine(outcome, STEP),
  }))
  const left = steps.length - MOST_STEPS
  const more = left > 0 ? [small(`${left} more: the audit record has them all.`)] : []
  return [...factBlocks(lines), ...more]
}

function said(before: string, outcome: string): types.KnownBlock[] {
  const text = `${before}${cleanLine(outcome, OUTCOME)}`.trim()
  return text === '' ? [] : [paragraph(text)]
}

function again(
  request: Request & { readonly revealUntil: number },
  now: number,
  may: string,
): types.KnownBlock[] {
  return [
    ...(request.secret && request.attempt > 1
      ? [small(`This was attempt ${request.attempt}: each one sets another password.`)]
      : []),
    ...(mayReveal(request, now)
      ? [sentence(who(request.requester), ` ${may}`, moment(request.revealUntil, now), '.')]
      : []),
  ]
}

/** Whether the requester's Reveal button makes sense now. */
export function mayReveal(request: Request, now: number): boolean {
  return (
    request.secret &&
    request.state !== 'executing' &&
    'revealUntil' in request &&
    request.revealUntil > now
  )
}

/** Somebody acted alone and nobody else has looked at it since. */
export function reviewOpen({ emergency }: Request): boolean {
  return emergency !== undefined && emergency.reviewedBy === undefined
}

function emergencyBlocks({ emergency, requester }: Request): types.KnownBlock[] {
  if (!emergency) return []
  const { reason, skipped, reviewedBy } = emergency
  const review: readonly (string | Inline)[] =
    reviewedBy === undefined
      ? ['Somebody else has to look at this and close the review.']
      : ['Reviewed by ', who(reviewedBy), '.']
  return [
    sentence('🚨 ', who(requester), ` acted alone. Not asked: ${people(skipped.length)}.`),
    facts([{ term: 'The emergency', text: cleanLine(reason, OUTCOME) }]),
    sentence(...review),
  ]
}
