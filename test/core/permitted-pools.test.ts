import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { permittedPools } from '../../src/core/permitted-pools.ts'
import type { PoolRef } from '../../src/core/directory.ts'
import type { Pools } from '../../src/core/ports.ts'

const ENVIRONMENTS = ['dev', 'staging', 'prod']

const some = (count: number): readonly PoolRef[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `eu-west-1_${n}`,
    name: `team-${n % 10}-${n}`,
    environment: ENVIRONMENTS[n % 3] ?? '',
    account: 'main',
    region: 'eu-west-1',
  }))

function poolsOf(all: readonly PoolRef[]): Pools {
  return {
    get: (id) => all.find((pool) => pool.id === id),
    named: (name) => all.filter((pool) => pool.name === name),
    search: (text, limit) => all.filter(({ name }) => name.includes(text)).slice(0, limit),
    all: () => all,
    refreshedAt: () => 1,
  }
}

const byEnvironment = ({ environment }: PoolRef) => environment
const byId = ({ id }: PoolRef) => id

/** All pages, one after the other. */
function everything(of: ReturnType<typeof permittedPools>, text: string, limit: number) {
  const rows: PoolRef[] = []
  for (let from: number | undefined = 0; from !== undefined;) {
    const page = of.page(text, from, limit)
    expect(page.rows.length).toBeLessThanOrEqual(limit)
    rows.push(...page.rows)
    from = page.next
  }
  return rows
}

describe('the pools that a person may use', () => {
  it('come page by page, each of them once, and no other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom('', 'team-3', '7', 'nothing'),
        fc.boolean(),
        fc.integer({ min: 2, max: 400 }),
        (count, limit, text, alike, rarity) => {
          const all = some(count)
          const may = alike
            ? ({ environment }: PoolRef) => environment !== 'prod'
            : ({ id }: PoolRef) => Number(id.split('_')[1]) % rarity === 1
          const of = permittedPools(poolsOf(all), alike ? byEnvironment : byId, may)
          expect(everything(of, text, limit)).toEqual(
            all.filter((pool) => pool.name.includes(text) && may(pool)),
          )
        },
      ),
      { numRuns: 60 },
    )
  })

  it('cost one decision for each kind, among ten thousand', () => {
    const permitted = vi.fn(() => false)
    const of = permittedPools(poolsOf(some(10_000)), byEnvironment, permitted)
    expect(of.page('', 0, 10)).toEqual({ rows: [], next: undefined })
    expect(permitted).toHaveBeenCalledTimes(3)
  })

  it('are not all decided at once where each is a kind of its own', () => {
    const permitted = vi.fn(() => false)
    const of = permittedPools(poolsOf(some(10_000)), byId, permitted)
    expect(of.page('', 0, 10)).toEqual({ rows: [], next: 200 })
    expect(permitted).toHaveBeenCalledTimes(200)
    expect(of.page('', 200, 10).next).toBe(400)
  })

  it('are searched no further than a page needs', () => {
    const pools = poolsOf(some(10_000))
    const search = vi.spyOn(pools, 'search')
    const of = permittedPools(pools, byEnvironment, () => true)
    expect(of.page('team', 20, 10)).toMatchObject({ next: 30 })
    expect(search.mock.calls).toEqual([['team', 31]])
  })
})
