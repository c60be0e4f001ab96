import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { secretIn } from '../../../playground/reading.ts'
import { APPROVALS, approveAll, ask, card, cardSays, cardsOf } from './acts.ts'
import { offers, press, reveal, told } from './acts.ts'
import { eventsOf, eventsWith, expectBalancedBooks, writesIn } from './books.ts'
import type { Firm } from './firm.ts'
import { openFirm, PROD, transports } from './firm.ts'

/** Longer than a job's lease. */
const LEASED_MS = 61_000

describe.each(transports)('clicks are neither lost nor counted twice (%s)', (transport) => {
  let firm: Firm
  beforeAll(async () => {
    firm = await openFirm({ transport })
  })
  afterAll(() => firm?.[Symbol.asyncDispose]())

  const grace = () => firm.slack.person('U0GRACE')
  const linus = () => firm.slack.person('U0LINUS')
  const asked = async (method: 'temporary' | 'email-code' = 'email-code') => {
    const [ada, user] = [firm.supporter(), firm.customer(PROD.id)]
    return { ada, user, ...(await ask(firm, ada, { pool: PROD, user, method })) }
  }
  const WHOLE_LIFE = ['asked', 'approved-by', 'approved-by', 'approved', 'intent', 'done']

  it('two people who approve at the same moment make one execution', async () => {
    for (let round = 0; round < 5; round++) {
      const { user, id } = await asked()
      await card(firm, id)
      await Promise.all([grace(), linus()].map((who) => press(firm, who, id, 'approve')))
      await cardSays(firm, id, 'Reset a password: done')
      expect(await eventsOf(firm, id)).toEqual(WHOLE_LIFE)
      expect(writesIn(firm.cognito.requests, user)).toHaveLength(1)
    }
  })

  it('one person who clicks twice has one vote', async () => {
    const { id } = await asked()
    await card(firm, id)
    await Promise.all([grace(), grace()].map((who) => press(firm, who, id, 'approve')))
    await told(firm, grace(), 'Your vote is counted already.')
    await cardSays(firm, id, '1 of 2 approvals')
    expect(await eventsOf(firm, id)).toEqual(['asked', 'approved-by', 'vote-refused'])
  })

  it('the same delivery twice is one vote, one denial and one reveal', async () => {
    const { ada, user, id } = await asked('temporary')
    firm.slack.faults.envelope({ kind: 'duplicate' })
    await press(firm, grace(), id, 'approve')
    await cardSays(firm, id, '1 of 2 approvals')
    firm.slack.faults.envelope({ kind: 'duplicate' })
    await press(firm, linus(), id, 'approve')
    await firm.until(() => offers(firm, ada, id, 'reveal').length > 0)
    firm.slack.faults.envelope({ kind: 'duplicate' })
    const password = secretIn(await reveal(firm, ada, id))
    await cardSays(firm, id, 'Reset a password: done')
    expect(await firm.cognito.signIn(PROD.id, user, password ?? '')).toBe('new-password-required')
    expect(writesIn(firm.cognito.requests, user)).toHaveLength(1)
    expect(await eventsWith(firm, id, 'revealed')).toEqual([...WHOLE_LIFE, 'revealed'])

    const denied = await asked()
    await press(firm, grace(), denied.id, 'deny')
    await grace().waitForView((view) => view.callback_id === 'deny')
    firm.slack.faults.envelope({ kind: 'duplicate' })
    await grace().submit({ reason: 'Not like this.' })
    await cardSays(firm, denied.id, 'Denied by')
    expect(await eventsOf(firm, denied.id)).toEqual(['asked', 'denied'])
  })

  it('a lost answer to the post of a card leaves one card', async () => {
    firm.slack.faults.inject('chat.postMessage', { kind: 'reset', afterEffect: true }, 3)
    const { id } = await asked()
    await card(firm, id)
    firm.slack.faults.clear()
    await press(firm, grace(), id, 'approve')
    await cardSays(firm, id, '1 of 2 approvals')
    expect(cardsOf(firm, id)).toHaveLength(1)
  })

  it('a vote that was acknowledged counts after kill -9', async () => {
    const { user, id } = await asked()
    await press(firm, grace(), id, 'approve')
    await cardSays(firm, id, '1 of 2 approvals')
    const hung = firm.slack.calls.length
    firm.slack.faults.inject('users.info', { kind: 'hang' }, 20)
    const { acknowledged } = await press(firm, linus(), id, 'approve')
    expect(acknowledged).toBe(true)
    await firm.until(() => firm.slack.calls.slice(hung).some(({ injected }) => injected === 'hang'))
    await firm.kill()
    firm.slack.faults.clear()
    expect(await eventsOf(firm, id)).toEqual(['asked', 'approved-by'])
    await firm.start({ aheadMs: LEASED_MS })
    await cardSays(firm, id, 'Reset a password: done')
    expect(await eventsOf(firm, id)).toEqual(WHOLE_LIFE)
    expect(writesIn(firm.cognito.requests, user)).toHaveLength(1)
  })

  it('leaves balanced books and one card for each request', async () => {
    await expectBalancedBooks(firm)
    const ids = firm.slack
      .channel(APPROVALS)
      .messages.map(({ metadata }) => metadata?.event_payload)
    expect(new Set(ids.map((of) => of?.['request'])).size).toBe(ids.length)
  })
})

