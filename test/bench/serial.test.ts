import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { waitedFor } from '../../bench/serial.ts'
import type { Span } from '../../bench/serial.ts'

const call = (at: number, answered: number): Span => ({ name: 'a call', at, answered })

const calls = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 40 }))
    .map(([at, lasts]) => call(at, at + lasts)),
)

describe('calls that were waited for', () => {
  it.each([
    [0, 'no call', []],
    [1, 'one call', [call(0, 10)]],
    [2, 'one after the other', [call(0, 10), call(10, 20)]],
    [1, 'side by side', [call(0, 10), call(1, 11), call(2, 9)]],
    [2, 'two side by side, then one', [call(0, 10), call(0, 12), call(13, 20)]],
    [1, 'one answered after the result showed', [call(0, 10), call(11, 200)]],
  ])('%d: %s', (expected, _case, spans) => {
    expect(waitedFor(spans, 100)).toBe(expected)
  })

  it('no order of the records changes the number', () => {
    fc.assert(
      fc.property(calls, (spans) => {
        expect(waitedFor(spans.toReversed(), 100)).toBe(waitedFor(spans, 100))
      }),
    )
  })

  it('one more call never makes the number smaller, and adds one at most', () => {
    fc.assert(
      fc.property(calls, fc.integer({ min: 0, max: 90 }), (spans, at) => {
        const before = waitedFor(spans, 100)
        const after = waitedFor([...spans, call(at, at + 5)], 100)
        expect(after).toBeGreaterThanOrEqual(before)
        expect(after).toBeLessThanOrEqual(before + 1)
      }),
    )
  })
})
