import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Transport } from '../../playground/company.ts'
import type { Actor } from '../../playground/slack/types.ts'
import { eventsOf, expectBalancedBooks, linesOf, writesIn } from './ledger.ts'
import {
  DEV,
  grounds,
  openWorkplace,
  secretOf,
  STAGING,
  textOf,
  transports,
  valuesOf,
} from './workplace.ts'
import type { Workplace } from './workplace.ts'

const temporary = { ...grounds, method: 'temporary' }

const slow = new Map<Transport, Workplace>()
let busy: Workplace
beforeAll(async () => {
  const opened = [...transports.map((transport) => openWorkplace({ transport })), openWorkplace()]
  const [http, socket, third] = await Promise.all(opened)
  for (const place of [http!, socket!]) {
    place.cognito.fail({ operation: 'AdminSetUserPassword', kind: 'slow', ms: 2400, times: 2 })
    place.cognito.fail({ operation: 'AdminResetUserPassword', kind: 'hang-after-commit' })
    slow.set(place.transport, place)
  }
  busy = third!
})
afterAll(() => Promise.all([...slow.values(), busy].map((place) => place.close())))

const eventsBy = async (place: Workplace, who: Actor) =>
  eventsOf(await linesOf(place.folder, { actor: who.id }))

/** Submits, and has the working view, which Slack got in time. */
async function begin(place: Workplace, who: Actor, user: string, values: typeof temporary) {
  await place.form(who, DEV, user)
  const { view, error, delivery } = await who.submit(values)
  expect(error).toBeUndefined()
  expect(delivery?.missed).toBe(false)
  expect(textOf(view)).toContain('Working on it')
}

describe.concurrent('while Cognito is slow', () => {
  it.each(transports)('says so, and shows the password when it is there, over %s', async (way) => {
    const place = slow.get(way)!
    const who = place.supporter()
    const user = place.customer(DEV.id)
    await begin(place, who, user, temporary)
    expect(await eventsBy(place, who)).toEqual(['intent'])

    const view = await who.waitForView((shown) => secretOf(shown) !== undefined)
    const signedIn = place.cognito.signIn(DEV.id, user, secretOf(view) ?? '')
    expect(await signedIn).toBe('new-password-required')
    await expect.poll(() => eventsBy(place, who)).toEqual(['intent', 'done', 'revealed'])
  })

  it.each(transports)('records that a closed modal showed no password, over %s', async (way) => {
    const place = slow.get(way)!
    const who = place.supporter()
    const user = place.customer(DEV.id)
    await begin(place, who, user, temporary)
    await who.close({ all: true })
    await expect
      .poll(() => eventsBy(place, who), { timeout: 8000 })
      .toEqual(['intent', 'done', 'not-revealed'])
    expect(who.view()).toBeUndefined()
  })

  it.each(transports)(
    'settles an answer that never comes by a look at the user, over %s',
    async (way) => {
      const place = slow.get(way)!
      const who = place.supporter()
      const user = place.customer(DEV.id)
      await begin(place, who, user, { ...grounds, method: 'email-code' })
      const view = await who.waitForView((shown) => !textOf(shown).includes('Working'), 10_000)
      expect(textOf(view)).toContain('A look at the user shows that it was done')
      expect(await eventsBy(place, who)).toEqual(['intent', 'done'])
      expect(place.cognito.pools.user(DEV.id, user).status).toBe('RESET_REQUIRED')
    },
  )

  it('changes nothing when it is too busy to be read, and keeps the form', async () => {
    const who = busy.supporter()
    const user = busy.customer(STAGING.id)
    await busy.form(who, STAGING, user)
    busy.cognito.fail({ operation: 'AdminGetUser', kind: 'throttle', times: 4 })
    await who.submit(temporary)
    const says = 'Cognito is busy. Nothing was changed.'
    await who.waitForView((view) => textOf(view).includes(says), 10_000)
    // On top of the form, or in it when the answer came after the working view.
    if (!who.view()?.submit) await who.close()
    expect(valuesOf(who.view())).toMatchObject({ pool: STAGING.id, user, ...grounds })
    expect(writesIn(busy.cognito.requests, user)).toEqual([])
    expect(await eventsBy(busy, who)).toEqual(['refused'])

    const again = await who.submit(temporary)
    expect(secretOf(again.view)).toBeDefined()
  })
})

it.each(transports)('leaves balanced books over %s', async (way) => {
  const place = slow.get(way)!
  await expectBalancedBooks(place)
  expect(place.slack.problems).toEqual([])
})
