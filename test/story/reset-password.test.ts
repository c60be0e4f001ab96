import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventsOf, expectBalancedBooks, linesOf, linesWritten, writesIn } from './ledger.ts'
import { send, submissionOf } from './letters.ts'
import { lives, signIn } from './sessions.ts'
import {
  DEV,
  grounds,
  offeredIn,
  openWorkplace,
  PROD,
  saidIn,
  secretOf,
  STAGING,
  textOf,
  transports,
  valuesOf,
} from './workplace.ts'
import type { Workplace } from './workplace.ts'

describe.each(transports)('resetting a password over %s', (transport) => {
  let place: Workplace
  beforeAll(async () => {
    place = await openWorkplace({ transport })
  })
  afterAll(() => place.close())

  it('shows a temporary password once, to the requester, and it lets the user in', async () => {
    const who = place.supporter()
    const user = place.customer(STAGING.id)
    await place.form(who, STAGING, user)

    const { view } = await who.submit({ ...grounds, method: 'temporary' })

    const secret = secretOf(view) ?? ''
    expect(secret).toMatch(/^\S{22}$/)
    const { cognito } = place
    expect(await cognito.signIn(STAGING.id, user, secret)).toBe('new-password-required')
    expect(await cognito.signIn(STAGING.id, user, secret, 'Another-Password-9')).toBe('ok')
  })

  it('costs two calls to Cognito and none to Slack from submit to password', async () => {
    const who = place.supporter()
    const user = place.customer(STAGING.id)
    await place.form(who, STAGING, user)
    await who.set({ ...grounds, method: 'temporary' })
    const mark = place.mark()

    const { view } = await who.submit()

    expect(secretOf(view)).toBeDefined()
    expect(place.calls(mark)).toEqual({
      slack: [],
      cognito: ['AdminGetUser', 'AdminSetUserPassword'],
    })
  })

  it('costs no more for a user who was named by e-mail address', async () => {
    const who = place.supporter()
    const user = place.customer(STAGING.id)
    const mark = place.mark()
    await place.form(who, STAGING, `${user}@example.com`)
    await place.until(() => place.calls(mark).cognito.includes('ListUsers'))
    await who.set({ ...grounds, method: 'temporary' })
    const before = place.mark()

    const { view } = await who.submit()

    expect(secretOf(view)).toBeDefined()
    expect(place.calls(before)).toEqual({
      slack: [],
      cognito: ['AdminGetUser', 'AdminSetUserPassword'],
    })
  })

  it('has Cognito send a code that works, with two calls', async () => {
    const who = place.supporter()
    const user = place.customer(STAGING.id)
    await place.form(who, STAGING, user)
    await who.set({ ...grounds, method: 'email-code' })
    const mark = place.mark()

    const { view } = await who.submit()

    expect(place.calls(mark)).toEqual({
      slack: [],
      cognito: ['AdminGetUser', 'AdminResetUserPassword'],
    })
    expect(textOf(view)).toContain(`Cognito has sent ${user}@example.com a code`)
    expect(secretOf(view)).toBeUndefined()
    const letter = place.cognito.outbox.find(({ to }) => to === `${user}@example.com`)
    expect(letter?.kind).toBe('reset-code')
    const entered = place.cognito.enterCode(STAGING.id, user, letter?.secret ?? '', 'My-Own-Pass-9')
    expect(await entered).toBe('ok')
  })

  it('opens the form with one call to Slack and none to Cognito', async () => {
    const who = place.supporter()
    const user = place.customer(STAGING.id)
    const mark = place.mark()
    const { delivery } = await who.slash('/cognito', `reset-password ${STAGING.name} ${user}`)
    const view = await who.waitForView()

    expect(valuesOf(view)).toMatchObject({ pool: STAGING.id, user })
    expect(place.calls(mark).slack.filter((method) => method.startsWith('views.'))).toEqual([
      'views.open',
    ])
    expect(delivery?.ack).toBeUndefined()
  })

  it('lets people choose pool and user: pools from memory, users with one search a burst', async () => {
    const who = place.supporter()
    const user = 'grace'
    await who.slash('/cognito', 'reset-password')
    await who.waitForView()
    const mark = place.mark()
    const [pool] = await who.search('pool', 'stag')
    expect(pool?.value).toBe(STAGING.id)
    expect(place.calls(mark).cognito).toEqual([])

    await who.set({ pool: 'stag' })
    const typing = place.mark()
    const letters = [user.slice(0, -1), user, `${user}@`, `${user}@example.com`]
    const found = await Promise.all(letters.map((text) => who.search('user', text)))
    expect(found.at(-1)?.map(({ value }) => value)).toEqual([user])
    expect(place.calls(typing).cognito.filter((call) => call === 'ListUsers').length).toBe(1)

    await who.set({ user: `${user}@example.com` })
    await who.waitForView((view) => textOf(view).includes('A code can go by e-mail'))
    expect(offeredIn(who.view(), 'method')).toEqual(['email-code', 'temporary'])
    // Whoever is shown users leaves an entry, one for the form.
    expect(await linesOf(place.folder, { actor: who.id })).toMatchObject([
      { event: 'answered', operation: 'reset-password', pool: STAGING.id, target: null },
    ])
  })

  it('does not offer a permanent password, and refuses it when it is asked for all the same', async () => {
    const who = place.supporter()
    const user = place.customer(STAGING.id)
    const form = await place.form(who, STAGING, user)
    expect(offeredIn(form, 'method')).not.toContain('permanent')

    await who.set({ ...grounds, method: 'temporary' })
    await send(
      place,
      submissionOf(place, { user: who.id, view: who.view()!, chosen: { method: 'permanent' } }),
    )

    const [refused] = await linesWritten(place.folder, { actor: who.id })
    expect(refused).toMatchObject({ event: 'refused', details: { policies: ['never-permanent'] } })
    expect(writesIn(place.cognito.requests, user)).toEqual([])
  })

  it('ends every session when asked to, with an intent of its own before the call', async () => {
    const who = place.supporter()
    const password = 'Known-To-This-Test-1'
    const users = [place.customer(DEV.id, { password }), place.customer(DEV.id, { password })]
    const sessions = await Promise.all(users.map((user) => signIn(place, user, password)))
    for (const [index, user] of users.entries()) {
      await place.form(who, DEV, user)
      const sign_out = index === 0 ? ['on'] : []
      const { view } = await who.submit({ ...grounds, method: 'temporary', sign_out })
      expect(textOf(view).includes('Signed out everywhere')).toBe(index === 0)
      await who.close({ all: true })
    }
    expect(await Promise.all(sessions.map((token) => lives(place, token)))).toEqual([false, true])

    const [signedOut = ''] = users
    const lines = await linesOf(place.folder, { target: signedOut })
    expect(eventsOf(lines)).toEqual(['intent', 'intent', 'done', 'revealed'])
    const [set, signOut] = writesIn(place.cognito.requests, signedOut)
    expect(lines[1]?.outcome).toContain('AdminUserGlobalSignOut')
    expect(Date.parse(lines[1]?.at ?? '')).toBeGreaterThanOrEqual(set?.at ?? Number.NaN)
    expect(Date.parse(lines[1]?.at ?? '')).toBeLessThanOrEqual(signOut?.at ?? Number.NaN)
    expect(lines[2]?.aws_request_ids).toEqual([set?.requestId, signOut?.requestId])
  })

  it('puts a request for production to the approvers, and changes nothing meanwhile', async () => {
    const who = place.supporter()
    const user = place.customer(PROD.id)
    await place.form(who, PROD, user)
    const reply = await who.submit({ ...grounds, method: 'temporary' })

    expect(saidIn(reply)).toContain('2 approvals needed')
    expect(writesIn(place.cognito.requests, user)).toEqual([])
    const lines = await linesOf(place.folder, { actor: who.id })
    expect(eventsOf(lines)).toEqual(['asked'])
    expect(lines[0]).toMatchObject({ pool: PROD.id, target: user, operation: 'reset-password' })
  })

  it('explains that a federated user has no password here', async () => {
    const who = place.supporter()
    const user = place.customer(STAGING.id, { status: 'EXTERNAL_PROVIDER' })
    await place.form(who, STAGING, user)
    const { errors } = await who.submit({ ...grounds, method: 'temporary' })
    expect(errors?.['user']).toContain('signs in through an identity provider')
    expect(writesIn(place.cognito.requests, user)).toEqual([])
  })

  it.each([
    ['unconfirmed', 'joan', 'a new password also confirms the account'],
    ['invited', 'katherine', 'was invited and has not signed in yet'],
  ])('warns before the reset of a user who is %s', async (_status, user, warning) => {
    const who = place.supporter()
    await who.slash('/cognito', `reset-password ${STAGING.name}`)
    await who.waitForView()
    await who.set({ user })
    const form = await who.waitForView((view) => textOf(view).includes(warning))
    expect(offeredIn(form, 'method')).toEqual(['temporary'])

    const { view } = await who.submit({ ...grounds, method: 'temporary' })
    expect(secretOf(view)).toBeDefined()
  })

  it('warns that a disabled user has to be enabled first, and resets nothing', async () => {
    const who = place.supporter()
    await who.slash('/cognito', `reset-password ${STAGING.name}`)
    await who.waitForView()
    await who.set({ user: 'hedy' })
    await who.waitForView((view) => textOf(view).includes('Enable the user first'))
    for (const method of ['temporary', 'email-code']) {
      const { errors } = await who.submit({ ...grounds, method })
      expect(errors?.['user']).toContain('Enable the user first')
    }
    expect(writesIn(place.cognito.requests, 'hedy')).toEqual([])
  })

  it('opens the form while Cognito is silent', async () => {
    const who = place.supporter()
    place.cognito.fail({ operation: 'DescribeUserPool', kind: 'hang' })
    const { error } = await who.slash('/cognito', `reset-password ${PROD.name} somebody`)
    expect(error).toBeUndefined()
    expect(valuesOf(await who.waitForView())).toMatchObject({ pool: PROD.id })
  })

  it('leaves balanced books, and nothing that Slack would refuse', async () => {
    await expectBalancedBooks(place)
    expect(place.slack.problems).toEqual([])
  })
})
