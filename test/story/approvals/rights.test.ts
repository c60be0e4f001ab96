import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approveAll, ask, card, cardSays, press, reveal, textOf, told } from './acts.ts'
import { eventsOf, eventsWith, expectBalancedBooks, linesOf, writesIn } from './books.ts'
import type { Firm } from './firm.ts'
import { approvers, openFirm, PROD } from './firm.ts'

/** No request of its own: rights are asked again at the moment of the change. */
describe('rights that end between the click and the change', () => {
  let firm: Firm
  beforeAll(async () => {
    firm = await openFirm()
  })
  afterAll(() => firm?.[Symbol.asyncDispose]())
  const grace = () => firm.slack.person('U0GRACE')
  const linus = () => firm.slack.person('U0LINUS')
  const untouched = (user: string) => expect(writesIn(firm.cognito.requests, user)).toEqual([])
  /** Somebody else changed the user in Cognito: they are as if just invited. */
  const invite = (user: string) =>
    firm.cognito.pools.change(PROD.id, user, (changed) => {
      changed.status = 'FORCE_CHANGE_PASSWORD'
    })
  const asked = async (method: 'temporary' | 'email-code') => {
    const [ada, user] = [firm.supporter(), firm.customer(PROD.id)]
    return { ada, user, ...(await ask(firm, ada, { pool: PROD, user, method })) }
  }

  it('an approver who left the group no longer counts: the request waits for another', async () => {
    const { user, id } = await asked('email-code')
    await press(firm, grace(), id, 'approve')
    await cardSays(firm, id, '1 of 2 approvals')
    firm.slack.setUsergroup('S0ADMINS', ['U0LINUS', 'U0MARIA', 'U0NINA'])
    await press(firm, linus(), id, 'approve')
    await cardSays(firm, id, '<@U0LINUS>')
    untouched(user)
    expect(await eventsOf(firm, id)).toEqual(['asked', 'approved-by', 'approved-by'])
    await press(firm, firm.slack.person('U0MARIA'), id, 'approve')
    await cardSays(firm, id, 'Reset a password: done')
    firm.slack.setUsergroup('S0ADMINS', approvers)
    expect(writesIn(firm.cognito.requests, user)).toHaveLength(1)
  })

  it('an approver who left after the last vote sends a reveal back to the approvers', async () => {
    const { ada, user, id } = await asked('temporary')
    await approveAll(firm, id, grace(), linus())
    await cardSays(firm, id, 'Reset a password: approved')
    firm.slack.setUsergroup('S0ADMINS', ['U0LINUS', 'U0MARIA', 'U0NINA'])
    expect(textOf(await reveal(firm, ada, id))).toContain('went back to the approvers')
    untouched(user)
    const shown = await cardSays(firm, id, '1 of 2 still count')
    expect(shown).toContain('earlier votes no longer count')
    expect(shown).toContain('0 of 2 approvals')
    expect(await eventsWith(firm, id, 'replanned')).not.toContain('intent')
    firm.slack.setUsergroup('S0ADMINS', approvers)
    await approveAll(firm, id, linus(), firm.slack.person('U0MARIA'))
    await cardSays(firm, id, 'Reset a password: approved')
  })

  it('a person who became a guest gets nothing of what was approved for them', async () => {
    const { ada, user, id } = await asked('temporary')
    await approveAll(firm, id, grace(), linus())
    await cardSays(firm, id, 'Reset a password: approved')
    firm.slack.setUser(ada.id, { is_restricted: true })
    expect(textOf(await reveal(firm, ada, id))).toContain('guest accounts')
    untouched(user)

    const coded = await asked('email-code')
    await press(firm, grace(), coded.id, 'approve')
    await cardSays(firm, coded.id, '1 of 2 approvals')
    firm.slack.setUser(coded.ada.id, { deleted: true })
    await press(firm, linus(), coded.id, 'approve')
    await eventsWith(firm, coded.id, 'vote-refused')
    untouched(coded.user)
  })

  it('when Slack does not say who somebody is, nothing is done', async () => {
    const { ada, user, id } = await asked('temporary')
    await approveAll(firm, id, grace(), linus())
    await cardSays(firm, id, 'Reset a password: approved')
    firm.slack.faults.inject('usergroups.users.list', { kind: 'status', status: 503 }, 40)
    const shown = textOf(await reveal(firm, ada, id))
    firm.slack.faults.clear()
    expect(shown).not.toContain('temporary password')
    untouched(user)
    await ada.close({ all: true })
    expect(textOf(await reveal(firm, ada, id))).toContain('has a temporary password')
  })

  it('a plan that is no longer true goes back with the difference shown', async () => {
    const { ada, user, id } = await asked('temporary')
    await approveAll(firm, id, grace(), linus())
    await cardSays(firm, id, 'Reset a password: approved')
    invite(user)
    expect(textOf(await reveal(firm, ada, id))).toContain('went back to the approvers')
    untouched(user)
    const shown = await cardSays(firm, id, 'The plan changed since it was voted on')
    expect(shown).toContain('is active. →')
    expect(shown).toContain('0 of 2 approvals')
    const line = (await linesOf(firm, id)).find(({ event }) => event === 'replanned')
    expect(JSON.stringify(line?.details['changed'])).toContain('→')
  })

  it('a click on a card that showed another plan is no vote', async () => {
    const { ada, user, id } = await asked('temporary')
    const old = await card(firm, id)
    await approveAll(firm, id, grace(), linus())
    await cardSays(firm, id, 'Reset a password: approved')
    invite(user)
    await reveal(firm, ada, id)
    await cardSays(firm, id, 'The plan changed since it was voted on')
    await clickAsShown(old, 'U0MARIA')
    await told(firm, firm.slack.person('U0MARIA'), 'The plan has changed since this card was drawn')
    expect(textOf(await card(firm, id))).toContain('0 of 2 approvals')
  })

  it('a policy that says no meanwhile is obeyed', async () => {
    const temporary = await asked('temporary')
    await approveAll(firm, temporary.id, grace(), linus())
    await cardSays(firm, temporary.id, 'Reset a password: approved')
    const coded = await asked('email-code')
    await press(firm, grace(), coded.id, 'approve')
    await cardSays(firm, coded.id, '1 of 2 approvals')
    await firm.kill()
    await firm.start({ rules: NO_RESETS })
    expect(textOf(await reveal(firm, temporary.ada, temporary.id))).toContain('resets-are-frozen')
    await press(firm, linus(), coded.id, 'approve')
    await told(firm, linus(), 'resets-are-frozen')
    untouched(temporary.user)
    untouched(coded.user)
  })

  it('leaves balanced books', async () => {
    await expectBalancedBooks(firm)
  })

  /** What a client sends that still shows the card as it was. */
  async function clickAsShown(
    { blocks, channel, ts }: Awaited<ReturnType<typeof card>>,
    id: string,
  ) {
    const last = blocks.at(-1)
    const [button] = (last?.['elements'] ?? []) as { action_id: string; value: string }[]
    const body = {
      type: 'block_actions',
      team: { id: firm.slack.team.id, domain: 'local' },
      user: { id, name: 'maria', team_id: firm.slack.team.id },
      api_app_id: firm.slack.appId,
      is_enterprise_install: false,
      enterprise: null,
      trigger_id: '13.77.old',
      container: { type: 'message', message_ts: ts, channel_id: channel },
      channel: { id: channel, name: 'approvals' },
      actions: [{ ...button, type: 'button', block_id: last?.block_id, action_ts: ts }],
    }
    const sent = new URLSearchParams({ payload: JSON.stringify(body) }).toString()
    expect(await firm.slack.deliverRaw({ body: sent })).toMatchObject({ status: 200 })
  }
})

const NO_RESETS = `
@id("resets-are-frozen")
forbid (principal, action == Action::"reset-password", resource);
`
