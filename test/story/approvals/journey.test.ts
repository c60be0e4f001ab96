import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { secretIn } from '../../../playground/reading.ts'
import { approveAll, APPROVALS, ask, card, cardSays, cardsOf, offers } from './acts.ts'
import { press, reveal, textOf, told } from './acts.ts'
import { eventsOf, eventsWith, expectBalancedBooks, linesOf, writesIn } from './books.ts'
import type { Firm } from './firm.ts'
import { openFirm, PROD, transports } from './firm.ts'

describe.each(transports)('a request that two people approve (%s)', (transport) => {
  let firm: Firm
  beforeAll(async () => {
    firm = await openFirm({ transport })
  })
  afterAll(() => firm?.[Symbol.asyncDispose]())

  const grace = () => firm.slack.person('U0GRACE')
  const linus = () => firm.slack.person('U0LINUS')
  const mark = () => ({ slack: firm.slack.calls.length, cognito: firm.cognito.requests.length })
  const since = (from: ReturnType<typeof mark>) => ({
    slack: firm.slack.calls
      .slice(from.slack)
      .filter(({ args }) => args['channel'] !== 'C0AUDIT')
      .map(({ method, args }) => ({ method, of: args['user'] ?? args['usergroup'] })),
    cognito: firm.cognito.requests.slice(from.cognito).map(({ operation }) => operation),
  })

  it('goes from the form over card and votes to a password for the person who asked', async () => {
    const ada = firm.supporter()
    const user = firm.customer(PROD.id)
    const { id, reply } = await ask(firm, ada, { pool: PROD, user, method: 'temporary' })
    expect(textOf(reply.view)).toContain('2 approvals needed')
    const shown = textOf(await card(firm, id))
    for (const words of [
      'waiting for approval',
      `<@${ada.id}> asks for this: ${user}@example.com in customers (prod)`,
      'A temporary password replaces the old one. It works for 3 days.',
      'Signed out everywhere',
      'Ticket 7',
      'Called back on the number in our records',
      '0 of 2 approvals',
      '(4 people)',
      'Open until',
      '[Approve] [Deny] [I am looking at this] [Details] [Withdraw]',
    ])
      expect(shown).toContain(words)
    expect(JSON.stringify(await card(firm, id))).toMatch(/"fallback":"in \d hours"/)
    expect(writesIn(firm.cognito.requests, user)).toEqual([])

    await press(firm, ada, id, 'approve')
    await told(firm, ada, 'your own request')
    expect(await eventsWith(firm, id, 'vote-refused')).toEqual(['asked', 'vote-refused'])
    expect(textOf(await card(firm, id))).toContain('0 of 2')

    await approveAll(firm, id, grace(), linus())
    await cardSays(firm, id, 'Reset a password: approved')
    await told(firm, ada, 'you may reveal the password')
    expect(writesIn(firm.cognito.requests, user)).toEqual([])

    const from = mark()
    const view = await reveal(firm, ada, id)
    const password = secretIn(view) ?? ''
    expect(password).toHaveLength(22)
    const { slack, cognito } = since(from)
    expect(slack[0]?.method).toBe('views.open')
    expect(cognito).toEqual(['AdminGetUser', 'AdminSetUserPassword'])
    expect(slack.filter(({ method }) => method === 'views.update')).toHaveLength(1)
    expectEachReadOnce(slack)

    expect(await firm.cognito.signIn(PROD.id, user, password)).toBe('new-password-required')
    await cardSays(firm, id, 'Reset a password: done')
    expect(textOf(await card(firm, id))).toContain('Approved by <@U0GRACE>, <@U0LINUS>.')
    expect(cardsOf(firm, id)).toHaveLength(1)
    expect(await eventsWith(firm, id, 'revealed')).toEqual([
      'asked',
      'vote-refused',
      'approved-by',
      'approved-by',
      'approved',
      'intent',
      'done',
      'revealed',
    ])
  })

  it('shows each further reveal with a new password on the card, and to nobody else', async () => {
    const ada = firm.supporter()
    const user = firm.customer(PROD.id)
    const { id } = await ask(firm, ada, { pool: PROD, user, method: 'temporary' })
    await approveAll(firm, id, grace(), linus())
    const first = secretIn(await reveal(firm, ada, id))
    const stranger = firm.supporter()
    const [offer] = offers(firm, ada, id, 'reveal')
    await stranger.click({ channel: offer?.channel ?? '', ts: offer?.ts ?? '' }, 'reveal')
    await stranger.waitForView((view) => textOf(view).includes('Only the person who asked'))
    await ada.close({ all: true })
    const second = secretIn(await reveal(firm, ada, id))
    expect(second).toBeDefined()
    expect(second).not.toBe(first)
    expect(await firm.cognito.signIn(PROD.id, user, first ?? '')).toBe('refused')
    expect(await firm.cognito.signIn(PROD.id, user, second ?? '')).toBe('new-password-required')
    await cardSays(firm, id, 'This was attempt 2: each one sets another password.')
    const lines = await linesOf(firm, id)
    expect(lines.filter(({ event }) => event === 'intent')).toHaveLength(2)
    expect(
      lines.find(({ event, actor }) => event === 'refused' && actor === stranger.id),
    ).toBeDefined()
  })

  it('sends an e-mail code at once with the last vote, by fresh rights', async () => {
    const ada = firm.supporter()
    const user = firm.customer(PROD.id)
    const { id } = await ask(firm, ada, { pool: PROD, user, method: 'email-code' })
    await press(firm, grace(), id, 'approve')
    await cardSays(firm, id, '1 of 2')
    const from = mark()
    const acknowledged = await press(firm, linus(), id, 'approve')
    await cardSays(firm, id, 'Reset a password: done')
    await told(firm, ada, 'Cognito has sent')
    const { slack, cognito } = since(from)
    expect(cognito).toEqual(['AdminGetUser', 'AdminResetUserPassword'])
    expectEachReadOnce(slack)
    const ids = slack.filter(({ method }) => method === 'users.info').map(({ of }) => of)
    expect(ids).toHaveLength(3)
    expect(new Set(ids)).toEqual(new Set([ada.id, 'U0GRACE', 'U0LINUS']))
    const allowed = new Set([
      'users.info',
      'usergroups.users.list',
      'chat.update',
      'chat.postMessage',
    ])
    expect(slack.map(({ method }) => method).filter((method) => !allowed.has(method))).toEqual([])
    const delivery = acknowledged.delivery
    const reads = firm.slack.calls.slice(from.slack).filter(({ method }) => method === 'users.info')
    expect(delivery?.state).toBe('acknowledged')
    expect(reads.every(({ at }) => at >= (delivery?.at ?? Infinity))).toBe(true)
    expect(firm.cognito.outbox.some(({ username }) => username === user)).toBe(true)
    expect(await eventsOf(firm, id)).toEqual([
      'asked',
      'approved-by',
      'approved-by',
      'approved',
      'intent',
      'done',
    ])
    expect(offers(firm, ada, id, 'reveal')).toEqual([])
  })

  it('leaves balanced books and nothing that Slack would object to', async () => {
    await expectBalancedBooks(firm)
    expect(firm.slack.problems).toEqual([])
    expect(firm.slack.channel(APPROVALS).messages.length).toBeGreaterThan(0)
  })
})

/** Nobody and no group is read twice for one click. */
function expectEachReadOnce(calls: readonly { method: string; of: unknown }[]) {
  const reads = calls.filter(({ method }) => /^(users\.info|usergroups\.users\.list)$/.test(method))
  expect(new Set(reads.map(({ method, of }) => `${method} ${String(of)}`)).size).toBe(reads.length)
}
