import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { needsTags, poolRuleFor } from '../../src/domain/pool-rules.ts'
import type { PoolMatch, PoolRule } from '../../src/domain/pool-rules.ts'

const pool = { id: 'eu-west-1_abc', name: 'prod-customers', tags: { env: 'prod', team: 'shop' } }

function environmentOf(matches: readonly PoolMatch[], of = pool): string | undefined {
  const rules: PoolRule[] = matches.map((match, index) => ({ match, environment: `e${index}` }))
  return poolRuleFor(rules, of)?.environment
}

describe('pool rules', () => {
  test('the first rule that matches wins', () => {
    expect(environmentOf([{ name: 'dev-*' }, { name: 'prod-*' }, { name: '*' }])).toBe('e1')
  })

  test('a pool that no rule matches is not managed', () => {
    expect(environmentOf([{ name: 'dev-*' }, { id: 'eu-west-1_abd' }])).toBeUndefined()
  })

  test('all conditions of a rule must hold', () => {
    expect(environmentOf([{ name: 'prod-*', tags: { env: 'prod', team: 'shop' } }])).toBe('e0')
    expect(environmentOf([{ name: 'prod-*', tags: { env: 'prod', team: 'bank' } }])).toBeUndefined()
    expect(environmentOf([{ id: pool.id, name: 'dev-*' }])).toBeUndefined()
  })

  test('a tag matches exactly and is not inherited from Object', () => {
    expect(environmentOf([{ tags: { env: 'prod*' } }])).toBeUndefined()
    expect(environmentOf([{ tags: { constructor: 'x' } }])).toBeUndefined()
  })

  test.each([
    ['*', '', true],
    ['prod-*', 'prod-', true],
    ['prod-*', 'xprod-a', false],
    ['*-eu', 'prod-eu', true],
    ['p?od', 'prod', true],
    ['p?od', 'pod', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-b-b', false],
    ['acme.users', 'acmeXusers', false],
    ['Prod', 'prod', false],
  ])('the glob %s says of "%s": %s', (name, actual, matches) => {
    expect(environmentOf([{ name }], { ...pool, name: actual })).toBe(matches ? 'e0' : undefined)
  })

  test('a glob agrees with its regular expression', () => {
    const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 })
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 })
    fc.assert(
      fc.property(glob, text, (name, actual) => {
        const regexp = new RegExp(`^${name.replaceAll('*', '.*').replaceAll('?', '.')}$`)
        const environment = environmentOf([{ name }], { ...pool, name: actual })
        expect(environment !== undefined).toBe(regexp.test(actual))
      }),
    )
  })

  test('many stars do not take exponential time', () => {
    const name = `${'*a'.repeat(64)}b`
    expect(environmentOf([{ name }], { ...pool, name: 'a'.repeat(128) })).toBeUndefined()
  })
})

describe('needsTags', () => {
  const rules: PoolRule[] = [
    { match: { name: 'prod-*' }, environment: 'prod' },
    { match: { name: 'shop-*', tags: { env: 'staging' } }, environment: 'staging' },
    { match: { name: 'shop-*' }, environment: 'dev' },
  ]

  test.each([
    ['prod-a', false, 'the name alone decides'],
    ['shop-a', true, 'a rule with tags comes first'],
    ['other', false, 'nothing can match'],
  ])('%s: %s, because %s', (name, needed) => {
    expect(needsTags(rules, { id: 'eu-west-1_x', name })).toBe(needed)
  })

  test('when tags are not needed, they make no difference', () => {
    const match = fc.record(
      {
        name: fc.constantFrom('a*', 'b*', '*'),
        id: fc.constantFrom('1', '2'),
        tags: fc.constantFrom({ k: 'v' }, { k: 'w' }),
      },
      { requiredKeys: [] },
    )
    const some = fc.array(fc.record({ match, environment: fc.constantFrom('x', 'y') }), {
      maxLength: 5,
    })
    fc.assert(
      fc.property(
        some,
        fc.constantFrom('1', '2'),
        fc.constantFrom('ab', 'ba'),
        (given, id, name) => {
          if (needsTags(given, { id, name })) return
          const found = [{}, { k: 'v' }, { k: 'w' }].map((tags) =>
            poolRuleFor(given, { id, name, tags }),
          )
          expect(new Set(found).size).toBe(1)
        },
      ),
    )
  })
})
