import { expect, test } from 'vitest'
import { waitOf } from '../../src/core/wait.ts'

const S = 1_000
const M = 60 * S
const H = 60 * M
const D = 24 * H

test.each([
  [-5 * S, '1 second'],
  [0, '1 second'],
  [1, '1 second'],
  [1 * S, '1 second'],
  [1 * S + 1, '2 seconds'],
  [59 * S, '59 seconds'],
  [90 * S, '1 minute 30 seconds'],
  [10 * M, '10 minutes'],
  [10 * M + 1, '11 minutes'],
  [59 * M + 59 * S, '1 hour'],
  [1 * H, '1 hour'],
  [90 * M, '1 hour 30 minutes'],
  [1 * D, '1 day'],
  [2 * D + 3 * H + 1 * M, '2 days 3 hours 1 minute'],
])('%d ms are %s', (ms, words) => {
  expect(waitOf(ms)).toBe(words)
})
