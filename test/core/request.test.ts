import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance, deadlineOf } from '../../src/core/request.ts'
import type { Approved, Ended, Executing, Pending, Request, Step } from '../../src/core/request.ts'

const pending: Pending = {
  id: 'r1',
  operation: 'reset-password',
  requester: 'U0ADA',
  pool: 'eu-west-1_a',
  target: 'grace',
  targetEmails: ['grace@example.com'],
  input: {},
  shown: { label: 'grace@example.com', facts: [], warnings: [] },
  digest: 'd1',
  lasting: 'l1',
  policyVersion: 'v1',
  approvals: 2,
  least: 0,
  sent: 's1',
  secret: true,
  emergency: undefined,
  askedAt: 0,
  version: 1,
  round: 1,
  attempt: 0,
  state: 'pending',
  expiresAt: 1_000,
  claimedBy: undefined,
  changed: [],
}

const votes = { kind: 'approve', voters: ['U1', 'U2'], needed: 2, revealUntil: 2_000 } as const

function next<R extends Request = Request>(request: Request, step: Step): R {
  const advanced = advance(request, step)
  if ('refused' in advanced) throw new Error(advanced.refused)
  return advanced.next as R
}

const approved = next<Approved>(pending, votes)
const executing = next<Executing>(approved, { kind: 'begin', now: 1_500 })
const done = next<Ended>(executing, { kind: 'end', as: 'done', attempt: 1, outcome: 'Reset.' })

describe('a request that waits', () => {
  it('is approved when enough different people vote', () => {
    expect(approved).toMatchObject({ state: 'approved', revealUntil: 2_000, version: 2 })
  })

  it.each([
    ['the requester among the voters', { ...votes, voters: ['U1', 'U0ADA'] }],
    ['one person twice', { ...votes, voters: ['U1', 'U1'] }],
    ['too few', { ...votes, voters: ['U1'] }],
    ['nobody, whatever the number needed', { ...votes, voters: [], needed: 0 }],
  ])('is not approved with %s', (_why, step) => {
    expect(advance(pending, step)).toHaveProperty('refused')
  })

  it('is denied by others and withdrawn by its requester, never the other way round', () => {
    expect(next(pending, { kind: 'deny', by: 'U1', why: 'No ticket.' })).toMatchObject({
      state: 'denied',
      by: 'U1',
      outcome: 'No ticket.',
    })
    expect(next(pending, { kind: 'withdraw', by: 'U0ADA' })).toMatchObject({ state: 'withdrawn' })
    expect(advance(pending, { kind: 'deny', by: 'U0ADA', why: '' })).toHaveProperty('refused')
    expect(advance(pending, { kind: 'withdraw', by: 'U1' })).toHaveProperty('refused')
  })

  it('is claimed by others only, and stays open to all', () => {
    expect(next(pending, { kind: 'claim', by: 'U1' })).toMatchObject({
      state: 'pending',
      claimedBy: 'U1',
    })
    expect(advance(pending, { kind: 'claim', by: 'U0ADA' })).toHaveProperty('refused')
  })

  it('expires at its time, and not before', () => {
    expect(advance(pending, { kind: 'expire', now: 999 })).toHaveProperty('refused')
    expect(next(pending, { kind: 'expire', now: 1_000 })).toMatchObject({ state: 'expired' })
  })
})

describe('what was approved', () => {
  it('goes back to the approvers with a new plan, in a new round', () => {
    const back = next<Pending>(approved, {
      kind: 'replan',
      shown: { label: 'x', facts: [], warnings: [] },
      digest: 'd2',
      lasting: 'l2',
      policyVersion: 'v2',
      approvals: 3,
      least: 2,
      changed: [{ term: 'User', text: 'other' }],
      expiresAt: 5_000,
    })
    expect(back).toMatchObject({
      state: 'pending',
      round: 2,
      digest: 'd2',
      approvals: 3,
      least: 2,
      expiresAt: 5_000,
      emergency: undefined,
    })
    expect(back).not.toHaveProperty('kind')
  })

  it('expires when it is not used in time', () => {
    expect(next(approved, { kind: 'expire', now: 2_000 })).toMatchObject({ state: 'expired' })
    expect(advance(approved, { kind: 'begin', now: 2_000 })).toHaveProperty('refused')
  })

  it('begins a new attempt each time', () => {
    expect(executing).toMatchObject({ state: 'executing', attempt: 1, leaseUntil: 31_500 })
    expect(next(done, { kind: 'begin', now: 1_800 })).toMatchObject({ attempt: 2 })
  })
})

