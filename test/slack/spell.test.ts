import { expect, it } from 'vitest'
import { spell } from '../../src/slack/spell.ts'

it('reads a password out so that capitals and symbols are heard', () => {
  expect(spell('aB7#')).toBe('alfa, capital BRAVO, 7, hash')
})
