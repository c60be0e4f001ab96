import type { PoolProfile, User, UserGroup } from '../../core/directory.ts'
import type { Outcome } from '../../core/operation.ts'
import type { StepDone } from '../../core/ports.ts'
import { helpFor } from './help.ts'
import type { UserAction } from './help.ts'

export type BulkAction = 'reset' | 'disable' | 'sign-out' | 'add-to-group'

/** The same thing done with one user. */
const SINGLE: Readonly<Record<BulkAction, UserAction>> = {
  reset: 'email-code',
  disable: 'disable-user',
  'sign-out': 'sign-out-user',
  'add-to-group': 'add-to-group',
}

/** The names in a text, one a line or between commas, each once. */
export function namesIn(text: string): readonly string[] {
  const names = text.split(/[\n,;]/).map((name) => name.trim())
  return [...new Set(names.filter((name) => name !== ''))]
}

/** What is wrong with the list; undefined when it can be looked at. */
export function listFault(names: readonly string[], most: number): string | undefined {
  if (names.length === 0) return 'Name at least one user.'
  return names.length > most
    ? `These are ${names.length} users, and one request takes ${most} at most. Split the list.`
    : undefined
}

/** What would happen to one user of a list, or why nothing would. */
export type Share =
  | { readonly helped: true; readonly happens: string }
  | { readonly helped: false; readonly why: string }

export interface BulkWish {
  readonly action: BulkAction
  /** The group to join, where that is the action. */
  readonly group: UserGroup | undefined
}

/** `seen`: the user as shown. `members`: usernames in protected groups. */
export function shareOf(
  seen: User,
  pool: PoolProfile,
  { action, group }: BulkWish,
  { username, members }: { readonly username: string; readonly members: ReadonlySet<string> },
): Share {
  if (members.has(username))
    return {
      helped: false,
      why: 'A member of a protected group. Each of those needs a request of its own.',
    }
  const offer = helpFor(seen, pool, 0).actions[SINGLE[action]]
  return offer.offered
    ? { helped: true, happens: happensTo(action, offer.why, group) }
    : { helped: false, why: offer.reason }
}

function happensTo(action: BulkAction, why: string, group: UserGroup | undefined): string {
  switch (action) {
    case 'reset':
      return `${why} The old password stops working.`
    case 'disable':
      return 'Is disabled, and cannot sign in any more.'
    case 'sign-out':
      return 'Is signed out everywhere that Cognito knows of.'
    case 'add-to-group':
      return `Joins ${group?.name ?? 'the group'}.`
  }
}

const STATE_WORDS: Readonly<Record<string, string>> = {
  CONFIRMED: 'active',
  UNCONFIRMED: 'unconfirmed',
  FORCE_CHANGE_PASSWORD: 'invited',
  RESET_REQUIRED: 'asked to choose a new password',
  EXTERNAL_PROVIDER: 'with an identity provider',
}

/** `active`, `invited, disabled`: the state of a user in a few words. */
export function stateWords({ status, enabled }: Pick<User, 'status' | 'enabled'>): string {
  const words = STATE_WORDS[status] ?? status.toLowerCase().replaceAll('_', ' ')
  return enabled ? words : `${words}, disabled`
}

/** `2 active, 1 invited`, the most frequent first. */
function stateCounts(users: readonly Pick<User, 'status' | 'enabled'>[]): string {
  const counts = new Map<string, number>()
  for (const words of users.map(stateWords)) counts.set(words, (counts.get(words) ?? 0) + 1)
  return [...counts]
    .toSorted(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .map(([words, count]) => `${count} ${words}`)
    .join('; ')
}

/** How the chosen stand now; those who are gone are counted. */
export function standingsOf(users: readonly (User | undefined)[]): string {
  const there = users.filter((user) => user !== undefined)
  const gone = users.length - there.length
  const words = [stateCounts(there), ...(gone > 0 ? [`${gone} no longer in the pool`] : [])]
  return words.filter((part) => part !== '').join('; ')
}

/** What came of a list: `2 of 3 done, 1 failed.` */
function tally(steps: readonly StepDone[], untried: number): string {
  const count = (as: StepDone['as']) => steps.filter((step) => step.as === as).length
  const all = steps.length + untried
  const rest = [
    [count('failed'), 'failed'],
    [count('unknown'), count('unknown') === 1 ? 'is not known' : 'are not known'],
    [untried, untried === 1 ? 'was not tried' : 'were not tried'],
  ] as const
  const said = rest.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`)
  return `${[`${count('done')} of ${all} done`, ...said].join(', ')}.`
}

/** What came of one user's share. */
export type BulkStep = StepDone & { readonly label: string }

/** What came of the whole list. Those at its end may not have been tried. */
export function bulkOutcome(
  chosen: readonly { readonly label: string }[],
  steps: readonly BulkStep[],
): Outcome {
  const untried = chosen.slice(steps.length)
  const bad = steps.filter(({ as }) => as !== 'done')
  const facts = [
    ...steps.map(({ label, sentence }) => ({ term: label, text: sentence })),
    ...untried.map(({ label }) => ({ term: label, text: 'Not tried: Cognito was busy.' })),
  ]
  const named = bad.map(({ label, sentence }) => `${label}: ${sentence}`).join(' ')
  const as = bad.some((step) => step.as === 'unknown')
    ? 'unknown'
    : steps.some((step) => step.as === 'done')
      ? 'done'
      : 'failed'
  const left =
    untried.length > 0 ? 'Cognito was busy, so the rest was not tried. Ask again for those.' : ''
  const trouble = [named, left].filter((part) => part !== '').join(' ')
  return {
    as,
    sentence: tally(steps, untried.length),
    facts,
    ...(trouble === '' ? {} : { alarm: trouble }),
  }
}

export const countOf = (count: number): string => (count === 1 ? '1 user' : `${count} users`)
