import { describe, expect, it } from 'vitest'
import type { Look } from '../../../src/core/ports.ts'
import type { Request } from '../../../src/core/request.ts'
import { requests } from '../../../src/operations/bot/requests.ts'
import { whoami } from '../../../src/operations/bot/whoami.ts'
import { lookWith } from '../../fakes/look.ts'
import { NOW, requestIn } from '../../slack/cards.ts'

function lookAt(waiting: readonly Request[], own: readonly Request[]): Look {
  return lookWith({
    standing: {
      person: {
        id: 'U0ADA',
        team: 'T0LOCAL',
        name: 'ada',
        email: undefined,
        guest: false,
        external: false,
        deactivated: false,
        bot: false,
      },
      groups: ['cognito-admins'],
      readAt: NOW,
    },
    now: () => NOW,
    ownRequests: async () => own,
    waitingRequests: async () => waiting,
    poolName: () => 'customers (prod)',
  })
}

describe('requests', () => {
  it('lists what waits for a person, then what they asked for', async () => {
    const look = lookAt([requestIn('pending')], [requestIn('denied'), requestIn('approved')])
    const { facts, note } = await requests.answer({}, look)
    expect(facts).toEqual([
      {
        term: 'Waiting for you: reset-password for grace@example.com in customers (prod)',
        text: 'Waiting for approval. 2 approvals are needed, and it stays open for 15 minutes. Asked 5 minutes ago.',
      },
      {
        term: 'Yours: reset-password for grace@example.com in customers (prod)',
        text: 'Denied. Asked 5 minutes ago.',
      },
      {
        term: 'Yours: reset-password for grace@example.com in customers (prod)',
        text: 'Approved. Asked 5 minutes ago.',
      },
    ])
    expect(note).toMatch(/Home tab/)
  })

  it('says where a review is open, and that one approval is one', async () => {
    const emergency = { reason: 'x', skipped: [], reviewedBy: undefined }
    const look = lookAt(
      [requestIn('done', { emergency })],
      [requestIn('pending', { approvals: 1 })],
    )
    const { facts } = await requests.answer({}, look)
    expect(facts[0]?.text).toMatch(/^Done\. A review is open\./)
    expect(facts[1]?.text).toMatch(/ 1 approval is needed/)
  })

  it('says when there is nothing, and how many are not shown', async () => {
    expect((await requests.answer({}, lookAt([], []))).note).toMatch(/^Nothing waits for you/)
    const many = Array.from({ length: 18 }, () => requestIn('pending'))
    const { facts, note } = await requests.answer({}, lookAt(many, many))
    expect(facts).toHaveLength(30)
    expect(note).toMatch(/^6 more are not shown/)
  })
})

describe('whoami', () => {
  it('says how much is open', async () => {
    const look = lookAt([requestIn('pending')], [requestIn('denied'), requestIn('approved')])
    expect((await whoami.answer({}, look)).facts).toContainEqual({
      term: 'Requests',
      text: '1 waiting for you, 1 of your own open. /cognito requests lists them.',
    })
    expect((await whoami.answer({}, lookAt([], []))).facts).toContainEqual({
      term: 'Requests',
      text: 'none is open',
    })
  })
})
