import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FaultKind } from '../../playground/cognito/index.ts'
import type { Actor } from '../../playground/slack/types.ts'
import { eventsOf, expectBalancedBooks, linesOf, writesIn } from './ledger.ts'
import {
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

describe.each(transports)('when something goes wrong over %s', (transport) => {
  let place: Workplace
  beforeAll(async () => {
    place = await openWorkplace({ transport })
  })
  afterAll(() => place.close())

  const linesAbout = (who: Actor) => linesOf(place.folder, { actor: who.id })

  it('keeps the form and says which pool or user it does not know', async () => {
    const who = place.supporter()
    await who.slash('/cognito', 'reset-password no-such-pool')
    expect(textOf(await who.waitForView())).toContain('I manage no single pool of that name')

    await who.set({ pool: stranger('eu-west-1_NOWHERE01'), user: stranger('grace') })
    const unmanaged = await who.submit(temporary)
    expect(unmanaged.errors?.['pool']).toContain('does not manage this pool')

    await who.set({ pool: 'staging', user: stranger('nobody-by-this-name') })
    const unknown = await who.submit()
    expect(unknown.errors?.['user']).toContain('There is no such user in staging-customers')
    expect(valuesOf(unknown.view)).toMatchObject(temporary)

    const user = place.customer(STAGING.id)
    await who.set({ user: stranger(user) })
    expect(secretOf((await who.submit()).view)).toBeDefined()
    expect(eventsOf(await linesAbout(who))).toEqual([
      'refused',
      'refused',
      'intent',
      'done',
      'revealed',
    ])
  })

  it.each([
    ['an expired trigger', { kind: 'error', error: 'expired_trigger_id' }, '(expired_trigger_id)'],
    ['a rate limit', { kind: 'ratelimited', retryAfter: 1 }, '(rate_limited)'],
    ['a broken connection', { kind: 'reset' }, '(no_answer)'],
  ] as const)('tells the person when %s keeps the form from opening', async (_why, fault, says) => {
    const who = place.supporter()
    place.slack.faults.inject('views.open', fault)
    const reply = await who.slash('/cognito', `reset-password ${STAGING.name} grace`)
    expect(reply.acknowledged).toBe(true)
    await place.until(() => {
      expect(place.slack.ephemerals(who.id).at(-1)?.text).toContain('Slack did not open the form')
    })
    expect(place.slack.ephemerals(who.id).at(-1)?.text).toContain(says)
    expect(who.view()).toBeUndefined()
  })

  it.each([
    ['throttle', 4, 'Cognito is busy. Nothing was changed.'],
    ['access-denied', 1, 'AWS role does not allow this. Nothing was changed.'],
    ['new-error-name', 1, 'Cognito refused this (BrandNewRuleException)'],
  ] as const)('keeps the form when Cognito refuses the write: %s', async (kind, times, says) => {
    const who = place.supporter()
    const user = place.customer(STAGING.id)
    await place.form(who, STAGING, user)
    place.cognito.fail({ operation: 'AdminSetUserPassword', kind, times })
    await who.submit(temporary)
    const form = await who.waitForView((view) => textOf(view).includes(says))
    expect(secretOf(form)).toBeUndefined()
    expect(eventsOf(await linesAbout(who))).toEqual(['intent', 'failed'])
    expect(place.cognito.pools.user(STAGING.id, user).status).toBe('CONFIRMED')

    // Everything is still filled in, so sending it once more is enough.
    const again = await who.submit()
    expect(secretOf(again.view)).toBeDefined()
    expect(eventsOf(await linesAbout(who)).slice(2)).toEqual(['intent', 'done', 'revealed'])
  })

  it.each<[FaultKind]>([
    ['reset-after-commit'],
    ['reset-before-commit'],
    ['internal-error'],
    ['internal-error-after-commit'],
    ['html'],
  ])('never calls it a success when the answer is lost: %s', async (kind) => {
    const who = place.supporter()
    const user = place.customer(STAGING.id)
    await place.form(who, STAGING, user)
    place.cognito.fail({ operation: 'AdminSetUserPassword', kind })
    const { view } = await who.submit(temporary)
    expect(secretOf(view)).toBeUndefined()
    expect(textOf(view)).toContain('Look at the user, then run this again')
    expect(textOf(view)).not.toContain('temporary password')
    const lines = await linesAbout(who)
    expect(eventsOf(lines)).toEqual(['intent', 'unknown'])
    expect(writesIn(place.cognito.requests, user)).toHaveLength(1)
  })

  it('works once however often the same form arrives', async () => {
    const who = place.supporter()
    const user = place.customer(STAGING.id)
    await place.form(who, STAGING, user)
    await who.set(temporary)
    place.slack.faults.envelope({ kind: 'duplicate' })
    await who.submit()
    await expect
      .poll(async () => eventsOf(await linesAbout(who)))
      .toEqual(['intent', 'done', 'revealed'])
    expect(writesIn(place.cognito.requests, user)).toHaveLength(1)
  })

  it('leaves balanced books, and nothing that Slack would refuse', async () => {
    await expectBalancedBooks(place)
    expect(place.slack.problems).toEqual([])
  })

  if (transport === 'socket')
    it('brings the password by a call when the connection broke before the answer', async () => {
      const who = place.supporter()
      const user = place.customer(STAGING.id)
      await place.form(who, STAGING, user)
      await who.set(temporary)
      place.slack.faults.envelope({ kind: 'drop-before-ack' })
      await who.submit()
      const view = await who.waitForView((shown) => secretOf(shown) !== undefined, 10_000)
      expect(secretOf(view)).toBeDefined()
      expect(eventsOf(await linesAbout(who))).toEqual(['intent', 'done', 'revealed'])
      expect(writesIn(place.cognito.requests, user)).toHaveLength(1)
    })
})

/** An option that no search brought. */
function stranger(value: string) {
  return { text: { type: 'plain_text' as const, text: value }, value }
}
