import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { secretIn } from '../../../playground/reading.ts'
import type { ViewState } from '../../../playground/slack/types.ts'
import { approveAll, ask, card, cardSays, cardsOf, offers } from './acts.ts'
import { press, textOf, told } from './acts.ts'
import { eventsOf, eventsWith, expectBalancedBooks, linesOf, writesIn } from './books.ts'
import type { Firm } from './firm.ts'
import { openFirm, PROD, STAGING, transports } from './firm.ts'

const SUPPORT_BREAKS_GLASS = `
@id("support-breaks-glass")
permit (principal in Group::"support", action == Action::"break-glass", resource)
when { context.operation == "reset-password" };
`

describe.each(transports)('what people decide about a request (%s)', (transport) => {
  let firm: Firm
  beforeAll(async () => {
    firm = await openFirm({
      transport,
      rules: SUPPORT_BREAKS_GLASS,
      settings: {
        protected_groups: '[admins]',
        limits: '{ per_requester: 2/10m, per_pool: none, all: none }',
      },
    })
  })
  afterAll(() => firm?.[Symbol.asyncDispose]())

  const grace = () => firm.slack.person('U0GRACE')
  const linus = () => firm.slack.person('U0LINUS')
  const asked = async (method: 'temporary' | 'email-code' = 'email-code') => {
    const [ada, user] = [firm.supporter(), firm.customer(PROD.id)]
    return { ada, user, ...(await ask(firm, ada, { pool: PROD, user, method })) }
  }
  const untouched = (user: string) => expect(writesIn(firm.cognito.requests, user)).toEqual([])

  it('a denial asks for a reason, tells it to everybody, and ends the request', async () => {
    const { ada, user, id } = await asked()
    await press(firm, grace(), id, 'deny')
    await grace().waitForView((view) => view.callback_id === 'deny')
    const empty = await grace().submit({ reason: 'x' })
    expect(empty.errors).toMatchObject({ reason: expect.stringContaining('why') as string })
    await grace().submit({ reason: 'Ask the customer to call first.' })
    const shown = await cardSays(firm, id, 'Denied by <@U0GRACE>')
    expect(shown).toContain('Ask the customer to call first.')
    expect(shown).not.toContain('[Approve]')
    await told(firm, ada, 'was denied: Ask the customer to call first.')
    expect(await eventsOf(firm, id)).toEqual(['asked', 'denied'])
    untouched(user)
  })

  it('nobody denies their own request; they withdraw it', async () => {
    const { ada, id } = await asked()
    await press(firm, ada, id, 'deny')
    await ada.waitForView((view) => view.callback_id === 'deny')
    await ada.submit({ reason: 'My own, so no.' })
    await told(firm, ada, 'your own request')
    expect(textOf(cardsOf(firm, id)[0])).toContain('waiting for approval')

    await press(firm, ada, id, 'withdraw')
    const over = await cardSays(firm, id, 'Withdrawn by the person who asked.')
    expect(over).not.toContain('[Approve]')
    expect(await eventsOf(firm, id)).toEqual(['asked', 'vote-refused', 'withdrawn'])
  })

  it('only the person who asked withdraws', async () => {
    const { id } = await asked()
    await press(firm, grace(), id, 'withdraw')
    await told(firm, grace(), 'Only the person who asked can withdraw')
    expect(textOf(await card(firm, id))).toContain('waiting for approval')
  })

  it('a claim says on the card who is looking, and takes nobody the right to approve', async () => {
    const { ada, id } = await asked()
    await press(firm, grace(), id, 'claim')
    const claimed = await cardSays(firm, id, '<@U0GRACE> is looking at this.')
    expect(claimed).not.toContain('[I am looking at this]')
    await approveAll(firm, id, linus(), firm.slack.person('U0MARIA'))
    await cardSays(firm, id, 'Reset a password: done')
    await told(firm, ada, 'Cognito has sent')
  })

  it('somebody without the right to approve is refused, and told why', async () => {
    const { id } = await asked()
    const mate = firm.supporter()
    await press(firm, mate, id, 'approve')
    const { text } = await told(firm, mate, /may|not|only/i)
    expect(text).not.toBe('')
    expect(await eventsWith(firm, id, 'vote-refused')).toEqual(['asked', 'vote-refused'])
    expect(textOf(await card(firm, id))).toContain('0 of 2')
  })

  it('a vote counts once', async () => {
    const { user, id } = await asked()
    await press(firm, grace(), id, 'approve')
    await cardSays(firm, id, '1 of 2')
    await press(firm, grace(), id, 'approve')
    await told(firm, grace(), 'Your vote is counted already.')
    expect(textOf(await card(firm, id))).toContain('1 of 2')
    untouched(user)
  })

  it('details, requests and the Home tab say what the card says', async () => {
    const { ada, user, id } = await asked()
    await press(firm, grace(), id, 'details')
    const details = await grace().waitForView((view) => textOf(view).includes(id))
    for (const words of ['Ticket 7', '0 of 2 approvals', `${user}@example.com`, 'version 1'])
      expect(textOf(details)).toContain(words)

    const mine = await ada.slash('/cognito', 'requests')
    expect(JSON.stringify(mine.ack)).toContain(
      `Yours: reset-password for ${user}@example.com in customers (prod)`,
    )
    const theirs = await linus().slash('/cognito', 'requests')
    expect(JSON.stringify(theirs.ack)).toContain(
      `Waiting for you: reset-password for ${user}@example.com in customers (prod)`,
    )
    const me = await linus().slash('/cognito', 'whoami')
    expect(JSON.stringify(me.ack)).toMatch(/\d+ waiting for you/)

    const home = async (who: typeof ada, holds: (text: string) => boolean) => {
      await who.openHome()
      return firm.slack.until(() => {
        const view = firm.slack.home(who.id)
        return view && holds(textOf(view)) && view
      })
    }
    const own = await home(ada, (text) => text.includes(`${user}@example.com`))
    expect(textOf(own)).toContain('Waiting for approval. 0 of 2 approvals')
    await home(linus(), (text) => text.includes(`Asked by <@${ada.id}>`))
    await linus().click('home', 'approve', id)
    await cardSays(firm, id, '1 of 2')
    await home(linus(), (text) => !text.includes(`Asked by <@${ada.id}>. 0 of 2`))
    await home(ada, (text) => text.includes('1 of 2 approvals'))
  })

  it('in an emergency one person acts alone, the skipped are told, and somebody else reviews', async () => {
    const { ada, user, id, reply } = await asked('temporary')
    expect(textOf(reply.view)).toContain('[Withdraw] [Break glass]')
    await ada.click('view', 'break-glass')
    await ada.waitForView((view) => view.callback_id === 'break-glass')
    const wrong = await ada.submit({ reason: 'The whole shop is down.', confirm: 'yes' })
    expect(wrong.errors).toHaveProperty('confirm')
    await ada.submit({ reason: 'The whole shop is down.', confirm: 'break glass' })
    const shown = await ada.waitForView((view) => secretIn(view) !== undefined)
    const password = secretIn(shown) ?? ''
    expect(await firm.cognito.signIn(PROD.id, user, password)).toBe('new-password-required')

    for (const skipped of ['U0GRACE', 'U0LINUS', 'U0MARIA', 'U0NINA'])
      await told(firm, firm.slack.person(skipped), 'The whole shop is down.')
    const open = await cardSays(firm, id, `🚨 <@${ada.id}> acted alone. Not asked: 4 people.`)
    expect(open).toContain('[I have reviewed this]')
    expect(
      JSON.stringify((await linesOf(firm, id)).find(({ event }) => event === 'broke-glass')),
    ).toContain('U0NINA')

    await press(firm, ada, id, 'review')
    await told(firm, ada, /Somebody else has to review|your own request/)
    const [offer] = offers(firm, grace(), id, 'review')
    await grace().click({ channel: offer?.channel ?? '', ts: offer?.ts ?? '' }, 'review')
    const closed = await cardSays(firm, id, 'Reviewed by <@U0GRACE>.')
    expect(closed).not.toContain('[I have reviewed this]')
    expect(await eventsWith(firm, id, 'reviewed')).toEqual([
      'asked',
      'broke-glass',
      'intent',
      'done',
      'revealed',
      'vote-refused',
      'reviewed',
    ])

    const again = await ask(firm, ada, {
      pool: PROD,
      user: firm.customer(PROD.id),
      method: 'temporary',
    })
    await ada.click('view', 'break-glass')
    await ada.waitForView((view) => view.callback_id === 'break-glass')
    await ada.submit({ reason: 'And once more today.', confirm: 'break glass' })
    await ada.waitForView((view: ViewState) => textOf(view).includes('once today already'))
    expect(textOf(await card(firm, again.id))).toContain('waiting for approval')
  })

  it('a member of a protected Cognito group needs an approval where others need none', async () => {
    const ada = firm.supporter()
    const user = firm.customer(STAGING.id, { groups: ['admins'] })
    const { id, reply } = await ask(firm, ada, { pool: STAGING, user, method: 'email-code' })
    expect(textOf(reply.view)).toContain('1 approval needed')
    untouched(user)
    await press(firm, grace(), id, 'approve')
    await cardSays(firm, id, 'Reset a password: done')
    expect(writesIn(firm.cognito.requests, user)).toHaveLength(1)
  })

  it('a reached limit is refused with the time to try again, with approval and without', async () => {
    const ada = firm.supporter()
    const staging = (user: string) =>
      ask(firm, ada, { pool: STAGING, user, method: 'email-code' as const })
    await staging(firm.customer(STAGING.id))
    const { id } = await ask(firm, ada, {
      pool: PROD,
      user: firm.customer(PROD.id),
      method: 'email-code',
    })
    await staging(firm.customer(STAGING.id))
    const user = firm.customer(STAGING.id)
    await staging(user)
    const words =
      /The limit for you is reached: 2 changes in 10 minutes\. Nothing was changed\. Try again in \d+ minutes/
    expect(textOf(await ada.waitForView((view) => words.test(textOf(view))))).toMatch(words)
    untouched(user)
    await approveAll(firm, id, grace(), linus())
    await told(firm, ada, words)
    expect(await eventsWith(firm, id, 'refused')).not.toContain('intent')
  })

  it('leaves balanced books and nothing that Slack would object to', async () => {
    await expectBalancedBooks(firm)
    expect(firm.slack.problems).toEqual([])
  })
})
