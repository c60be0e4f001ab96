import { describe, expect, it } from 'vitest'
import type { World } from '../../playground/cognito/index.ts'
import type { ListedPool, PoolPage } from '../../src/cognito/reads.ts'
import {
  createPoolIndex,
  type IndexOptions,
  type TargetState,
} from '../../src/cognito/pool-index.ts'
import { containing, environments, localDirectory } from './local.ts'

const ROLE = 'arn:aws:iam::222222222222:role/lifeguard-read'
const world: World = {
  roles: [{ arn: ROLE, externalId: 'lifeguard-example' }],
  pools: [
    { id: 'eu-west-1_AAAAAAAA1', settings: { Name: 'customers' } },
    { id: 'eu-west-1_AAAAAAAA2', settings: { Name: 'dev-customers' } },
    { id: 'us-east-1_BBBBBBBB1', region: 'us-east-1', settings: { Name: 'customers' } },
    {
      id: 'eu-west-1_CCCCCCCC1',
      account: '222222222222',
      settings: { Name: 'partners', UserPoolTags: { env: 'staging' } },
    },
    {
      id: 'us-east-1_DDDDDDDD1',
      account: '222222222222',
      region: 'us-east-1',
      settings: { Name: 'scratch' },
    },
  ],
}
const accounts = [
  { name: 'main', regions: ['eu-west-1', 'us-east-1'] },
  {
    name: 'other',
    regions: ['eu-west-1', 'us-east-1'],
    roleArn: ROLE,
    externalId: 'lifeguard-example',
  },
]

