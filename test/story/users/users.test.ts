import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approveAll, cardSays, grounds, textOf, told } from '../approvals/acts.ts'
import { PROD, STAGING, transports } from '../approvals/firm.ts'
import type { Firm } from '../approvals/firm.ts'
import { eventsOf, linesOf, linesWritten } from '../ledger.ts'
import { saidIn, secretOf, valuesOf } from '../workplace.ts'
import {
  asks,
  callsSince,
  fieldsOf,
  follows,
  LEAD,
  NOBODY,
  openDesk,
  opens,
  wordsOf,
} from './desk.ts'

const reason = 'Ticket 7'

describe.each(transports)('users in chat over %s', (transport) => {
  let firm: Firm
  beforeAll(async () => {
    firm = await openDesk({ transport })
  })
  afterAll(() => firm[Symbol.asyncDispose]())

  const userIn = (pool: { id: string }, username: string) =>
    firm.cognito.pools.user(pool.id, username)

  it('finds in every pool at once, by one ListUsers each, and goes on to the user', async () => {
    const who = firm.supporter()
    await opens(who, 'find-user')
    const mark = firm.cognito.requests.length
    const { view } = await who.submit({ text: 'ada@example.com' })
    expect(callsSince(firm, mark)).toEqual(['ListUsers', 'ListUsers', 'ListUsers'])
    expect(wordsOf(view)).toContain('e-mail begins with “ada@example.com” (letter case may count)')
    expect(wordsOf(view)).toMatch(/ada@example.com \(ada\)\nactive · last changed .* ago · in /)

    await follows(who, 'Show')
    const shown = await who.waitForView((one) => wordsOf(one).includes('Second factors'))
    expect(wordsOf(shown)).toContain('ada@example.com (verified)')
    const lines = await linesOf(firm.folder, { actor: who.id })
    expect(lines.map(({ operation, target }) => [operation, target])).toEqual([
      ['find-user', null],
      ['find-user', null],
      ['find-user', null],
      ['show-user', 'ada'],
    ])
  })

  it('leads from a user to the action that helps, its form filled', async () => {
    const who = firm.supporter()
    const user = firm.customer(STAGING.id)
    const words = await asks(firm, who, `show-user ${STAGING.name} ${user}`)
    expect(words).toContain('[Send a code] [Temporary password] [Sign out]')
    await follows(who, 'Send a code')
    const form = await who.waitForView((one) => one.callback_id === 'operation/reset-password')
    expect(valuesOf(form)).toMatchObject({ pool: STAGING.id, method: 'email-code' })
    const { view } = await who.submit(grounds)
    expect(wordsOf(view)).toContain('Cognito has sent')
    expect(userIn(STAGING, user).status).toBe('RESET_REQUIRED')
  })

  it('shows nobody’s address to whoever may not see personal data', async () => {
    const lead = firm.slack.person(LEAD)
    const words = await asks(firm, lead, `show-user ${STAGING.name} ada`)
    expect(words).toContain('a•••@e•••.com (verified)')
    expect(JSON.stringify(lead.view())).not.toMatch(/ada@example|Lovelace/)
    await opens(lead, `reset-password ${STAGING.name}`)
    const [option] = await lead.search('user', 'ada@example')
    expect(option?.text.text).toBe('a•••@e•••.com · A••• L•••')
    await lead.set({ user: option?.value ?? '' })
    await lead.waitForView((one) => wordsOf(one).includes('A code can go'))
    expect(wordsOf(lead.view())).toContain('by e-mail to a•••@e•••.com')
    await opens(lead, 'find-user')
    await lead.submit({ text: 'ada@example.com' })
    expect(wordsOf(lead.view())).toContain('a•••@e•••.com (ada)')
  })

  it('says the same of a user who is there and one who is not to whoever may look at neither', async () => {
    const nobody = firm.slack.person(NOBODY)
    const answers = ['ada', 'there-is-nobody'].map(async (name) =>
      saidIn(await nobody.slash('/cognito', `show-user ${STAGING.name} ${name}`)),
    )
    const [there, missing] = await Promise.all(answers)
    expect(there).toContain('does not let you use show-user')
    expect(missing).toBe(there)
    const lines = await linesWritten(firm.folder, { actor: NOBODY }, 2)
    const rows = lines.map(({ seq: _seq, at: _at, ...rest }) => rest)
    expect(rows[0]).toEqual(rows[1])
  })

  it('disables and enables, each with one write', async () => {
    const who = firm.supporter()
    const user = firm.customer(STAGING.id)
    for (const [operation, call, enabled] of [
      ['disable-user', 'AdminDisableUser', false],
      ['enable-user', 'AdminEnableUser', true],
    ] as const) {
      await opens(who, `${operation} ${STAGING.name} ${user}`)
      const mark = firm.cognito.requests.length
      await who.submit({ reason })
      await firm.until(() => userIn(STAGING, user).enabled === enabled)
      expect(callsSince(firm, mark).filter((one) => /^Admin(?:Dis|En)able/.test(one))).toEqual([
        call,
      ])
    }
  })

  it('creates with an invitation, and with a password that is shown once and works', async () => {
    const who = firm.supporter()
    const form = await opens(who, `create-user ${STAGING.name} new-${transport}@example.com`)
    expect(fieldsOf(form)).toContain('username')
    expect(valuesOf(form)).toMatchObject({ email: `new-${transport}@example.com` })
    await who.submit({ username: `new-${transport}`, method: 'email', reason })
    await firm.until(() => userIn(STAGING, `new-${transport}`).status === 'FORCE_CHANGE_PASSWORD')
    expect(firm.cognito.outbox.at(-1)).toMatchObject({ to: `new-${transport}@example.com` })

    await opens(who, `create-user ${STAGING.name} shown-${transport}@example.com`)
    const { view } = await who.submit({
      username: `shown-${transport}`,
      method: 'temporary',
      reason,
    })
    const secret = secretOf(view)
    expect(secret).toHaveLength(22)
    const signed = await firm.cognito.signIn(
      STAGING.id,
      `shown-${transport}`,
      secret ?? '',
      'Another-pass-1',
    )
    expect(signed).toBe('ok')
    expect(userIn(STAGING, `shown-${transport}`).status).toBe('CONFIRMED')
  })

  it('asks a colleague before somebody joins a group with a role, and two before a protected one', async () => {
    const who = firm.supporter()
    const user = firm.customer(STAGING.id)
    const form = await opens(who, `add-to-group ${STAGING.name} ${user} staff`)
    const { view } = await who.submit({ reason })
    expect(wordsOf(view)).toContain('1 approval')
    await approveAll(firm, form.private_metadata, firm.slack.person('U0GRACE'))
    await told(firm, who, `in staff now`)
    const other = await opens(who, `add-to-group ${STAGING.name} ${user} admins`)
    await who.submit({ reason })
    expect(await cardSays(firm, other.private_metadata, '2 approvals')).toContain('protected group')
  })

  it('does the same with several users after two approvals, each once', async () => {
    const who = firm.supporter()
    const users = [firm.customer(STAGING.id), firm.customer(STAGING.id), firm.customer(STAGING.id)]
    const form = await opens(who, `bulk ${STAGING.name} disable`)
    const { view } = await who.submit({
      users: [...users, 'john', 'nobody-here'].join('\n'),
      reason,
    })
    expect(wordsOf(view)).toContain('2 approvals')
    const id = form.private_metadata
    expect(await cardSays(firm, id, '3 users')).toContain('Left out. A member of a protected group')
    await approveAll(firm, id, firm.slack.person('U0GRACE'), firm.slack.person('U0LINUS'))
    await told(firm, who, '3 of 3 done.')
    for (const user of users) expect(userIn(STAGING, user).enabled).toBe(false)
    expect(userIn(STAGING, 'john').enabled).toBe(true)
    const lines = await linesOf(firm.folder, { request: id })
    const steps = lines.filter(({ event }) => event === 'step-done')
    expect(steps.map(({ target }) => target)).toEqual(users)
  })

  it('deletes after two approvals, and the record is all that is left', async () => {
    const who = firm.supporter()
    const user = firm.customer(STAGING.id)
    const form = await opens(who, `delete-user ${STAGING.name} ${user}`)
    const wrong = await who.submit({ confirm: 'somebody', reason })
    expect(wrong.errors?.['confirm']).toContain('neither the username nor')
    await who.submit({ confirm: user, reason })
    const id = form.private_metadata
    expect(await cardSays(firm, id, 'Delete')).toContain(`email`)
    await approveAll(firm, id, firm.slack.person('U0GRACE'), firm.slack.person('U0LINUS'))
    await told(firm, who, 'is deleted')
    expect(await asks(firm, who, `audit ${STAGING.name} ${user}`)).toContain('delete-user: done')
    expect(eventsOf(await linesOf(firm.folder, { request: id })).at(-1)).toBe('done')
  })

  it('removes a lost authenticator, reads back that it is gone, and says so', async () => {
    const who = firm.supporter()
    const user = firm.customer(STAGING.id, { mfa: ['SOFTWARE_TOKEN_MFA'] })
    const form = await opens(who, `reset-mfa ${STAGING.name} ${user}`)
    await who.submit(grounds)
    await approveAll(firm, form.private_metadata, firm.slack.person('U0GRACE'))
    const message = await told(firm, who, 'A look at the user shows that it was done.')
    expect(textOf(message)).toContain('What remains')
    expect(userIn(STAGING, user).mfa).toEqual([])
  })

  it('lists the sign-ins of a user, and ends one with the page it came from', async () => {
    const who = firm.supporter()
    const [page, app, phone] = ['sso1', 'tkn1', 'tkn2'].map((start) => start.padEnd(28, '0'))
    const at = { ip: '192.0.2.7', device: 'Firefox 140 / Linux', country: 'Ireland' }
    const user = firm.customer(STAGING.id, {
      sessions: [
        { id: page ?? '', ...at },
        { id: app ?? '', parentId: page ?? '', ...at },
        { id: phone ?? '', ...at },
      ],
    })
    const words = await asks(firm, who, `list-sessions ${STAGING.name} ${user}`)
    expect(words).toContain('3 sign-ins')
    expect(words).toContain('Firefox 140 / Linux · Ireland · 192.0.2.7')
    await follows(who, 'End it', 1)
    const form = await who.waitForView((one) => one.callback_id === 'operation/revoke-session')
    expect(valuesOf(form)).toMatchObject({ session: app })
    const { view } = await who.submit({ linked: ['on'], reason })
    expect(wordsOf(view)).toContain('is ended')
    const ended = userIn(STAGING, user).sessions.filter(({ endedAt }) => endedAt !== undefined)
    expect(ended.map(({ id }) => id)).toEqual([page, app])
  })

  it('waits for two approvals in production', async () => {
    const who = firm.supporter()
    const user = firm.customer(PROD.id)
    await opens(who, `disable-user ${PROD.name} ${user}`)
    const { view } = await who.submit({ reason })
    expect(wordsOf(view)).toContain('2 approvals')
    expect(userIn(PROD, user).enabled).toBe(true)
  })

  it('says nothing that Slack would refuse', () => {
    expect(firm.slack.problems).toEqual([])
  })
})
