import type { CardModel } from '../../src/core/board.ts'
import type { Closed, Ended, Request, State } from '../../src/core/request.ts'

export const NOW = Date.UTC(2026, 0, 15, 12, 0, 0)
export const DIGEST = '0123456789abcdef'.repeat(4)
const MINUTE = 60_000

const asked = {
  id: 'mdzq8w1k0ABCDEFGHJKMNPQRSTVW0',
  operation: 'reset-password',
  requester: 'U0SAM',
  pool: 'eu-west-1_abc',
  target: 'grace',
  targetEmails: ['grace@example.com'],
  input: { pool: 'eu-west-1_abc', user: 'grace', reason: 'Ticket 7', verified: 'Called back' },
  shown: {
    label: 'grace@example.com',
    facts: [
      { term: 'User', text: 'grace@example.com' },
      { term: 'What happens', text: 'A temporary password replaces the old one.' },
    ],
    warnings: ['Grace signs in every day.'],
  },
  digest: DIGEST,
  policyVersion: 'p1',
  approvals: 2,
  least: 0,
  sent: 's1',
  secret: true,
  emergency: undefined,
  askedAt: NOW - 5 * MINUTE,
  version: 1,
  round: 1,
  attempt: 0,
} as const

const ENDED = { outcome: 'grace@example.com has a temporary password.', attempt: 1 }

type In<S extends State> = (S extends Ended['state']
  ? Ended
  : S extends Closed['state']
    ? Closed
    : Extract<Request, { state: S }>) & { readonly state: S }

/** A request in this state, fifteen minutes before the end of whatever is running. */
export function requestIn<S extends State>(state: S, changes: Partial<In<S>> = {}): In<S> {
  const until = NOW + 15 * MINUTE
  const members: Readonly<Record<State, object>> = {
    pending: { expiresAt: until, claimedBy: undefined, changed: [] },
    approved: { revealUntil: until },
    executing: { leaseUntil: until, revealUntil: until, attempt: 1 },
    done: { ...ENDED, revealUntil: until },
    failed: { ...ENDED, outcome: 'Cognito refused the password.', revealUntil: until },
    unknown: { ...ENDED, outcome: 'Cognito did not answer.', revealUntil: until },
    denied: { by: 'U0GRACE', outcome: 'Ask her manager first.' },
    withdrawn: { by: 'U0SAM', outcome: 'Withdrawn by the person who asked.' },
    expired: { by: undefined, outcome: 'Nobody answered in time.' },
  }
  return { ...asked, ...members[state], ...changes, state } as unknown as In<S>
}

export function cardOf(request: Request, changes: Partial<CardModel> = {}): CardModel {
  return {
    request,
    title: 'Reset a password',
    pool: undefined,
    poolName: 'customers (prod)',
    votes: [],
    approverGroups: ['cognito-admins'],
    approvers: ['U0ADA', 'U0GRACE'],
    steps: [],
    ...changes,
  }
}

export const STATES: readonly State[] = [
  'pending',
  'approved',
  'executing',
  'done',
  'failed',
  'unknown',
  'denied',
  'withdrawn',
  'expired',
]
