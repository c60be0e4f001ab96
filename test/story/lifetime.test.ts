import { describe, expect, it } from 'vitest'
import {
  eventsOf,
  expectBalancedBooks,
  linesOf,
  linesWritten,
  posted,
  postedRanges,
  writesIn,
} from './ledger.ts'
import { grounds, openWorkplace, secretOf, STAGING, textOf, transports } from './workplace.ts'
import type { Workplace } from './workplace.ts'

const temporary = { ...grounds, method: 'temporary' }
const SET = 'AdminSetUserPassword'

/** A filled form of a new supporter for a new customer. */
async function filledForm(place: Workplace) {
  const who = place.supporter()
  const user = place.customer(STAGING.id)
  await place.form(who, STAGING, user)
  await who.set(temporary)
  return { who, user }
}

describe.concurrent('the end of a process', () => {
  it.each(transports)('comes after the answers to all that is under way, over %s', async (way) => {
    await using place = await openWorkplace({ transport: way })
    const long = await filledForm(place)
    place.cognito.fail({ operation: SET, kind: 'slow', ms: 2600 })
    expect(textOf((await long.who.submit()).view)).toContain('Working on it')
    const short = await filledForm(place)
    place.cognito.fail({ operation: SET, kind: 'slow', ms: 500 })
    const submitted = short.who.submit()
    await linesWritten(place.folder, { target: short.user })
    await place.bot.stop()

    expect(place.bot.ending).toBe('It ended with code 0.')
    expect(secretOf((await submitted).view)).toBeDefined()
    expect(secretOf(long.who.view())).toBeDefined()
    for (const { user } of [long, short])
      expect(eventsOf(await linesOf(place.folder, { target: user }))).toEqual([
        'intent',
        'done',
        'revealed',
      ])
    await expectBalancedBooks(place)
  })

  it('loses no entry when it is sudden, and posts each once', async () => {
    await using place = await openWorkplace()
    const { who, user } = await filledForm(place)
    await posted(place)
    place.slack.faults.inject('chat.postMessage', { kind: 'ratelimited', retryAfter: 4 })
    await place.slack.person(place.nobody).slash('/cognito', 'reset-password')
    const [refused] = await linesWritten(place.folder, { actor: place.nobody })
    place.cognito.fail({ operation: SET, kind: 'slow', ms: 1500 })
    const submitted = who.submit()
    await place.until(() => place.cognito.pools.user(STAGING.id, user).status !== 'CONFIRMED')
    await place.bot.kill()
    expect((await submitted).error).toBeDefined()
    const before = await linesOf(place.folder)
    expect(eventsOf(before).slice(-2)).toEqual(['refused', 'intent'])
    expect(covered(place)).not.toContain(refused?.seq)

    await place.bot.start()
    expect((await linesOf(place.folder)).slice(0, before.length)).toEqual(before)
    await posted(place)
    expect(covered(place)).toEqual((await linesOf(place.folder)).map(({ seq }) => seq))

    // The form that was cut off is still open: sending it again must not write again.
    const again = await who.submit()
    expect(textOf(again.view)).toContain('This is already being done')
    expect(secretOf(again.view)).toBeUndefined()
    expect(writesIn(place.cognito.requests, user)).toHaveLength(1)
  })
})

/** The entries that the messages in the channel stand for, in the order they were posted. */
function covered(place: Workplace): number[] {
  return postedRanges(place).flatMap(({ from, to }) =>
    Array.from({ length: to - from + 1 }, (_, n) => from + n),
  )
}
