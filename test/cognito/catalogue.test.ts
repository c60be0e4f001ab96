import * as fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { catalogueOf } from '../../src/cognito/catalogue.ts'
import type { PoolRef } from '../../src/core/directory.ts'

const poolOf = (name: string, change: Partial<PoolRef> = {}): PoolRef => ({
  id: `eu-west-1_${name.replaceAll(/\W/g, '')}`,
  name,
  environment: 'prod',
  account: 'main',
  region: 'eu-west-1',
  ...change,
})
const names = (pools: readonly PoolRef[]) => pools.map(({ name }) => name)

const fold = (name: string) => name.toLowerCase().replaceAll('\n', ' ')

afterEach(() => {
  vi.restoreAllMocks()
})

describe('the pools in memory', () => {
  const catalogue = catalogueOf(
    ['staging-customers', 'Customers', 'dev-customers', 'partners', 'custom'].map((name) =>
      poolOf(name),
    ),
  )

  it('come in order of name, whatever its case', () => {
    expect(names(catalogue.all())).toEqual([
      'custom',
      'Customers',
      'dev-customers',
      'partners',
      'staging-customers',
    ])
  })

  it('are found by a part of the name, its beginning first', () => {
    expect(names(catalogue.search('CUSTOM', 10))).toEqual([
      'custom',
      'Customers',
      'dev-customers',
      'staging-customers',
    ])
    expect(names(catalogue.search('custom', 3))).toEqual(['custom', 'Customers', 'dev-customers'])
    expect(names(catalogue.search('', 2))).toEqual(['custom', 'Customers'])
    expect(catalogue.search('nothing', 10)).toEqual([])
  })

  it('are found by id and by exact name, any case', () => {
    expect(catalogue.get('eu-west-1_partners')?.name).toBe('partners')
    expect(catalogue.get('eu-west-1_none')).toBeUndefined()
    expect(names(catalogue.named('CUSTOMERS'))).toEqual(['Customers'])
    expect(catalogue.named('custo')).toEqual([])
  })

  it('share a name when two accounts do', () => {
    const two = catalogueOf([
      poolOf('customers'),
      poolOf('customers', { id: 'eu-west-1_OTHER', account: 'other' }),
    ])
    expect(two.named('customers')).toHaveLength(2)
  })

  it('stand in their primary Region, not where they are replicated', () => {
    const id = 'eu-west-1_HOME'
    const replicated = catalogueOf([
      poolOf('customers', { id, region: 'eu-west-1' }),
      poolOf('customers', { id, region: 'us-east-1' }),
    ])
    expect(replicated.all()).toMatchObject([{ id, region: 'eu-west-1' }])
  })

  it('are found as a plain look through all names would find them', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'B', '-', ' ', '\n'), maxLength: 6 })
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 30 }), word, (all, text) => {
        const some = catalogueOf(
          all.map((name, place) => poolOf(name, { id: `eu-west-1_${place}` })),
        )
        const sought = fold(text.trim())
        const matching = names(some.all()).filter((name) => fold(name).includes(sought))
        const expected = [
          ...matching.filter((name) => fold(name).startsWith(sought)),
          ...matching.filter((name) => !fold(name).startsWith(sought)),
        ]
        expect(names(some.search(text, 100))).toEqual(expected)
        expect(names(some.search(text, 2))).toEqual(expected.slice(0, 2))
      }),
    )
  })

  it('of ten thousand are searched with a look or two per row found', () => {
    const many = catalogueOf(
      Array.from({ length: 10_000 }, (_, n) => poolOf(`team-${n % 100}-app-${n}-users`)),
    )
    const scans = vi.spyOn(String.prototype, 'indexOf')
    const starts = vi.spyOn(String.prototype, 'startsWith')
    for (const text of ['team-7', 'app-4', 'users', '-9999-', 'nothing']) {
      scans.mockClear()
      starts.mockClear()
      const found = many.search(text, 100).length
      expect(scans.mock.calls.length).toBeLessThanOrEqual(found + 1)
      expect(starts.mock.calls.length).toBeLessThanOrEqual(16)
    }
    scans.mockRestore()
    starts.mockRestore()
    expect(many.search('app-4', 100)).toHaveLength(100)
    expect(many.search('-9999-', 100)).toHaveLength(1)
  })
})
