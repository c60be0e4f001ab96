import { describe, expect, it } from 'vitest'
import { approveAll, card, cardSays } from '../approvals/acts.ts'
import { STAGING } from '../approvals/firm.ts'
import type { Firm } from '../approvals/firm.ts'
import { linesOf } from '../ledger.ts'
import { openDesk, opens } from './desk.ts'

const approversOf = ({ slack }: Firm) => [slack.person('U0GRACE'), slack.person('U0LINUS')]

const disabled = (firm: Firm) =>
  firm.cognito.requests
    .filter(({ operation }) => operation === 'AdminDisableUser')
    .map(({ input }) => String((input as { Username?: unknown }).Username))

async function ask(firm: Firm, users: readonly string[]): Promise<string> {
  const who = firm.supporter()
  const form = await opens(who, `bulk ${STAGING.name} disable`)
  await who.submit({ users: users.join('\n'), reason: 'Ticket 7' })
  await card(firm, form.private_metadata)
  return form.private_metadata
}

describe('several users at once', () => {
  it('goes on after a crash, and repeats nobody', async () => {
    await using firm = await openDesk()
    const users = Array.from({ length: 6 }, () => firm.customer(STAGING.id))
    const id = await ask(firm, users)
    // Two are answered. The third is done, and whoever asked dies without having heard.
    firm.cognito.fail({ operation: 'AdminDisableUser', kind: 'slow', ms: 1, times: 2 })
    firm.cognito.fail({ operation: 'AdminDisableUser', kind: 'hang-after-commit' })
    await approveAll(firm, id, ...approversOf(firm))
    await firm.until(() => disabled(firm).length >= 3)
    await firm.kill()
    expect(disabled(firm)).toHaveLength(3)
    // The lease of the attempt that died has to run out first.
    await firm.start({ aheadMs: 10 * 60_000 })
    await firm.until(
      () => users.every((user) => !firm.cognito.pools.user(STAGING.id, user).enabled),
      30_000,
    )
    expect(await cardSays(firm, id, '6 of 6 done')).toContain('a look at the user shows it')
    expect(disabled(firm).toSorted()).toEqual(users.toSorted())
    const lines = await linesOf(firm.folder, { request: id })
    const begun = lines.filter(
      ({ event, target }) => event === 'intent' && users.includes(target ?? ''),
    )
    expect(begun.map(({ target }) => target)).toEqual(users)
  }, 60_000)

  it('shows on its card how far it is, and in the end what came of each', async () => {
    await using firm = await openDesk()
    const users = Array.from({ length: 20 }, () => firm.customer(STAGING.id))
    const id = await ask(firm, users)
    firm.cognito.latencyMs = 150
    await approveAll(firm, id, ...approversOf(firm))
    const words = await cardSays(firm, id, '✅')
    expect(words).toContain('It is being done at this moment.')
    expect(words.split('✅').length - 1).toBeLessThan(users.length)
    const end = await cardSays(firm, id, '20 of 20 done')
    for (const user of users) expect(end).toContain(`✅ ${user}: Disabled.`)
  }, 30_000)

  it('goes back to its approvers when one of the users has changed meanwhile', async () => {
    await using firm = await openDesk()
    const users = [firm.customer(STAGING.id), firm.customer(STAGING.id)]
    const id = await ask(firm, users)
    const [first, second] = approversOf(firm)
    if (!first || !second) throw new Error('There are two.')
    await first.click(await card(firm, id), 'approve')
    await cardSays(firm, id, '1 of 2 approvals')
    firm.cognito.pools.change(STAGING.id, users[0] ?? '', (user) => {
      user.enabled = false
    })
    await second.click(await card(firm, id), 'approve')
    const words = await cardSays(firm, id, 'earlier votes no longer count')
    expect(words).toContain('2 active → 1 active; 1 active, disabled')
    expect(disabled(firm)).toEqual([])
  })
})
