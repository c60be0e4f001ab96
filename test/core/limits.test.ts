import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ceilingsFor, overSentence } from '../../src/core/limits.ts'

const M = 60_000
const LIMITS = {
  perRequester: { writes: 5, perMs: 10 * M },
  perPool: { writes: 30, perMs: 60 * M },
  all: { writes: 60, perMs: 24 * 60 * M },
}

describe('the limits that hold for one write', () => {
  test('are the requester’s, the pool’s and everybody’s', () => {
    expect(ceilingsFor(LIMITS, 'U0ADA', 'eu-west-1_abc')).toEqual([
      { whom: 'you', requester: 'U0ADA', most: 5, perMs: 10 * M },
      { whom: 'this pool', pool: 'eu-west-1_abc', most: 30, perMs: 60 * M },
      { whom: 'everybody', most: 60, perMs: 24 * 60 * M },
    ])
  })

  test('a limit that is lifted is none', () => {
    const lifted = { ...LIMITS, perPool: undefined }
    expect(ceilingsFor(lifted, 'U0ADA', 'p').map(({ whom }) => whom)).toEqual(['you', 'everybody'])
    const none = { perRequester: undefined, perPool: undefined, all: undefined }
    expect(ceilingsFor(none, 'U0ADA', 'p')).toEqual([])
  })
})

describe('the sentence for a limit that is reached', () => {
  const now = Date.parse('2026-03-01T09:00:00Z')
  const [you, pool, everybody] = ceilingsFor(LIMITS, 'U0ADA', 'p')
  const once = { whom: 'you', requester: 'U0ADA', most: 1, perMs: 90_000 }

  test.each([
    [
      you!,
      4 * M,
      'The limit for you is reached: 5 changes in 10 minutes. Nothing was changed. Try again in 4 minutes.',
    ],
    [
      pool!,
      59 * M + 1,
      'The limit for this pool is reached: 30 changes in 1 hour. Nothing was changed. Try again in 1 hour.',
    ],
    [
      everybody!,
      90 * M,
      'The limit for everybody is reached: 60 changes in 1 day. Nothing was changed. Try again in 1 hour 30 minutes.',
    ],
    [
      once,
      500,
      'The limit for you is reached: 1 change in 1 minute 30 seconds. Nothing was changed. Try again in 1 second.',
    ],
    [
      you!,
      0,
      'The limit for you is reached: 5 changes in 10 minutes. Nothing was changed. Try again now.',
    ],
  ])('%#', (ceiling, waitMs, sentence) => {
    expect(overSentence({ kind: 'over', ceiling, freeAt: now + waitMs }, now)).toBe(sentence)
  })

  test('it never says a time at which the limit still holds', () => {
    const unit = { day: 1440 * M, hour: 60 * M, minute: M, second: 1_000 }
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 * 1440 * M }), (waitMs) => {
        const sentence = overSentence({ kind: 'over', ceiling: you!, freeAt: now + waitMs }, now)
        const said = sentence.slice(sentence.indexOf('again'))
        const ms = [...said.matchAll(/(\d+) (day|hour|minute|second)/g)].reduce(
          (sum, [, count, name]) => sum + Number(count) * unit[name as keyof typeof unit],
          0,
        )
        expect(ms).toBeGreaterThanOrEqual(waitMs)
        expect(ms).toBeLessThan(waitMs + M)
      }),
    )
  })
})
