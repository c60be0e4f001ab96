import { describe, expect, test } from 'vitest'
import { didYouMean, nearest } from '../../src/core/nearest.ts'

const names = ['support', 'platform', 'cognito-admins', 'prod']

describe('nearest', () => {
  test.each([
    ['suport', 'support'],
    ['SUPPORT', 'support'],
    ['congito-admins', 'cognito-admins'],
    ['prd', 'prod'],
    ['rpod', 'prod'],
    ['zebra', undefined],
    ['x', undefined],
  ])('%s probably means %s', (typed, meant) => {
    expect(nearest(typed, names)).toBe(meant)
  })

  test('nothing is suggested when nothing is close', () => {
    expect(didYouMean('zebra', names)).toBe('')
    expect(didYouMean('prd', names)).toBe(' Did you mean "prod"?')
  })
})
