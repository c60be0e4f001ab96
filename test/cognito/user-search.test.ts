import { describe, expect, it } from 'vitest'
import { createUserSearch } from '../../src/cognito/user-search.ts'
import type { FoundUsers, PoolTraits } from '../../src/cognito/reads.ts'
import type { FoundUser } from '../../src/core/directory.ts'

const pool = {
  id: 'eu-west-1_PROD00001',
  name: 'customers',
  environment: 'prod',
  account: 'main',
  region: 'eu-west-1',
}
const other = { ...pool, id: 'eu-west-1_DEV000001', name: 'dev-customers' }

const person = (username: string): FoundUser => ({
  username,
  sub: `sub-${username}`,
  status: 'CONFIRMED',
  enabled: true,
  email: `${username}@example.com`,
  emailVerified: true,
  phone: undefined,
  phoneVerified: false,
  name: undefined,
  pool,
  modifiedAt: undefined,
  createdAt: undefined,
})
const people = ['ada', 'adam', 'adele', 'grace'].map(person)

/** Answers by prefix of username or e-mail, at most `page` rows, when told to. */
function setUp({ page = 60, traits }: { page?: number; traits?: PoolTraits } = {}) {
  const asked: string[] = []
  const breaths: (() => void)[] = []
  const clock = { ms: 0 }
  let failing = false
  const list = async (_pool: unknown, filter: string | undefined): Promise<FoundUsers> => {
    asked.push(filter ?? 'everybody')
    if (failing) throw new Error('throttled')
    const [, attribute, value = ''] = /^(\w+) \^?= "(.*)"$/.exec(filter ?? '') ?? []
    const found = people.filter((one) => {
      if (filter === undefined) return true
      return (
        attribute === 'email' ? one.email : attribute === 'username' ? one.username : undefined
      )?.startsWith(value)
    })
    return { rows: found.slice(0, page), complete: found.length <= page }
  }
  const search = createUserSearch({
    list,
    traits: () => traits,
    now: () => clock.ms,
    pause: () => new Promise<void>((resolve) => breaths.push(resolve)),
  })
  /** Lets everybody who waits go on. */
  const breathe = () => breaths.splice(0).forEach((resolve) => resolve())
  const typed = async (text: string, where = pool) => {
    const rows = search(where, text)
    breathe()
    return (await rows).map(({ username }) => username)
  }
  return { search, typed, breathe, asked, clock, fail: (now: boolean) => (failing = now) }
}

describe('searching as one types', () => {
  it('asks once for a burst, and for its last text', async () => {
    const { search, breathe, asked } = setUp()
    const burst = ['ada', 'adam', 'adam@', 'adam@ex', 'adam@example.com'].map((text) =>
      search(pool, text),
    )
    breathe()
    const answers = await Promise.all(burst)
    expect(asked).toEqual(['email ^= "adam@example.com"'])
    for (const rows of answers) expect(rows.map(({ username }) => username)).toEqual(['adam'])
  })

  it('asks once for a text typed slowly, when the first answer was whole', async () => {
    const { typed, asked } = setUp()
    expect(await typed('ada')).toEqual(['ada', 'adam'])
    expect(await typed('adam')).toEqual(['adam'])
    expect(await typed('adamx')).toEqual([])
    expect(asked.filter((filter) => filter.startsWith('username'))).toEqual(['username ^= "ada"'])
  })

  it('asks again for a longer text when there was more than a page', async () => {
    const { typed, asked } = setUp({ page: 1 })
    expect(await typed('ada')).toEqual(['ada'])
    expect(await typed('adam')).toEqual(['adam'])
    expect(asked).toEqual(['username ^= "ada"', 'username ^= "adam"'])
  })

  it('asks once for everything typed in a small pool, and finds any part of a name', async () => {
    const { typed, asked } = setUp({ traits: { users: 4, madeUpUsernames: false } })
    expect(await typed('rac')).toEqual(['grace'])
    expect(await typed('example')).toEqual(['ada', 'adam', 'adele', 'grace'])
    expect(await typed('adam@')).toEqual(['adam'])
    expect(await typed('nobody')).toEqual([])
    expect(asked).toEqual(['everybody'])
  })

  it('falls back to prefixes when a pool has grown past its estimate', async () => {
    const { typed, asked } = setUp({ page: 2, traits: { users: 2, madeUpUsernames: false } })
    expect(await typed('gra')).toEqual(['grace'])
    expect(asked).toEqual(['everybody', 'username ^= "gra"'])
  })

  it('goes on from usernames to e-mails only when there is no such username', async () => {
    const { typed, asked } = setUp({ traits: { users: 500, madeUpUsernames: true } })
    expect(await typed('gra')).toEqual(['grace'])
    expect(asked).toEqual(['email ^= "gra"'])
  })

  it('does not mix pools, nor people who type different things', async () => {
    const { search, breathe, asked } = setUp()
    const searches = [search(pool, 'ada@'), search(other, 'ada@e'), search(pool, 'grace@')]
    breathe()
    const names = (await Promise.all(searches)).map((rows) => rows.map(({ username }) => username))
    expect(names).toEqual([['ada'], ['ada'], ['grace']])
    expect(asked).toHaveLength(3)
  })

  it('remembers an answer for thirty seconds', async () => {
    const { typed, asked, clock } = setUp()
    await typed('ada@')
    clock.ms = 30_000
    await typed('ada@')
    expect(asked).toHaveLength(1)
    clock.ms = 30_001
    await typed('ada@')
    expect(asked).toHaveLength(2)
  })

  it('tells everybody in a burst of a failure, and asks anew afterwards', async () => {
    const { search, breathe, typed, fail } = setUp()
    fail(true)
    const burst = [search(pool, 'ada@'), search(pool, 'ada@e')]
    breathe()
    expect((await Promise.allSettled(burst)).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ])
    fail(false)
    expect(await typed('ada@e')).toEqual(['ada'])
  })

  it('asks nothing for two characters', async () => {
    const { typed, asked } = setUp()
    expect(await typed('ad')).toEqual([])
    expect(asked).toEqual([])
  })
})
