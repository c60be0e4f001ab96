import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Question, Verdict } from '../../src/core/verdict.ts'
import { decideAfresh, Undecided, undecided } from '../../src/policy/decide.ts'
import { memoised, questionKeyOf } from '../../src/policy/memo.ts'
import { load, POLICY, question } from './words.ts'

const policy = load(POLICY)

describe('the fewest approvals that allow', () => {
  test.each<[string, Question, Partial<Verdict>]>([
    ['a code in dev runs', question(), { kind: 'run', policies: ['support-helps'] }],
    [
      'a temporary password in dev needs one',
      question({ method: 'temporary' }),
      { kind: 'ask', approvals: 1, policies: ['secret-needs-one', 'support-helps'] },
    ],
    [
      'in prod it needs two',
      question({ method: 'temporary', environment: 'prod' }),
      { kind: 'ask', approvals: 2, policies: ['prod-needs-two', 'support-helps'] },
    ],
    [
      'permanent is refused everywhere',
      question({ method: 'permanent' }),
      { kind: 'refuse', policies: ['never-permanent'] },
    ],
    [
      'what nobody permits is refused, and a forbid that votes could lift is not to blame',
      question({ operation: 'delete-user', environment: 'prod' }),
      { kind: 'refuse', policies: [] },
    ],
    [
      'a forbid for one group wins over the permit for another',
      question({ groups: ['support', 'contractors'] }),
      { kind: 'refuse', policies: ['contractors-never'] },
    ],
    [
      'nobody in a group may do anything',
      question({ groups: [] }),
      { kind: 'refuse', policies: [] },
    ],
  ])('%s', (_what, asked, verdict) => {
    expect(policy.decide(asked)).toMatchObject(verdict)
  })

  test('a permit that asks for votes itself is named', () => {
    const own = load(
      '@id("with-three") permit (principal, action == Action::"show-user", resource) when { context.approvals >= 3 };',
    )
    expect(own.decide(question({ operation: 'show-user' }))).toMatchObject({
      kind: 'ask',
      approvals: 3,
      policies: ['with-three'],
    })
  })

  test.each<[number, Partial<Verdict>]>([
    [5, { kind: 'ask', approvals: 5 }],
    [6, { kind: 'refuse', policies: [] }],
  ])('a permit that asks for %d: five approvals are the most', (least, verdict) => {
    const own = load(
      `@id("many") permit (principal, action == Action::"show-user", resource) when { context.approvals >= ${least} };`,
    )
    expect(own.decide(question({ operation: 'show-user' }))).toMatchObject(verdict)
  })

  test('a policy may tell pools and people apart', () => {
    const own = load(
      `@id("ada") permit (principal == User::"U0ADA", action, resource == Pool::"eu-west-1_abc") when { resource.name like "cust*" };`,
    )
    expect(own.decide(question()).kind).toBe('run')
    expect(own.decide({ ...question(), person: 'U0GRACE' }).kind).toBe('refuse')
    expect(own.decide(question({ pool: { id: 'eu-west-1_abd' } })).kind).toBe('refuse')
    expect(own.decide(question({ pool: { name: 'staff' } })).kind).toBe('refuse')
  })

  test.each(['::', ' :: ', '\n  ::\n', ' // by name\n ::'])(
    'it tells them apart however an entity is spelled: %j',
    (between) => {
      const everyone = '@id("all") permit (principal, action == Action::"show-user", resource);'
      const asked = question({ operation: 'show-user' })
      const other = { ...asked, person: 'U0GRACE', pool: { ...asked.pool, id: 'eu-west-1_other' } }
      for (const [head, when] of [
        [`principal == User${between}"U0GRACE", action, resource`, ''],
        ['principal, action, resource', `when { principal == User${between}"U0GRACE" }`],
        ['principal, action, resource', `when { [User${between}"U0GRACE"].contains(principal) }`],
        [`principal, action, resource == Pool${between}"eu-west-1_other"`, ''],
        ['principal, action, resource', `when { resource == Pool${between}"eu-west-1_other" }`],
      ]) {
        const own = load(`${everyone}\n@id("not-them") forbid (${head}) ${when};`)
        // The first verdict is remembered, and must not serve for the other question.
        expect(own.decide(asked).kind).toBe('run')
        expect(own.decide(other).kind).toBe('refuse')
      }
    },
  )
})

describe('sentences', () => {
  test.each([
    [
      question(),
      'You may run reset-password with method email-code in dev: policy support-helps allows it.',
    ],
    [
      question({ method: 'temporary' }),
      'You may run reset-password with method temporary in dev with one approval: policy secret-needs-one asks for it.',
    ],
    [
      question({ method: 'temporary', environment: 'prod' }),
      'You may run reset-password with method temporary in prod with 2 approvals: policy prod-needs-two asks for it.',
    ],
    [
      question({ method: 'permanent', environment: 'prod' }),
      'You may not run reset-password with method permanent in prod: policy never-permanent forbids it. Ask a Cognito admin.',
    ],
    [
      question({ method: 'permanent', groups: ['support', 'contractors'] }),
      'You may not run reset-password with method permanent in dev: policies contractors-never, never-permanent forbid it. Ask a Cognito admin.',
    ],
    [
      question({ operation: 'update-pool' }),
      'You may not run update-pool in dev: no policy allows it for you. Ask a Cognito admin.',
    ],
  ])('%#', (asked, sentence) => {
    expect(policy.decide(asked).sentence).toBe(sentence)
  })
})

