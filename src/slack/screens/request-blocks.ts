import type { types } from '@slack/bolt'
import type { CardModel } from '../../core/board.ts'
import type { Fact } from '../../core/operation.ts'
import type { Request, Shown, State } from '../../core/request.ts'
import { STATE_WORDS } from '../../core/request.ts'
import { facts, paragraph, small } from '../blocks.ts'
import { cleanLine } from '../text.ts'

export const STATE_ICONS: Readonly<Record<State, string>> = {
  pending: '✋',
  approved: '🤝',
  executing: '⏳',
  done: '✅',
  failed: '❌',
  unknown: '❓',
  denied: '👎',
  withdrawn: '↩️',
  expired: '⌛',
}

const LABEL = 120

/** `Reset a password: waiting for approval`, in words that hold nothing of what others typed. */
export function headline({ request, title }: CardModel): string {
  return `${STATE_ICONS[request.state]} ${title}: ${STATE_WORDS[request.state]}`
}

/** What it is about: `ada@example.com in customers (prod)`. */
export function subject({ request, poolName }: CardModel): string {
  const place = cleanLine(poolName, 160)
  const label = cleanLine(request.shown.label, LABEL)
  // A request about a pool itself has nobody in it to name.
  return place.startsWith(`${label} (`) ? place : `${label} in ${place}`
}

export const approvals = (count: number): string =>
  count === 1 ? '1 approval' : `${count} approvals`
export const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`)

/** What a plan may take of a screen. */
export interface Room {
  readonly facts: number
  readonly warnings: number
  /** Characters of each. */
  readonly text: number
  /** Where to read what finds no room. */
  readonly elsewhere: string
}

/** The plan as its digest covers it; what finds no room is counted, never dropped in silence. */
export function planBlocks({ facts: lines, warnings }: Shown, room: Room): types.KnownBlock[] {
  return [
    ...factsBlocks(lines, room),
    ...warnings
      .slice(0, room.warnings)
      .map((text) => paragraph(`⚠️ ${cleanLine(text, room.text)}`)),
    ...left(warnings.length - room.warnings, 'warnings', room),
  ]
}

function factsBlocks(lines: readonly Fact[], room: Room): types.KnownBlock[] {
  if (lines.length === 0) return []
  const shown = lines
    .slice(0, room.facts)
    .map(({ term, text }) => ({ term, text: cleanLine(text, room.text) }))
  return [facts(shown), ...left(lines.length - room.facts, 'lines', room)]
}

function left(count: number, what: string, { elsewhere }: Room): types.KnownBlock[] {
  return count > 0 ? [small(`${count} more ${what}: ${elsewhere}`)] : []
}

/** The requester's grounds, each in a block of its own, so that neither can pose as the other. */
export function groundsBlocks({ input }: Request, most: number): types.KnownBlock[] {
  return (
    [
      ['Reason', input['reason']],
      ['How the person was verified', input['verified']],
    ] as const
  ).flatMap(([term, given]) =>
    typeof given === 'string' && given !== ''
      ? [facts([{ term, text: cleanLine(given, most) }])]
      : [],
  )
}

/** What differs from the plan that was voted on before. */
export function changeBlocks(request: Request, room: Room): types.KnownBlock[] {
  if (request.state !== 'pending' || request.round === 1) return []
  const cleared = 'The plan changed since it was voted on, so earlier votes no longer count.'
  return [paragraph(`🔁 ${cleared}`), ...factsBlocks(request.changed, room)]
}
