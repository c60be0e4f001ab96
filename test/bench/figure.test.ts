import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { median, percentile, ratios, spread } from '../../bench/figure.ts'

const values = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1 })

describe('figures of a benchmark', () => {
  it.each([
    [[3], 3],
    [[1, 2, 9], 2],
    [[9, 1, 2], 2],
    [[1, 2, 3, 10], 2.5],
  ])('the median of %j is %d', (given, expected) => {
    expect(median(given)).toBe(expected)
  })

  it('a percentile lies between its neighbours', () => {
    expect(percentile([10, 20, 30], 0.9)).toBeCloseTo(28)
    expect(percentile([10, 20, 30], 0)).toBe(10)
    expect(percentile([10, 20, 30], 1)).toBe(30)
  })

  it('a percentile of nothing is an error, not a number', () => {
    expect(() => median([])).toThrow('Nothing was measured.')
  })

  it('each round gives its own ratio, whatever the machine did between rounds', () => {
    const rounds = [
      { floor: 100, product: 50 },
      { floor: 1000, product: 600 },
    ]
    expect(ratios(rounds)).toEqual([0.5, 0.6])
  })

  it('the spread is the width of the values by their median', () => {
    expect(spread([0.9, 1, 1.2])).toBeCloseTo(0.3)
    expect(spread([2, 2, 2])).toBe(0)
  })

  it('no percentile leaves the range of its values, nor depends on their order', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (given, part) => {
        const found = percentile(given, part)
        expect(found).toBeGreaterThanOrEqual(Math.min(...given))
        expect(found).toBeLessThanOrEqual(Math.max(...given))
        expect(percentile(given.toReversed(), part)).toBe(found)
      }),
    )
  })

  it('the spread does not depend on the unit', () => {
    fc.assert(
      fc.property(values, (given) => {
        expect(spread(given.map((value) => value * 1000))).toBeCloseTo(spread(given), 6)
      }),
    )
  })
})
