import { describe, expect, it } from 'vitest'
import type { FoundUser, PoolRef, UserSearch } from '../../../src/core/directory.ts'
import type { Look } from '../../../src/core/ports.ts'
import { Refusal } from '../../../src/core/refusal.ts'
import { findUser } from '../../../src/operations/users/find-user.ts'
import { PROD, STAGING, user } from '../../fakes/directory.ts'
import { lookWith } from '../../fakes/look.ts'
import { fault, NOON } from './ward.ts'

const found = (username: string, pool: PoolRef, about: object = {}): FoundUser => ({
  ...user(username, { pool, modifiedAt: new Date(NOON - 3 * 86_400_000), ...about }),
  createdAt: undefined,
})

const SEARCHED = 'e-mail begins with “ada” (letter case may count)'
const search = (rows: readonly FoundUser[], complete = true): UserSearch => ({
  rows,
  searched: SEARCHED,
  complete,
})

const many = (count: number, pool: PoolRef) =>
  Array.from({ length: count }, (_, nth) => found(`ada${nth}`, pool))

interface World {
  readonly results: ReadonlyMap<string, UserSearch | Error>
  readonly pools?: readonly PoolRef[]
}

/** A look that may do no more than list pools and call ListUsers, and the pools it asked. */
function worldOf({ results, pools = [STAGING, PROD] }: World, given: Partial<Look> = {}) {
  const asked: string[] = []
  const look = lookWith({
    now: () => NOON,
    poolName: (id) => pools.find((one) => one.id === id)?.name ?? id,
    pools: {
      get: (id) => pools.find((one) => one.id === id),
      page: (_text, from, limit) => {
        const rows = pools.slice(from, from + limit)
        return { rows, next: from + limit < pools.length ? from + limit : undefined }
      },
      count: pools.length,
      refreshedAt: 1,
    },
    find: async (pool) => {
      asked.push(pool)
      const result = results.get(pool) ?? search([])
      if (result instanceof Error) throw result
      return result
    },
    ...given,
  })
  return { look, asked }
}

const both = new Map([
  [STAGING.id, search([found('ada', STAGING), found('adam', STAGING, { enabled: false })])],
  [PROD.id, search([found('adele', PROD, { status: 'FORCE_CHANGE_PASSWORD' })])],
])

describe('find-user', () => {
  it('searches the named pool, in one call', async () => {
    const { look, asked } = worldOf({ results: both })
    const { rows = [], facts, about } = await findUser.answer({ pool: PROD.id, text: 'ada' }, look)
    expect(asked).toEqual([PROD.id])
    expect(rows).toEqual([
      {
        title: 'adele@example.com (adele)',
        text: 'invited · last changed 3 days ago',
        link: {
          label: 'Show',
          operation: 'show-user',
          values: { pool: PROD.id, user: 'sub-of-adele' },
        },
      },
    ])
    expect(facts).toContainEqual({ term: 'Searched', text: SEARCHED })
    expect(about).toEqual([{ pool: PROD.id }])
  })

  it('searches several pools at once when none is named, one call each, row by row in turn', async () => {
    const { look, asked } = worldOf({ results: both })
    const { rows = [], facts, about } = await findUser.answer({ text: 'ada' }, look)
    expect(asked).toEqual([STAGING.id, PROD.id])
    expect(rows.map(({ title }) => title.split('@')[0])).toEqual(['ada', 'adele', 'adam'])
    expect(rows[2]?.text).toContain('active, disabled')
    expect(rows[0]?.text).toContain('in staging-customers')
    expect(facts).toContainEqual({ term: 'In', text: 'staging-customers (2), customers (1)' })
    expect(about).toEqual([{ pool: STAGING.id }, { pool: PROD.id }])
  })

  it('shows 25 at most, and says how many more there are', async () => {
    const results = new Map([
      [STAGING.id, search(many(25, STAGING), false)],
      [PROD.id, search(many(25, PROD))],
    ])
    const { rows, facts, note } = await findUser.answer({ text: 'ada' }, worldOf({ results }).look)
    expect(rows).toHaveLength(25)
    expect(note).toContain('25 more are not shown')
    expect(facts.find(({ term }) => term === 'In')?.text).toContain('25 or more')
  })

  it('names the pools it did not search', async () => {
    const pools = Array.from({ length: 14 }, (_, nth) => ({
      ...STAGING,
      id: `eu-west-1_P${nth}`,
      name: `pool-${nth}`,
    }))
    const { look, asked } = worldOf({ results: new Map(), pools })
    const { facts } = await findUser.answer({ text: 'ada' }, look)
    expect(asked).toHaveLength(10)
    expect(facts.find(({ term }) => term === 'Not searched')?.text).toBe(
      'pool-10, pool-11, pool-12, pool-13. Name a pool to search there.',
    )
  })

  it('goes on when one pool does not answer, and says so', async () => {
    const results = new Map<string, UserSearch | Error>([
      ...both,
      [PROD.id, fault('throttled', 'ListUsers')],
    ])
    const { rows, facts, about } = await findUser.answer({ text: 'ada' }, worldOf({ results }).look)
    expect(rows).toHaveLength(2)
    expect(facts).toContainEqual({
      term: 'Not searched: customers',
      text: 'The sentence for throttled.',
    })
    expect(about).toEqual([{ pool: STAGING.id }])
  })

  it('masks contacts, and links by the sub', async () => {
    const { look } = worldOf({ results: both }, { seesPersonalData: ({ id }) => id === PROD.id })
    const { rows } = await findUser.answer({ text: 'ada' }, look)
    expect(rows?.map(({ title }) => title)).toEqual([
      'a•••@e•••.com (ada)',
      'adele@example.com (adele)',
      'a•••@e•••.com (adam)',
    ])
    expect(JSON.stringify(rows)).not.toContain('ada@example')
  })

  it('leads nowhere for whoever may not show users', async () => {
    const { look } = worldOf({ results: both }, { may: () => false })
    const { rows } = await findUser.answer({ text: 'ada' }, look)
    expect(rows?.every(({ link }) => link === undefined)).toBe(true)
  })

  it('offers to look at names when nobody has such a username', async () => {
    const { look } = worldOf({ results: new Map() })
    const { links } = await findUser.answer({ text: 'ada', pool: PROD.id }, look)
    expect(links).toContainEqual({
      label: 'Search first names',
      operation: 'find-user',
      values: { pool: PROD.id, text: 'given_name: ada' },
    })
    for (const text of ['ada@example.com', 'given_name: ada'])
      expect((await findUser.answer({ text }, look)).links).toEqual([])
  })

  it('says what to type when nobody is found', async () => {
    const { look } = worldOf({ results: new Map() })
    expect((await findUser.answer({ text: 'ada' }, look)).note).toContain('Nobody found')
  })

  it('passes on that a text is too short', async () => {
    const short = new Refusal('Too short.', { field: 'text' })
    const { look } = worldOf({ results: new Map([[STAGING.id, short]]) })
    await expect(findUser.answer({ text: 'a' }, look)).rejects.toBe(short)
  })

  it('answers alike for a pool that is not managed and one that may not be searched', async () => {
    const { look } = worldOf({ results: both, pools: [] })
    for (const pool of [PROD.id, 'eu-west-1_NOWHERE'])
      await expect(findUser.answer({ pool, text: 'ada' }, look)).rejects.toThrow(
        'Lifeguard does not manage this pool.',
      )
  })
})
