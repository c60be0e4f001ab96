import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Attribute } from '../../../src/domain/user/attributes.ts'
import { attributesIn, isSensitive, valueFault } from '../../../src/domain/user/attributes.ts'

const attribute = (name: string, about: Partial<Attribute> = {}): Attribute => ({
  name,
  type: 'String',
  required: false,
  mutable: true,
  developerOnly: false,
  least: undefined,
  most: undefined,
  ...about,
})

describe('what fits an attribute', () => {
  it.each([
    ['email', {}, 'ada@example.com', undefined],
    ['email', {}, 'ada@example', 'email is an e-mail address.'],
    ['email', {}, 'ada example@x.y', 'email is an e-mail address.'],
    ['phone_number', {}, '+353871234567', undefined],
    ['phone_number', {}, '0871234567', /country code/],
    ['custom:n', { type: 'Number', least: 1, most: 5 }, '3', undefined],
    ['custom:n', { type: 'Number', least: 1, most: 5 }, '0', 'custom:n is 1 at least.'],
    ['custom:n', { type: 'Number', least: 1, most: 5 }, '6', 'custom:n is 5 at most.'],
    ['custom:n', { type: 'Number' }, 'three', 'custom:n is a number.'],
    ['custom:b', { type: 'Boolean' }, 'true', undefined],
    ['custom:b', { type: 'Boolean' }, 'yes', 'custom:b is true or false.'],
    ['custom:d', { type: 'DateTime' }, '2026-11-30', undefined],
    ['custom:d', { type: 'DateTime' }, 'soon', /is a date/],
    ['birthdate', { least: 10, most: 10 }, '1815-12-10', undefined],
    ['birthdate', { least: 10, most: 10 }, '1815', 'birthdate has at least 10 characters.'],
    ['custom:s', { most: 3 }, 'four', 'custom:s has at most 3 characters.'],
    ['custom:s', {}, 'x'.repeat(2049), 'custom:s has at most 2048 characters.'],
  ])('%s %j: %s', (name, about, value, expected) => {
    const fault = valueFault(attribute(name, about), value)
    if (expected instanceof RegExp) expect(fault).toMatch(expected)
    else expect(fault).toBe(expected)
  })
})

describe('attributes as lines', () => {
  const schema = [
    attribute('sub'),
    attribute('nickname'),
    attribute('custom:plan'),
    attribute('plan'),
  ]

  it('are read name by name, a name without prefix where no other attribute has it', () => {
    const some = [attribute('custom:seats'), ...schema]
    const { values, fault } = attributesIn('nickname = Ada\n\ncustom:plan=a=b\nseats=3', some)
    expect(fault).toBeUndefined()
    expect(values).toEqual({ nickname: 'Ada', 'custom:plan': 'a=b', 'custom:seats': '3' })
  })

  it.each([
    ['nickname', 'Write one name=value a line'],
    ['=x', 'Write one name=value a line'],
    ['colour=red', 'no attribute colour'],
    ['sub=1', 'no attribute sub'],
  ])('%j is a fault', (text, words) => {
    expect(attributesIn(text, schema).fault).toContain(words)
  })

  it('read back what was written', () => {
    const value = fc
      .string({ minLength: 1, maxLength: 40 })
      .filter((text) => text.trim() === text && !/[\n\r\u2028\u2029]/.test(text))
    fc.assert(
      fc.property(value, (text) => {
        expect(attributesIn(`nickname=${text}`, schema).values).toEqual({ nickname: text })
      }),
    )
  })
})

describe('attributes that open accounts or give rights', () => {
  it.each([
    'email',
    'phone_number',
    'email_verified',
    'preferred_username',
    'custom:role',
    'custom:tenant_id',
    'custom:isAdmin',
  ])('%s is one', (name) => expect(isSensitive(name)).toBe(true))
  it.each(['name', 'nickname', 'custom:plan', 'locale'])('%s is none', (name) =>
    expect(isSensitive(name)).toBe(false),
  )
})
