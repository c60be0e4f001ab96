import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  emailIs,
  filterOf,
  findingOf,
  mentions,
  narrow,
  searchPlan,
  type Match,
} from '../../src/cognito/search-plan.ts'

const large = { users: 1_000_000, madeUpUsernames: false }

/** A reader of ListUsers filters, written apart from their writer. */
function readFilter(filter: string): Match | undefined {
  const space = filter.indexOf(' ')
  const [attribute, operator] = filter.split(' ', 2)
  let rest = filter.slice(space + 1 + (operator ?? '').length)
  if (!rest.startsWith(' "')) return undefined
  rest = rest.slice(2)
  let value = ''
  for (let at = 0; at < rest.length; at++) {
    if (rest[at] === '"') {
      const ended = at === rest.length - 1
      return ended ? ({ attribute, operator, value } as Match) : undefined
    }
    if (rest[at] === '\\') at++
    value += rest[at] ?? ''
  }
  return undefined
}

const asked = (text: string, traits = large) =>
  (searchPlan(text, traits)?.matches ?? []).map(
    ({ attribute, operator, value }) => `${attribute} ${operator} ${value}`,
  )

describe('what is asked for a typed text', () => {
  it.each([
    ['an e-mail in the making', 'ada@ex', ['email ^= ada@ex']],
    [
      'an e-mail with capitals, in both spellings',
      'Ada@Ex',
      ['email ^= Ada@Ex', 'email ^= ada@ex'],
    ],
    ['a phone number', '+12025', ['phone_number ^= +12025']],
    ['a phone number as people write it', '+1 (202) 555-01', ['phone_number ^= +120255501']],
    [
      'a sub',
      '6B0F5A9E-6c1d-4a5e-9d53-0f3a5b7c9d11',
      ['sub = 6b0f5a9e-6c1d-4a5e-9d53-0f3a5b7c9d11'],
    ],
    [
      'a word: the username first, then names as they are written',
      'ada',
      ['username ^= ada', 'email ^= ada', 'name ^= Ada', 'given_name ^= Ada', 'family_name ^= Ada'],
    ],
    ['two words, which no username has', 'ada lov', ['name ^= Ada Lov', 'name ^= ada lov']],
    ['space around it is no part of it', '  ada@ex ', ['email ^= ada@ex']],
    ['too short', 'ad', []],
    ['too short without its space', ' ad ', []],
    ['too long for a filter', `a@${'x'.repeat(300)}`, []],
    ['a line feed', 'ada\nlov', []],
    ['a null', 'ada\u0000', []],
    ['half a character', 'ada\ud800', []],
  ])('%s', (_case, text, expected) => {
    expect(asked(text)).toEqual(expected)
  })

  it('leaves out usernames that Cognito made up', () => {
    expect(asked('ada', { users: 1_000, madeUpUsernames: true })[0]).toBe('email ^= ada')
  })

  it('takes everybody at once from a pool that fits on one page', () => {
    expect(searchPlan('ada', { users: 12, madeUpUsernames: false })?.everybody).toBe(true)
    expect(searchPlan('ada', { users: 60, madeUpUsernames: false })?.everybody).toBe(false)
    expect(searchPlan('ada', undefined)?.everybody).toBe(false)
  })

  it('is one attribute and one value, whatever was typed', () => {
    const nasty = fc.string({
      unit: fc.constantFrom('"', '\\', 'a', ' ', '@', '=', '^', '\n', '\u0000', 'é'),
    })
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => {
        for (const match of searchPlan(text, large)?.matches ?? []) {
          expect(filterOf(match).length).toBeLessThanOrEqual(256)
          expect(filterOf(match)).not.toMatch(/\p{Cc}/u)
          expect(readFilter(filterOf(match))).toEqual(match)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('keeps a quoted operator a part of the value', () => {
    expect(emailIs('a" or email ^= "')).toBe(String.raw`email = "a\" or email ^= \""`)
    expect(emailIs('a\\')).toBe(String.raw`email = "a\\"`)
  })
})

describe('what a search by a person asks', () => {
  it.each([
    ['a word', 'ada', 'username ^= "ada"', 'username begins with “ada” (letter case may count)'],
    [
      'a named attribute',
      'given_name: ada',
      'given_name ^= "Ada"',
      'given name begins with “Ada” (letter case may count)',
    ],
    [
      'letters as they were typed',
      'family_name:McCoy',
      'family_name ^= "McCoy"',
      'family name begins with “McCoy” (letter case may count)',
    ],
    [
      'a named phone number',
      'phone_number: +1 202',
      'phone_number ^= "+1202"',
      'phone number begins with “+1202”',
    ],
    [
      'something with a colon',
      'urn:ada',
      'username ^= "urn:ada"',
      'username begins with “urn:ada” (letter case may count)',
    ],
  ])('%s', (_case, typed, filter, words) => {
    expect(findingOf(typed, large)).toMatchObject({ filter, words })
  })

  it('is about e-mail addresses where Cognito made the usernames up', () => {
    const traits = { users: 1_000, madeUpUsernames: true }
    expect(findingOf('ada', traits)?.filter).toBe('email ^= "ada"')
  })

  it('is the whole of a small pool, and the rows that hold the text', () => {
    const finding = findingOf('LOVELACE', { users: 12, madeUpUsernames: false })
    expect(finding?.filter).toBeUndefined()
    expect(finding?.isMeant(row)).toBe(true)
    expect(finding?.isMeant({ ...row, name: 'Ada Byron' })).toBe(false)
    expect(findingOf('ada@ex', { users: 12, madeUpUsernames: false })?.filter).toBe(
      'email ^= "ada@ex"',
    )
  })

  it.each(['ad', 'name: a', 'name: \n', `name: ${'x'.repeat(300)}`])(
    'is nothing for %j',
    (typed) => {
      expect(findingOf(typed, large)).toBeUndefined()
    },
  )

  it('is safe whatever was typed', () => {
    const nasty = fc.string({
      unit: fc.constantFrom('"', '\\', 'a', ' ', ':', '=', '\n', '\u0000'),
    })
    const attributes = fc.constantFrom('', 'name: ', 'username:', 'sub: ', 'email:')
    fc.assert(
      fc.property(attributes, fc.oneof(nasty, fc.string({ unit: 'binary' })), (before, text) => {
        const filter = findingOf(before + text, large)?.filter
        if (filter === undefined) return
        expect(filter.length).toBeLessThanOrEqual(256)
        expect(filter).not.toMatch(/\p{Cc}/u)
        const read = readFilter(filter)
        expect(read && filterOf(read)).toBe(filter)
      }),
      { numRuns: 500 },
    )
  })
})

const row = {
  username: 'ada',
  sub: '6b0f5a9e-6c1d-4a5e-9d53-0f3a5b7c9d11',
  status: 'CONFIRMED',
  enabled: true,
  email: 'Ada@example.com',
  emailVerified: true,
  phone: '+12025550100',
  phoneVerified: true,
  name: 'Ada Lovelace',
}

describe('rows that are already here', () => {
  it.each(['lovelace', 'ADA', '@example', '+1 202', '6b0f5a9e'])('are found by %s', (text) => {
    expect(mentions(row, text)).toBe(true)
  })

  it('are not found by what they do not hold', () => {
    expect(mentions(row, 'grace')).toBe(false)
    expect(mentions({ ...row, phone: undefined }, '+1202')).toBe(false)
  })

  it('answer a longer text, unless they cannot tell', () => {
    const other = { ...row, username: 'adam', email: 'adam@example.com' }
    const longer = (attribute: Match['attribute'], value: string) =>
      narrow([row, other], { attribute, operator: '^=', value })
    expect(longer('username', 'adam')).toEqual([other])
    expect(longer('email', 'ada@')).toEqual([row])
    expect(longer('given_name', 'Adam')).toBeUndefined()
    expect(narrow([], { attribute: 'given_name', operator: '^=', value: 'Adam' })).toEqual([])
  })
})
