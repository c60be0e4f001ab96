import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Ballot, Ruling } from '../../src/core/verdict.ts'
import { load, POLICY, question } from './words.ts'

const ADMINS = `principal in Group::"cognito-admins"`

/** Grace of the Cognito admins votes on what Ada asked for in prod, unless told otherwise. */
function ballot(asked: Partial<Ballot> & { environment?: string } = {}): Ballot {
  const { environment = 'prod', ...rest } = asked
  const { pool } = question({ environment })
  return {
    person: 'U0GRACE',
    groups: ['cognito-admins'],
    pool,
    requester: 'U0ADA',
    operation: 'reset-password',
    approvals: 0,
    ...rest,
  }
}

const approving = (condition: string) =>
  load(`@id("a") permit (${ADMINS}, action == Action::"approve", resource) when { ${condition} };`)
const breaking = (condition: string) =>
  load(
    `@id("b") permit (${ADMINS}, action == Action::"break-glass", resource) when { ${condition} };`,
  )

describe('who may approve', () => {
  const policy = load(POLICY)

  test.each<[string, Ballot, Partial<Ruling>]>([
    [
      'an admin may',
      ballot(),
      {
        allowed: true,
        policies: ['admins-approve'],
        sentence: 'You may approve reset-password in prod: policy admins-approve allows it.',
      },
    ],
    [
      'somebody without that right may not',
      ballot({ groups: ['support'] }),
      {
        allowed: false,
        policies: [],
        sentence:
          'You may not approve reset-password in prod: no policy lets you. Ask a Cognito admin.',
      },
    ],
    [
      'a forbid wins, and is named',
      ballot({ groups: ['cognito-admins', 'contractors'] }),
      {
        allowed: false,
        policies: ['contractors-never'],
        sentence:
          'You may not approve reset-password in prod: policy contractors-never forbids it. Ask a Cognito admin.',
      },
    ],
    [
      'the policy sees who asked',
      ballot({ requester: 'U0GRACE' }),
      { allowed: false, policies: ['no-self-approval'] },
    ],
    [
      'several forbids are all named',
      ballot({ requester: 'U0GRACE', groups: ['cognito-admins', 'contractors'] }),
      {
        sentence:
          'You may not approve reset-password in prod: policies contractors-never, no-self-approval forbid it. Ask a Cognito admin.',
      },
    ],
  ])('%s', (_what, asked, ruling) => {
    expect(policy.mayApprove(asked)).toMatchObject(ruling)
  })

  test('the right to run something is no right to approve it', () => {
    const own = load(
      `@id("a") permit (${ADMINS}, action in [Action::"read", Action::"support", Action::"change", Action::"destroy"], resource);`,
    )
    expect(own.judge({ ...question(), groups: ['cognito-admins'] }).kind).toBe('run')
    expect(own.mayApprove(ballot()).allowed).toBe(false)
    expect(own.mayBreakGlass(ballot()).allowed).toBe(false)
  })

  test.each<[string, string, Ballot, Ballot]>([
    [
      'operation',
      'context.operation == "reset-password"',
      ballot(),
      ballot({ operation: 'delete-user' }),
    ],
    ['votes so far', 'context.approvals >= 1', ballot({ approvals: 1 }), ballot()],
    ['requester', 'context.requester == User::"U0ADA"', ballot(), ballot({ requester: 'U0LINUS' })],
    ['voter', 'principal == User::"U0GRACE"', ballot(), ballot({ person: 'U0ALAN' })],
    ['environment', 'resource.env == Env::"prod"', ballot(), ballot({ environment: 'dev' })],
    [
      'pool',
      'resource.name == "customers"',
      ballot(),
      ballot({ pool: { ...ballot().pool, name: 'staff' } }),
    ],
  ])('a policy can tell by %s', (_what, condition, yes, no) => {
    const policy = approving(condition)
    expect(policy.mayApprove(yes).allowed).toBe(true)
    expect(policy.mayApprove(no).allowed).toBe(false)
  })
})

describe('who may act alone in an emergency', () => {
  test('nobody, unless a policy says so', () => {
    expect(load(POLICY).mayBreakGlass(ballot())).toEqual({
      allowed: false,
      policies: [],
      sentence:
        'You may not act alone in an emergency on reset-password in prod: no policy lets you. Wait for the approvals, or ask a Cognito admin.',
    })
  })

  test('the right to approve is no right to break the glass, nor the reverse', () => {
    expect(approving('true').mayBreakGlass(ballot()).allowed).toBe(false)
    expect(breaking('true').mayApprove(ballot()).allowed).toBe(false)
  })

  test('it can be limited to an operation', () => {
    const policy = breaking('context.operation == "reset-password"')
    expect(policy.mayBreakGlass(ballot())).toEqual({
      allowed: true,
      policies: ['b'],
      sentence: 'You may act alone in an emergency on reset-password in prod: policy b allows it.',
    })
    expect(policy.mayBreakGlass(ballot({ operation: 'delete-user' })).allowed).toBe(false)
  })

  test('it can ask for some of the votes', () => {
    const policy = breaking('context.approvals >= 1')
    expect(
      [0, 1, 2].map((approvals) => policy.mayBreakGlass(ballot({ approvals })).allowed),
    ).toEqual([false, true, true])
  })

  test('a forbid for a group holds here too', () => {
    const policy = load(`${POLICY}
      @id("on-call") permit (${ADMINS}, action == Action::"break-glass", resource);`)
    expect(policy.mayBreakGlass(ballot()).allowed).toBe(true)
    expect(
      policy.mayBreakGlass(ballot({ groups: ['cognito-admins', 'contractors'] })),
    ).toMatchObject({ allowed: false, policies: ['contractors-never'] })
  })
})

