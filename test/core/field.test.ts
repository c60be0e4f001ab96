import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { choice, fieldsOf, pool, reason, toggle, user, verified } from '../../src/core/field.ts'

const input = z.object({
  pool: pool(),
  user: user(),
  how: choice('How', [
    { value: 'a', label: 'One way' },
    { value: 'b', label: 'Another' },
  ]),
  also: toggle('Also', 'Do that too'),
  reason: reason(),
  verified: verified().optional(),
})

describe('fields', () => {
  it('keep their order, and say which may stay empty', () => {
    const required = [...fieldsOf(input)].map(([name, field]) => [name, field.required])
    expect(required).toEqual([
      ['pool', true],
      ['user', true],
      ['how', true],
      ['also', false],
      ['reason', true],
      ['verified', false],
    ])
  })

  it('refuse a schema that has no look', () => {
    expect(() => fieldsOf(z.object({ bare: z.string() }))).toThrow('bare')
  })

  it.each([
    ['pool', '', 'Choose a pool from the list.'],
    ['pool', 'not a pool', 'Choose a pool from the list.'],
    ['user', 'with space', 'Choose a user from the list. Usernames have no spaces.'],
    ['how', 'c', 'Choose one: one way, another.'],
    ['reason', '  ', 'Say in a few words why this is needed.'],
  ])('%s: %j is answered with a sentence', (name, value, sentence) => {
    const { error } = input.safeParse({ [name]: value })
    expect(error?.issues.find(({ path }) => path[0] === name)?.message).toBe(sentence)
  })

  it('take what Cognito takes as a username', () => {
    for (const name of ['ada', 'ada@example.com', '+441632960123', 'Ærøskøbing', '名前', '🦉'])
      expect(user().parse(name)).toBe(name)
  })
})
