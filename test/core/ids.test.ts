import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createIds, mintedAt } from '../../src/core/ids.ts'

describe('request ids', () => {
  it('tell when they were minted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8.64e15 / 1000 }), (at) => {
        expect(mintedAt(createIds(() => at).request())).toBe(at)
      }),
    )
  })

  it('are all different', () => {
    const ids = createIds(() => 1_700_000_000_000)
    expect(new Set(Array.from({ length: 1000 }, () => ids.request())).size).toBe(1000)
  })

  it('sort by the time they were minted', () => {
    expect(createIds(() => 2_000).request() > createIds(() => 1_000).request()).toBe(true)
  })

  it.each(['', 'r1', 'x'.repeat(29), `${createIds(() => 1).request()}X`])(
    'are nothing else: %j',
    (text) => {
      expect(mintedAt(text)).toBeUndefined()
    },
  )
})

it('names a fault so that a person can read it out', () => {
  expect(createIds(() => 0).reference()).toMatch(/^LG-[0-9A-HJKMNP-TV-Z]{6}$/)
})