describe('an attempt', () => {
  it('ends once, and only as the current one', () => {
    expect(done).toMatchObject({ state: 'done', outcome: 'Reset.' })
    expect(advance(executing, { kind: 'end', as: 'done', attempt: 0, outcome: '' })).toHaveProperty(
      'refused',
    )
    expect(advance(done, { kind: 'end', as: 'unknown', attempt: 1, outcome: '' })).toHaveProperty(
      'refused',
    )
  })

  it('is not repeated when it yields no secret, nor after the window', () => {
    expect(advance({ ...done, secret: false }, { kind: 'begin', now: 1_800 })).toHaveProperty(
      'refused',
    )
    expect(advance(done, { kind: 'begin', now: 2_000 })).toHaveProperty('refused')
  })
})

describe('an emergency', () => {
  const broken = next<Approved>(pending, {
    kind: 'break-glass',
    by: 'U0ADA',
    reason: 'Outage',
    skipped: ['U1'],
    revealUntil: 2_000,
  })

  it('is declared by the requester alone, and leaves a review open', () => {
    expect(broken).toMatchObject({
      state: 'approved',
      emergency: { reason: 'Outage', skipped: ['U1'], reviewedBy: undefined },
    })
    expect(
      advance(pending, { kind: 'break-glass', by: 'U1', reason: '', skipped: [], revealUntil: 0 }),
    ).toHaveProperty('refused')
  })

  it('is reviewed once, by somebody else', () => {
    const reviewed = next(broken, { kind: 'review', by: 'U1' })
    expect(reviewed.emergency?.reviewedBy).toBe('U1')
    expect(advance(reviewed, { kind: 'review', by: 'U2' })).toHaveProperty('refused')
    expect(advance(broken, { kind: 'review', by: 'U0ADA' })).toHaveProperty('refused')
    expect(advance(pending, { kind: 'review', by: 'U1' })).toHaveProperty('refused')
  })
})

const people = fc.constantFrom('U0ADA', 'U1', 'U2', 'U3')
const time = fc.integer({ min: 0, max: 4_000 })
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('vote' as const) }),
  fc.record({ kind: fc.constant('claim' as const), by: people }),
  fc.record({
    kind: fc.constant('approve' as const),
    voters: fc.array(people, { maxLength: 3 }),
    needed: fc.integer({ min: 0, max: 3 }),
    revealUntil: time,
  }),
  fc.record({ kind: fc.constant('deny' as const), by: people, why: fc.constant('No.') }),
  fc.record({ kind: fc.constant('withdraw' as const), by: people }),
  fc.record({ kind: fc.constant('expire' as const), now: time }),
  fc.record({ kind: fc.constant('begin' as const), now: time }),
  fc.record({
    kind: fc.constant('end' as const),
    as: fc.constantFrom('done' as const, 'failed' as const, 'unknown' as const),
    attempt: fc.integer({ min: 0, max: 3 }),
    outcome: fc.constant('x'),
  }),
  fc.record({ kind: fc.constant('review' as const), by: people }),
)

describe('any history', () => {
  it('counts every change, never leaves a closed state, and executes only what was approved', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 40 }), (history) => {
        let request: Request = pending
        let wasApproved = false
        for (const step of history) {
          const advanced = advance(request, step)
          if ('refused' in advanced) continue
          const after: Request = advanced.next
          expect(after.version).toBe(request.version + 1)
          expect(['denied', 'withdrawn', 'expired']).not.toContain(request.state)
          if (after.state === 'approved') wasApproved = true
          if (after.state === 'executing') {
            expect(wasApproved).toBe(true)
            expect(after.attempt).toBe(request.attempt + 1)
          }
          expect(deadlineOf(after) !== undefined).toBe(
            ['pending', 'approved', 'executing'].includes(after.state),
          )
          request = after
        }
      }),
      { numRuns: 500 },
    )
  })
})
