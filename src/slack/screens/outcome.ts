import type { types } from '@slack/bolt'
import type { Outcome } from '../../core/operation.ts'
import { failureText } from '../../core/request.ts'
import type { Request } from '../../core/request.ts'
import { actions, callout, factBlocks, linkBlocks, paragraph } from '../blocks.ts'
import { preformatted, small, title } from '../blocks.ts'
import { SECRET_BLOCK } from '../ids.ts'
import { spell } from '../spell.ts'
import { revealButton, withdrawButton } from './card.ts'
import type { Level } from './notice.ts'
import { noticeView } from './notice.ts'
import { approvals } from './request-blocks.ts'
import { mayReveal } from './status-blocks.ts'

/** What was done. The only screen that ever holds a secret, and only for the person who asked. */
export function outcomeView(heading: string, outcome: Outcome): types.ModalView {
  return {
    type: 'modal',
    title: title(heading),
    close: title('Done'),
    clear_on_close: true,
    blocks: [
      callout(outcome.sentence, LEVELS[outcome.as ?? 'done']),
      ...(outcome.alarm === undefined ? [] : [callout(outcome.alarm, 'error')]),
      ...(outcome.notes ?? []).map(paragraph),
      ...factBlocks(outcome.facts ?? []),
      ...linkBlocks(outcome.links ?? []),
      ...(outcome.secret ? secretBlocks(outcome.secret.reveal()) : []),
    ],
  }
}

const LEVELS = { done: 'success', failed: 'error', unknown: 'warning' } as const

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
export function hiddenView(heading: string, request: Request, now: number): types.ModalView {
  return standingView(
    heading,
    mayReveal(request, now)
      ? 'The password is hidden now. Reveal again sets and shows a new one.'
      : 'The password is hidden now. If you still need one, run the command again for a new one.',
    { buttons: revealing(request, now) },
  )
}

/** How a request stands that was sent twice, or whose result is not known. */
export function requestView(heading: string, request: Request, now: number): types.ModalView {
  const { id, approvals: needed } = request
  const view = (text: string, level: Level = 'info', buttons: readonly types.Button[] = []) =>
    standingView(heading, text, { level, buttons })
  const reveals = revealing(request, now)
  switch (request.state) {
    case 'pending':
      return view(
        `This waits for ${approvals(needed)}. You get a message from me when it is decided.`,
        'info',
        [withdrawButton(id)],
      )
    case 'approved':
      return reveals.length > 0
        ? view('Approved. Reveal sets a new password and shows it to you, alone.', 'info', reveals)
        : view('Approved. The card in the channel shows what comes of it.')
    case 'executing':
      return view('This is already being done. Look at the audit channel for the result.')
    case 'done':
      return view(`${request.outcome} ${onceOnly(request, now)}`.trim(), 'info', reveals)
    case 'failed':
      return view(failureText(request.outcome), 'error', reveals)
    case 'unknown':
      return view(request.outcome, 'warning', reveals)
    case 'denied':
      return view(`This was denied. ${request.outcome}`, 'warning')
    case 'withdrawn':
    case 'expired':
      return view(request.outcome, 'warning')
  }
}

function onceOnly(request: Request, now: number): string {
  if (!request.secret) return 'This was already done once.'
  return mayReveal(request, now)
    ? 'This was already done once. Reveal again sets and shows a new password.'
    : 'This was already done once; a password is shown only the first time. Run the command again for a new one.'
}

function revealing(request: Request, now: number): readonly types.Button[] {
  return mayReveal(request, now) ? [revealButton(request.id)] : []
}

/** Closing it closes whatever lies below: that is out of date. */
function standingView(
  heading: string,
  text: string,
  { level = 'info', buttons }: { level?: Level; buttons: readonly types.Button[] },
): types.ModalView {
  const view = noticeView(heading, text, level)
  return {
    ...view,
    clear_on_close: true,
    blocks: [...view.blocks, ...(buttons.length > 0 ? [actions(buttons)] : [])],
  }
}