const says = (act: string) =>
  `The policy gives no clear answer on whether you may ${act} delete-user in prod, so you may not. Ask a Cognito admin to check the policy.`

describe('no clear answer is a no', () => {
  const broken =
    load(`@id("yes") permit (principal, action in [Action::"approve", Action::"break-glass"], resource);
    @id("broken") forbid (principal, action in [Action::"approve", Action::"break-glass"], resource)
      when { context.operation == "delete-user" && 9223372036854775807 + 1 > 0 };`)

  test('a forbid that overflows does not let the permit through', () => {
    expect(broken.mayApprove(ballot()).allowed).toBe(true)
    expect(broken.mayBreakGlass(ballot()).allowed).toBe(true)
    const asked = ballot({ operation: 'delete-user' })
    const no = { allowed: false, policies: ['broken'] }
    expect(broken.mayApprove(asked)).toEqual({ ...no, sentence: says('approve') })
    expect(broken.mayBreakGlass(asked)).toEqual({
      ...no,
      sentence: says('act alone in an emergency on'),
    })
  })

  test.each<[string, Partial<Ballot> & { environment?: string }]>([
    ['a group that is not configured', { groups: ['cognito-admins', 'strangers'] }],
    ['an environment that is not configured', { environment: 'test' }],
    ['half a vote', { approvals: 1.5 }],
    ['votes beyond counting', { approvals: Number.NaN }],
  ])('%s', (_what, asked) => {
    for (const { allowed, sentence } of [
      broken.mayApprove(ballot(asked)),
      broken.mayBreakGlass(ballot(asked)),
    ]) {
      expect(allowed).toBe(false)
      expect(sentence).toContain('no clear answer')
    }
  })
})

describe('decided afresh', () => {
  test('a judgement is the remembered verdict made anew', () => {
    const policy = load(POLICY)
    const asked = question({ method: 'temporary', environment: 'prod' })
    expect(policy.decide(asked)).toBe(policy.decide(asked))
    expect(policy.judge(asked)).not.toBe(policy.judge(asked))
    expect(policy.judge(asked)).toEqual(policy.decide(asked))
  })

  test('a judgement that cannot be made is a refusal too', () => {
    const asked = question({ environment: 'test' })
    expect(load(POLICY).judge(asked)).toMatchObject({
      kind: 'refuse',
      sentence: expect.stringContaining('no clear answer') as string,
    })
  })

  test('one more vote never takes the right to vote away', () => {
    const policy = load(`${POLICY}
      @id("support-seconds") permit (principal in Group::"support", action in [Action::"approve", Action::"break-glass"], resource)
        when { context.approvals >= 1 && context.operation == "reset-password" };`)
    const asked = fc.record({
      person: fc.constantFrom('U0ADA', 'U0GRACE'),
      requester: fc.constantFrom('U0ADA', 'U0GRACE'),
      groups: fc.subarray(['support', 'cognito-admins', 'contractors']),
      operation: fc.constantFrom('reset-password', 'delete-user'),
      environment: fc.constantFrom('dev', 'prod'),
      approvals: fc.nat(4),
    })
    fc.assert(
      fc.property(asked, (one) => {
        const [now, then] = [ballot(one), ballot({ ...one, approvals: one.approvals + 1 })]
        expect(policy.mayApprove(then).allowed || !policy.mayApprove(now).allowed).toBe(true)
        expect(policy.mayBreakGlass(then).allowed || !policy.mayBreakGlass(now).allowed).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

test('from memory the ruling is the same, whoever asks', () => {
  const policy = load(POLICY)
  const ballots = fc.record({
    person: fc.constantFrom('U0GRACE', 'U0ADA'),
    groups: fc.subarray(['support', 'cognito-admins']),
    environment: fc.constantFrom('dev', 'prod'),
    requester: fc.constantFrom('U0GRACE', 'U0ADA'),
    approvals: fc.integer({ min: 0, max: 3 }),
  })
  fc.assert(
    fc.property(ballots, (asked) => {
      expect(policy.couldApprove(ballot(asked))).toEqual(policy.mayApprove(ballot(asked)))
    }),
  )
})