describe('no clear answer is a no', () => {
  const overflow = `@id("yes") permit (principal, action, resource);
    @id("broken") forbid (principal, action == Action::"reset-password", resource)
      when { context.method == "permanent" && 9223372036854775807 + 1 > 0 };`

  test('a forbid that overflows does not let the permit through', () => {
    const own = load(overflow)
    expect(own.decide(question({ method: 'temporary' })).kind).toBe('run')
    expect(own.decide(question({ method: 'permanent' }))).toEqual({
      kind: 'refuse',
      policies: ['broken'],
      sentence:
        'The policy gives no clear answer for reset-password with method permanent in dev, so it is not run. Ask a Cognito admin to check the policy.',
    })
  })

  test.each([
    ['a group that is not configured', question({ groups: ['support', 'strangers'] })],
    ['an environment that is not configured', question({ environment: 'test' })],
    ['an operation that does not exist', question({ operation: 'drop-everything' })],
    ['a missing attribute', { ...question(), attributes: {} }],
    [
      'an attribute that is not declared',
      { ...question(), attributes: { method: 'temporary', extra: 'x' } },
    ],
  ])('%s', (_what, asked) => {
    expect(load(overflow).decide(asked).kind).toBe('refuse')
  })

  test('an attribute cannot stand in for the approvals', () => {
    const asked = {
      ...question({ environment: 'prod' }),
      attributes: { method: 'email-code', approvals: '2' },
    }
    expect(policy.decide(asked)).toMatchObject({ kind: 'ask', approvals: 2 })
  })
})

describe('memory', () => {
  const groups = fc.subarray(['support', 'platform', 'cognito-admins', 'contractors', 'strangers'])
  const asked = fc
    .record({
      groups,
      operation: fc.constantFrom('show-user', 'reset-password', 'update-pool', 'unknown'),
      environment: fc.constantFrom('dev', 'staging', 'prod', 'test'),
      method: fc.constantFrom('email-code', 'temporary', 'permanent'),
      pool: fc.record({
        id: fc.constantFrom('eu-west-1_a', 'eu-west-1_b'),
        name: fc.constantFrom('shop-a', 'bank'),
        account: fc.constantFrom('main', 'other'),
        region: fc.constantFrom('eu-west-1', 'us-east-1'),
      }),
      person: fc.constantFrom('U0ADA', 'U0GRACE'),
    })
    .map(({ person, ...rest }) => ({ ...question(rest), person }))

  const picky = load(`${POLICY}
    @id("shop") permit (principal == User::"U0ADA", action == Action::"update-pool", resource) when { resource.name like "shop-*" };
    @id("other") forbid (principal, action, resource) when { resource.account == "other" && resource.region == "us-east-1" };
    @id("b") forbid (principal, action == Action::"show-user", resource == Pool::"eu-west-1_b");`)

  const fresh = (one: Question) => decidedAfresh(picky.version, one)

  function decidedAfresh(version: string, one: Question): Verdict {
    try {
      return decideAfresh(version, one)
    } catch (error) {
      if (error instanceof Undecided) return undecided(one, error)
      throw error
    }
  }

  test('a remembered verdict is the fresh one', () => {
    fc.assert(
      fc.property(fc.array(asked, { minLength: 1, maxLength: 10 }), (questions) => {
        for (const one of questions) {
          expect(picky.decide(one)).toEqual(fresh(one))
          expect(picky.decide(one)).toEqual(fresh(one))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('a question is decided once, in whatever order the groups come', () => {
    let times = 0
    const decide = memoised(questionKeyOf({ pools: true, people: true }), (one) => {
      times++
      return { kind: 'refuse', policies: [], sentence: one.groups.join() }
    })
    const first = decide(question({ groups: ['support', 'platform'] }))
    expect(decide(question({ groups: ['platform', 'support'] }))).toBe(first)
    expect(times).toBe(1)
  })

  test.each<[string, Question]>([
    ['person', { ...question(), person: 'U0GRACE' }],
    ['groups', question({ groups: ['platform'] })],
    ['operation', { ...question(), operation: 'show-user' }],
    ['attributes', question({ method: 'temporary' })],
    ['environment', question({ environment: 'prod' })],
    ['pool id', question({ pool: { id: 'eu-west-1_x' } })],
    ['pool name', question({ pool: { name: 'x' } })],
    ['account', question({ pool: { account: 'x' } })],
    ['region', question({ pool: { region: 'x' } })],
  ])('another %s is another question', (_what, other) => {
    let times = 0
    const decide = memoised(questionKeyOf({ pools: true, people: true }), () => ({
      kind: 'refuse',
      policies: [],
      sentence: String(times++),
    }))
    decide(question())
    decide(other)
    expect(times).toBe(2)
  })

  test('policies that read the environment alone decide all its pools at once', () => {
    let times = 0
    const decide = memoised(questionKeyOf({ pools: false, people: false }), () => ({
      kind: 'refuse',
      policies: [],
      sentence: String(times++),
    }))
    for (const id of ['a', 'b', 'c'])
      decide({ ...question({ pool: { id, name: id } }), person: `U0${id}` })
    decide(question({ environment: 'prod' }))
    expect(times).toBe(2)
  })

  test('what is remembered of one pool holds for another only where the policies read neither', () => {
    const plain = load(POLICY)
    expect(plain.readsPoolIdentity).toBe(false)
    fc.assert(
      fc.property(fc.array(asked, { minLength: 1, maxLength: 10 }), (questions) => {
        for (const one of questions)
          expect(plain.decide(one)).toEqual(decidedAfresh(plain.version, one))
      }),
      { numRuns: 60 },
    )
  })

  test('an error is not remembered', () => {
    let times = 0
    const decide = memoised(questionKeyOf({ pools: true, people: true }), () => {
      times++
      throw new Undecided('overflow')
    })
    expect(() => decide(question())).toThrow(Undecided)
    expect(() => decide(question())).toThrow(Undecided)
    expect(times).toBe(2)
  })
})