describe('what was approved when nobody knows what Cognito did', () => {
  let firm: Firm
  beforeAll(async () => {
    firm = await openFirm()
  })
  afterAll(() => firm?.[Symbol.asyncDispose]())
  const voters = () => [firm.slack.person('U0GRACE'), firm.slack.person('U0LINUS')] as const

  it('a password may have changed: the card says so, and a further reveal sets a new one', async () => {
    const [ada, user] = [firm.supporter(), firm.customer(PROD.id)]
    const { id } = await ask(firm, ada, { pool: PROD, user, method: 'temporary' })
    await approveAll(firm, id, ...voters())
    const before = firm.cognito.pools.user(PROD.id, user).modifiedAt
    firm.cognito.fail({ operation: 'AdminSetUserPassword', kind: 'reset-after-commit' })
    expect(secretIn(await reveal(firm, ada, id))).toBeUndefined()
    const unknown = await cardSays(firm, id, 'Reset a password: perhaps done')
    expect(unknown).toContain('Nobody knows yet whether this took effect: it may have.')
    expect(unknown).toContain('may reveal again, which sets a new password, until')
    expect(firm.cognito.pools.user(PROD.id, user).modifiedAt).toBeGreaterThan(before)
    expect(writesIn(firm.cognito.requests, user)).toHaveLength(1)

    await ada.close({ all: true })
    const password = secretIn(await reveal(firm, ada, id)) ?? ''
    expect(await firm.cognito.signIn(PROD.id, user, password)).toBe('new-password-required')
    await cardSays(firm, id, 'Reset a password: done')
    const sent = writesIn(firm.cognito.requests, user).map(
      ({ input }) => (input as { Password: string }).Password,
    )
    expect(sent).toHaveLength(2)
    expect(sent[1]).toBe(firm.cognito.digest(password))
    expect(sent[0]).not.toBe(sent[1])
    expect(await eventsWith(firm, id, 'revealed')).toEqual([
      'asked',
      'approved-by',
      'approved-by',
      'approved',
      'intent',
      'unknown',
      'intent',
      'done',
      'revealed',
    ])
  })

  it('a code that was sent is found by a look at the user, and sent once', async () => {
    const [ada, user] = [firm.supporter(), firm.customer(PROD.id)]
    const { id } = await ask(firm, ada, { pool: PROD, user, method: 'email-code' })
    firm.cognito.fail({ operation: 'AdminResetUserPassword', kind: 'reset-after-commit' })
    await approveAll(firm, id, ...voters())
    const shown = await cardSays(firm, id, 'Reset a password: done')
    expect(shown).toContain('A look at the user shows that it was done.')
    expect(writesIn(firm.cognito.requests, user)).toHaveLength(1)
    expect(firm.cognito.outbox.filter(({ username }) => username === user)).toHaveLength(1)
  })

  it('leaves balanced books', async () => {
    await expectBalancedBooks(firm)
    expect(firm.slack.problems).toEqual([])
  })
})
