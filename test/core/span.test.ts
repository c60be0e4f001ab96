import { expect, it } from 'vitest'
import { spanOf } from '../../src/core/span.ts'

it.each([
  [-5, 'less than a minute'],
  [59_999, 'less than a minute'],
  [60_000, '1 minute'],
  [3_599_999, '59 minutes'],
  [3_600_000, '1 hour'],
  [47 * 3_600_000, '1 day'],
  [48 * 3_600_000, '2 days'],
])('%d ms are %s', (ms, words) => {
  expect(spanOf(ms)).toBe(words)
})