describe('the index over two accounts and two Regions', () => {
  it('knows where each pool lives, with one sign-in to the role and one call per target', async () => {
    await using local = await localDirectory({ accounts, world })
    const { directory, seen } = local
    expect(local.startup.toSorted()).toEqual([
      'AssumeRole',
      ...Array.from({ length: 4 }, () => 'ListUserPools'),
    ])
    const rows = directory.pools.all().map((one) => `${one.account} ${one.region} ${one.name}`)
    expect(rows).toEqual([
      'main eu-west-1 customers',
      'main us-east-1 customers',
      'main eu-west-1 dev-customers',
      'other eu-west-1 partners',
      'other us-east-1 scratch',
    ])
    expect(directory.pools.named('customers')).toHaveLength(2)
    expect(directory.pools.refreshedAt()).toBe(local.clock.ms)
    await directory.refreshPools()
    expect(local.operations()).toEqual(Array.from({ length: 4 }, () => 'ListUserPools'))
    expect(seen.states.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready', 'ready'])
  })

  it('sends each call to the Region and account of its pool', async () => {
    await using local = await localDirectory({ accounts, world })
    await local.directory.pool('us-east-1_DDDDDDDD1')
    expect(local.cognito.requests).toMatchObject([{ account: '222222222222', region: 'us-east-1' }])
  })

  it('keeps what a failing target last answered, and says so until it is well again', async () => {
    await using local = await localDirectory({ accounts, world })
    const { directory, cognito, clock, seen } = local
    const readAt = clock.ms
    seen.states.length = 0
    clock.ms += 90_000
    cognito.fail({ operation: 'ListUserPools', kind: 'access-denied' })
    await directory.refreshPools()
    expect(directory.pools.all()).toHaveLength(5)
    expect(directory.pools.refreshedAt()).toBe(readAt)
    const ill = directory.targets().find(({ state }) => state === 'degraded')
    expect(ill).toMatchObject({ readAt, why: containing('role does not allow this') })
    await directory.refreshPools()
    expect(seen.states.map(({ state }) => state)).toEqual(['degraded', 'ready'])
    expect(directory.pools.refreshedAt()).toBe(clock.ms)
  })

  it('comes up without the accounts that cannot be reached', async () => {
    const wrong = accounts.map((account) => ({ ...account, externalId: 'wrong-one' }))
    await using local = await localDirectory({ accounts: wrong, world })
    expect(local.directory.pools.all()).toHaveLength(3)
    expect(local.directory.targets().map(({ state }) => state)).toEqual([
      'ready',
      'ready',
      'degraded',
      'degraded',
    ])
    expect(local.directory.pools.refreshedAt()).toBe(local.clock.ms)
  })

  it('sees a new pool, and a pool that went, at the next reading', async () => {
    await using local = await localDirectory({ accounts, world })
    local.cognito.pools.addPool({ id: 'eu-west-1_NEWNEWNEW', settings: { Name: 'new' } })
    await local.directory.refreshPools()
    expect(local.directory.pools.get('eu-west-1_NEWNEWNEW')?.environment).toBe('prod')
  })
})

describe('keeping fresh', () => {
  it('reads at once, shares the reading, and ends with the directory', async () => {
    await using local = await localDirectory({ accounts, world })
    local.cognito.pools.addPool({ id: 'eu-west-1_NEWNEWNEW', settings: { Name: 'new' } })
    local.directory.keepFresh()
    await local.directory.refreshPools()
    expect(local.directory.pools.named('new')).toHaveLength(1)
    expect(local.operations()).toHaveLength(4)
  })
})

describe('warming up', () => {
  it('makes one read per target and never throws', async () => {
    await using local = await localDirectory({ accounts, world })
    local.cognito.fail({ operation: 'ListUserPools', kind: 'access-denied' })
    await local.directory.warmUp()
    expect(local.operations()).toEqual(Array.from({ length: 4 }, () => 'ListUserPools'))
  })

  it('ends when nothing answers', async () => {
    await using local = await localDirectory({ world, timing: { read: 100 } })
    local.cognito.fail({ operation: '*', kind: 'hang', times: 9 })
    await local.directory.warmUp()
    expect(local.directory.targets()).toMatchObject([
      { state: 'degraded', why: containing('did not answer in time') },
    ])
  })
})

/** An index over pages in memory, for one target. */
function indexOver(pages: readonly (readonly ListedPool[])[], change: Partial<IndexOptions> = {}) {
  const clock = { ms: 1_000 }
  const asked: string[] = []
  const states: TargetState[] = []
  const index = createPoolIndex({
    targets: [{ account: 'main', region: 'eu-west-1' }],
    rules: environments,
    list: async (_target, token): Promise<PoolPage> => {
      const page = Number(token ?? 0)
      asked.push(`page ${page}`)
      return { pools: pages[page] ?? [], next: page + 1 < pages.length ? `${page + 1}` : undefined }
    },
    tags: async (_target, { name }): Promise<Record<string, string>> => {
      asked.push(`tags ${name}`)
      return { env: name.startsWith('dev') ? 'dev' : 'prod' }
    },
    now: () => clock.ms,
    onTarget: (state) => states.push(state),
    ...change,
  })
  return { index, asked, clock, states }
}

const listed = (name: string, modifiedAt = 0): ListedPool => ({
  id: `eu-west-1_${name}`,
  name,
  modifiedAt,
  createdAt: 0,
})

describe('reading a target', () => {
  it('follows the pages to the end, sixty pools each', async () => {
    const all = Array.from({ length: 10_000 }, (_, n) => listed(`pool-${n}`))
    const pages = Array.from({ length: 167 }, (_, n) => all.slice(n * 60, n * 60 + 60))
    const { index, asked } = indexOver(pages)
    await index.refresh()
    expect(asked).toHaveLength(167)
    expect(index.all()).toHaveLength(10_000)
  })

  it('shows the first page while the rest of the very first reading is under way', async () => {
    const second = Promise.withResolvers<PoolPage>()
    const { index } = indexOver([], {
      list: async (_target, token) =>
        token === undefined ? { pools: [listed('first')], next: '1' } : second.promise,
    })
    expect(index.refreshedAt()).toBeUndefined()
    await index.warmUp()
    expect(index.refreshedAt()).toBeUndefined()
    const whole = index.refresh()
    await Promise.resolve()
    expect(index.all().map(({ name }) => name)).toEqual(['first'])
    second.resolve({ pools: [listed('second')], next: undefined })
    await whole
    expect(index.all()).toHaveLength(2)
    expect(index.refreshedAt()).toBe(1_000)
  })

  it('is shared by all who want it at once', async () => {
    const { index, asked } = indexOver([[listed('one')]])
    await Promise.all([index.warmUp(), index.refresh(), index.refresh()])
    expect(asked).toEqual(['page 0'])
  })

  it('leaves out pools that no rule matches', async () => {
    const { index } = indexOver([[listed('dev-one'), listed('other')]], {
      rules: [{ match: { name: 'dev-*' }, environment: 'dev' }],
    })
    await index.refresh()
    expect(index.all()).toMatchObject([{ name: 'dev-one', environment: 'dev' }])
  })
})

describe('rules by tag', () => {
  const rules = [
    { match: { name: 'named' }, environment: 'prod' },
    { match: { tags: { env: 'dev' } }, environment: 'dev' },
  ]

  it('cost one call for each pool they decide about, once', async () => {
    const pages = [[listed('named'), listed('dev-a'), listed('other')]]
    const { index, asked, clock } = indexOver(pages, { rules })
    await index.refresh()
    expect(asked).toEqual(['page 0', 'tags dev-a', 'tags other'])
    expect(index.all().map(({ name }) => name)).toEqual(['dev-a', 'named'])
    asked.length = 0
    await index.refresh()
    expect(asked).toEqual(['page 0'])
    clock.ms += 60 * 60_000
    await index.refresh()
    expect(asked.slice(1)).toEqual(['page 0', 'tags dev-a', 'tags other'])
  })

  it('are read again when a pool changed', async () => {
    const page = [listed('dev-a', 1)]
    const { index, asked } = indexOver([page], { rules })
    await index.refresh()
    page[0] = listed('dev-a', 2)
    await index.refresh()
    expect(asked.filter((one) => one.startsWith('tags'))).toHaveLength(2)
  })

  it('that cannot be read leave that pool out, and say so; what was known is kept', async () => {
    const page = [listed('dev-a'), listed('named')]
    let failing = true
    const { index, states } = indexOver([page], {
      rules,
      tags: async () => {
        if (failing) throw new Error('Not allowed.')
        return { env: 'dev' }
      },
    })
    await index.refresh()
    expect(index.all().map(({ name }) => name)).toEqual(['named'])
    expect(states.at(-1)).toMatchObject({
      state: 'degraded',
      why: 'The tags of dev-a could not be read. Not allowed.',
    })
    failing = false
    await index.refresh()
    expect(states.at(-1)).toMatchObject({ state: 'ready' })
    failing = true
    page[0] = listed('dev-a', 9)
    await index.refresh()
    expect(index.get('eu-west-1_dev-a')).toBeDefined()
  })

  it('work against Cognito', async () => {
    await using local = await localDirectory({
      accounts,
      world,
      rules: [{ match: { tags: { env: 'staging' } }, environment: 'staging' }],
    })
    expect(local.directory.pools.all()).toMatchObject([
      { name: 'partners', environment: 'staging' },
    ])
  })
})
