import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { choice, pool } from '../../src/core/field.ts'
import { mutation, query } from '../../src/core/operation.ts'
import type { Operation } from '../../src/core/operation.ts'
import type { Question, Verdict } from '../../src/core/verdict.ts'
import { createRights } from '../../src/core/rights.ts'
import { FakeDirectory, PROD, STAGING } from '../fakes/directory.ts'
import { member } from '../fakes/people.ts'
import { ask, FakePolicy, refuse, run } from '../fakes/policy.ts'

const paint = mutation({
  name: 'paint',
  title: 'Paint',
  button: 'Paint',
  summary: 'Only for this test.',
  risk: 'support',
  examples: [],
  attributes: ['colour'],
  input: z.object({
    pool: pool(),
    colour: choice('Colour', [
      { value: 'red', label: 'Red' },
      { value: 'blue', label: 'Blue' },
    ]),
  }),
  plan: () => Promise.reject(new Error('not planned here')),
  apply: () => Promise.reject(new Error('not applied here')),
})
const about = query({
  name: 'about',
  title: 'About',
  summary: 'Open to everybody.',
  examples: [],
  input: z.object({}),
  answer: async () => ({ heading: 'About', facts: [] }),
})
const operations: readonly Operation[] = [paint, about]
const ada = { person: member('U0ADA'), groups: ['support'], readAt: 0 }

function rightsUnder(rule: (question: Question) => Verdict, readsPoolIdentity = false) {
  const policy = new FakePolicy(rule, readsPoolIdentity)
  const { pools } = new FakeDirectory(() => 0)
  return { policy, rights: createRights(operations, policy, pools) }
}

describe('a verdict', () => {
  it('is asked for the person, their groups, the place and the attributes as given', () => {
    const { policy, rights } = rightsUnder(() => run)
    expect(rights.verdict(ada, paint, STAGING, { colour: 'blue', other: 'x' })).toBe(run)
    expect(policy.questions).toEqual([
      {
        person: 'U0ADA',
        groups: ['support'],
        operation: 'paint',
        pool: STAGING,
        attributes: { colour: 'blue' },
      },
    ])
  })

  it('counts an attribute that is not given yet as its first choice', () => {
    const { policy, rights } = rightsUnder(() => run)
    rights.verdict(ada, paint, STAGING, {})
    expect(policy.questions[0]?.attributes).toEqual({ colour: 'red' })
  })
})

describe('an offer', () => {
  it('stands while the policy leaves any way, an approval among them', () => {
    const { rights } = rightsUnder(({ attributes }) =>
      attributes['colour'] === 'blue' ? ask(2) : refuse,
    )
    expect(rights.offers(ada, paint, STAGING, {})).toBe(true)
    expect(rights.offers(ada, paint, STAGING, { colour: 'blue' })).toBe(true)
    expect(rights.offers(ada, paint, STAGING, { colour: 'red' })).toBe(false)
  })

  it('without a pool is for some pool', () => {
    const { rights } = rightsUnder(({ pool: { environment } }) =>
      environment === 'prod' ? refuse : run,
    )
    expect(rights.offers(ada, paint, undefined, {})).toBe(true)
    expect(rights.offers(ada, paint, PROD, {})).toBe(false)
  })
})

describe('what is permitted', () => {
  it('is what every member may ask for, and what some pool leaves open', () => {
    expect(rightsUnder(() => run).rights.permitted(ada)).toEqual([paint, about])
    expect(rightsUnder(() => refuse).rights.permitted(ada)).toEqual([about])
  })

  it.each([
    [false, 1, 'one pool of each environment'],
    [true, 2, 'every pool that the policy can tell apart'],
  ])('with identity read %s asks about %i: %s', (readsIdentity, places) => {
    const twin = { ...STAGING, id: 'eu-west-1_TWIN00001', name: 'twin' }
    const policy = new FakePolicy(() => refuse, readsIdentity)
    const { pools } = new FakeDirectory(() => 0, [STAGING, twin])
    createRights(operations, policy, pools).permitted(ada)
    expect(new Set(policy.questions.map((question) => question.pool.id)).size).toBe(places)
  })
})
