import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCommand } from '../../src/slack/command-text.ts'

describe('the words after /cognito', () => {
  it.each([
    ['', { verb: '', words: [] }],
    ['   ', { verb: '', words: [] }],
    ['Help', { verb: 'help', words: [] }],
    [
      'reset-password customers ada@example.com',
      { verb: 'reset-password', words: ['customers', 'ada@example.com'] },
    ],
    [
      'reset-password  customers <mailto:ada@example.com|ada@example.com>',
      { verb: 'reset-password', words: ['customers', 'ada@example.com'] },
    ],
    ['reset-password “customers” ‘ada’', { verb: 'reset-password', words: ['customers', 'ada'] }],
    [
      'reset-password customers <tel:+441632960123|+441632960123>',
      { verb: 'reset-password', words: ['customers', '+441632960123'] },
    ],
  ])('%j', (text, typed) => {
    expect(readCommand(text)).toEqual(typed)
  })

  it('survive any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 5000 }), (text) => {
        const { verb, words } = readCommand(text)
        expect([verb, ...words].every((word) => !/\s/u.test(word))).toBe(true)
      }),
    )
  })
})
