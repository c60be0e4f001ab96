import { describe, expect, it } from 'vitest'
import {
  adminOnlyPool,
  caseInsensitivePool,
  crowdedPool,
  emailSignInPool,
  legacyDaysPool,
  legacyRecoveryPool,
  pagedPool,
} from '../../playground/cognito/fixtures.ts'
import { customers } from '../../playground/cognito/seed.ts'
import { Refusal } from '../../src/core/refusal.ts'
import { containing, CUSTOMERS, localDirectory } from './local.ts'

const PAGED = 'eu-west-1_PAGED0001'

describe('the profile of a pool', () => {
  it('carries what operations on users need', async () => {
    await using local = await localDirectory()
    expect(await local.directory.pool(CUSTOMERS)).toEqual({
      id: CUSTOMERS,
      name: 'customers',
      environment: 'prod',
      account: 'main',
      region: 'eu-west-1',
      passwordPolicy: customers.settings.Policies?.PasswordPolicy,
      temporaryPasswordDays: 3,
      recovery: ['verified_email'],
    })
  })

  it('knows old ways to say how long a password is valid and how people recover', async () => {
    const pools = [adminOnlyPool, legacyDaysPool, legacyRecoveryPool]
    await using local = await localDirectory({ world: { pools } })
    const { directory } = local
    expect((await directory.pool('eu-west-1_ADMINONLY')).recovery).toEqual(['admin_only'])
    expect((await directory.pool('eu-west-1_RECOVERY1')).recovery).toBeUndefined()
    expect((await directory.pool('eu-west-1_LEGACY001')).temporaryPasswordDays).toBe(2)
    expect((await directory.pool('eu-west-1_ADMINONLY')).temporaryPasswordDays).toBe(7)
  })

  it('reads zero days as Cognito’s default', async () => {
    await using local = await localDirectory()
    local.cognito.pools.changeSettings(CUSTOMERS, ({ settings }) => {
      settings.Policies = { PasswordPolicy: { TemporaryPasswordValidityDays: 0 } }
    })
    expect((await local.directory.pool(CUSTOMERS)).temporaryPasswordDays).toBe(7)
  })

  it('is read once for everybody who asks at once, and again after a minute', async () => {
    await using local = await localDirectory()
    const { directory, clock, operations } = local
    directory.prefetch(CUSTOMERS)
    expect(directory.knownPool(CUSTOMERS)).toBeUndefined()
    await Promise.all([directory.pool(CUSTOMERS), directory.pool(CUSTOMERS)])
    expect(directory.knownPool(CUSTOMERS)?.name).toBe('customers')
    clock.ms += 60_000
    await directory.pool(CUSTOMERS)
    expect(operations()).toEqual(['DescribeUserPool'])
    clock.ms += 1
    expect(directory.knownPool(CUSTOMERS)).toBeUndefined()
    await directory.pool(CUSTOMERS)
    expect(operations()).toHaveLength(2)
  })

  it('is asked for again after a failure, which a prefetch keeps to itself', async () => {
    await using local = await localDirectory()
    const { directory, cognito } = local
    cognito.fail({ operation: 'DescribeUserPool', kind: 'access-denied' })
    directory.prefetch(CUSTOMERS)
    directory.prefetch('eu-west-1_NOWHERE00')
    await expect(directory.pool(CUSTOMERS)).rejects.toThrow('role does not allow')
    expect((await directory.pool(CUSTOMERS)).name).toBe('customers')
  })

  it('of a pool that is not managed is refused at its field', async () => {
    await using local = await localDirectory({
      rules: [{ match: { name: 'dev-*' }, environment: 'dev' }],
    })
    const asked = local.directory.pool(CUSTOMERS)
    await expect(asked).rejects.toThrow(Refusal)
    await expect(asked).rejects.toMatchObject({
      message: `${CUSTOMERS} is not a pool that Lifeguard manages. Choose one from the list.`,
      field: 'pool',
    })
    expect(local.directory.knownPool(CUSTOMERS)).toBeUndefined()
    expect(local.operations()).toEqual([])
  })
})

describe('a user', () => {
  it('is read fresh each time', async () => {
    await using local = await localDirectory()
    const { directory, cognito } = local
    expect(await directory.user(CUSTOMERS, 'evelyn')).toMatchObject({
      username: 'evelyn',
      status: 'CONFIRMED',
      enabled: true,
      email: 'evelyn@example.com',
      emailVerified: true,
      name: 'Evelyn Boyd',
      mfa: ['EMAIL_OTP'],
      pool: { name: 'customers', environment: 'prod' },
    })
    cognito.pools.change(CUSTOMERS, 'evelyn', (user) => {
      user.enabled = false
    })
    expect((await directory.user(CUSTOMERS, 'evelyn')).enabled).toBe(false)
  })

  it.each([
    ['alan', { status: 'CONFIRMED', emailVerified: false }],
    ['hedy', { enabled: false }],
    ['alonzo', { email: undefined, phone: '+12025550100', phoneVerified: true }],
    ['O"Brien\\', { username: 'O"Brien\\', name: "Morgan O'Brien" }],
    ['google_104857600000000000001', { status: 'EXTERNAL_PROVIDER' }],
    ['niklaus', { status: 'ARCHIVED' }],
  ])('%s is told as they are', async (name, expected) => {
    await using local = await localDirectory()
    expect(await local.directory.user(CUSTOMERS, name)).toMatchObject(expected)
  })

  it('is found by e-mail with one call where the e-mail is an alias', async () => {
    await using local = await localDirectory({
      world: { pools: [emailSignInPool, caseInsensitivePool] },
    })
    const { directory, operations } = local
    expect((await directory.user('eu-west-1_EMAIL0001', 'ada@example.com')).username).toMatch(
      /^6b0f/,
    )
    expect((await directory.user('eu-west-1_UNCASED01', 'ada@example.com')).username).toBe('Ada')
    expect(operations()).toEqual(['AdminGetUser', 'AdminGetUser'])
  })

  it('is found by e-mail with a search where it is none', async () => {
    await using local = await localDirectory()
    const user = await local.directory.user(CUSTOMERS, 'Ada@Example.com')
    expect(user.username).toBe('ada')
    expect(local.operations()).toEqual(['AdminGetUser', 'ListUsers', 'ListUsers', 'AdminGetUser'])
  })

  it('is not guessed when two share an e-mail', async () => {
    await using local = await localDirectory()
    local.cognito.pools.addUser(CUSTOMERS, {
      username: 'ada.second',
      attributes: { email: 'ada@example.com' },
    })
    await expect(local.directory.user(CUSTOMERS, 'ada@example.com')).rejects.toMatchObject({
      name: 'Refusal',
      field: 'user',
      message: containing('Choose the right one by username'),
    })
  })

  it.each(['nobody', 'nobody@example.com', 'a" or "@b'])(
    'who is not there is refused at its field: %s',
    async (name) => {
      await using local = await localDirectory()
      await expect(local.directory.user(CUSTOMERS, name)).rejects.toMatchObject({
        name: 'Refusal',
        field: 'user',
        message:
          'There is no such user in customers. Check the spelling, or choose a user from the list.',
      })
    },
  )

  it('whose pool is gone is told so', async () => {
    await using local = await localDirectory()
    local.cognito.fail({ operation: 'AdminGetUser', kind: 'new-error-name' })
    await expect(local.directory.user(CUSTOMERS, 'ada')).rejects.toMatchObject({
      name: 'CloudFault',
      code: 'BrandNewRuleException',
    })
  })
})

describe('the groups of a user', () => {
  it('are read to the last page, by username or by e-mail', async () => {
    const all = Array.from({ length: 70 }, (_, n) => `group-${n}`)
    await using local = await localDirectory({ world: { pools: [pagedPool] } })
    local.cognito.pools.change(PAGED, 'user-001', (user) => {
      for (const name of all) user.groups.add(name)
    })
    const groupsOf = async (name: string) =>
      (await local.directory.userGroups(PAGED, name)).map((group) => group.name)
    expect((await groupsOf('user-001')).toSorted()).toEqual(all.toSorted())
    expect(await groupsOf('user-1@example.com')).toHaveLength(70)
    expect(await groupsOf('user-002')).toEqual([])
    await expect(groupsOf('nobody')).rejects.toThrow('no such user')
  })
})

describe('a search', () => {
  it('takes one call for a burst, and knows afterwards whom it showed', async () => {
    await using local = await localDirectory()
    const { directory, operations } = local
    const burst = ['gra', 'grac', 'grace', 'grace@', 'grace@ex'].map((text) =>
      directory.search(CUSTOMERS, text, 10),
    )
    expect((await Promise.all(burst)).at(-1)).toMatchObject([{ username: 'grace' }])
    await directory.search(CUSTOMERS, 'grace@example.com', 10)
    expect(operations()).toEqual(['ListUsers'])
    const known = directory.knownUser(CUSTOMERS, 'grace')
    expect(known?.email).toBe('grace@example.com')
    expect(directory.knownUser(CUSTOMERS, known?.sub ?? '')).toBe(known)
    expect(directory.knownUser(CUSTOMERS, 'ada')).toBeUndefined()
    local.clock.ms += 10 * 60_000 + 1
    expect(directory.knownUser(CUSTOMERS, 'grace')).toBeUndefined()
  })

  it.each([
    ['by e-mail', 'mary.s', ['mary2']],
    ['by username', 'edsg', ['edsger']],
    ['by phone number', '+1 202', ['alonzo']],
    ['by name, however it is typed', 'ada love', ['ada']],
    ['by family name from a small pool', 'lamarr', ['hedy']],
    ['by a name with a quote and a backslash', 'O"Brien\\', ['O"Brien\\']],
    ['by everybody of the same name', 'Mary Smith', ['mary', 'mary2']],
    ['by a filter of its own making', 'x" or username ^= "ada', []],
  ])('finds people %s', async (_case, text, expected) => {
    await using local = await localDirectory()
    const found = async () =>
      (await local.directory.search(CUSTOMERS, text, 10)).map(({ username }) => username)
    const filtered = text === 'lamarr' ? [] : expected
    expect(await found()).toEqual(filtered)
    await local.directory.pool(CUSTOMERS)
    local.clock.ms += 31_000
    expect(await found()).toEqual(expected)
  })

  it('among a million takes one call and gives no more rows than asked for', async () => {
    await using local = await localDirectory({ world: { pools: [crowdedPool(1_000_000)] } })
    const { directory, operations } = local
    await directory.pool('eu-west-1_CROWD0001')
    expect(await directory.search('eu-west-1_CROWD0001', 'member-000123', 100)).toHaveLength(10)
    expect(await directory.search('eu-west-1_CROWD0001', 'member-', 100)).toHaveLength(25)
    expect(operations()).toEqual(['DescribeUserPool', 'ListUsers', 'ListUsers'])
  })

  it('reads on over empty pages', async () => {
    await using local = await localDirectory()
    local.cognito.switches.emptyPages = true
    const rows = await local.directory.search(CUSTOMERS, 'grace@', 10)
    expect(rows).toMatchObject([{ username: 'grace' }])
  })

  it('fails with a sentence, and not for long', async () => {
    await using local = await localDirectory({ timing: { read: 200 } })
    local.cognito.fail({ operation: 'ListUsers', kind: 'hang', times: 5 })
    await expect(local.directory.search(CUSTOMERS, 'grace@', 10)).rejects.toMatchObject({
      kind: 'not-sent',
      message: 'Cognito did not answer in time. Nothing was changed. Try again in a moment.',
    })
  })
})

describe('a read', () => {
  it('is repeated after what may pass, and counted once', async () => {
    await using local = await localDirectory()
    local.cognito.fail({ operation: 'AdminGetUser', kind: 'reset-before-commit' })
    expect((await local.directory.user(CUSTOMERS, 'ada')).username).toBe('ada')
    expect(local.operations()).toEqual(['AdminGetUser', 'AdminGetUser'])
    expect(local.seen.calls).toEqual([
      {
        account: 'main',
        region: 'eu-west-1',
        call: 'AdminGetUser',
        ms: local.seen.calls[0]?.ms,
        attempts: 2,
        awsRequestId: local.cognito.requests[1]?.requestId,
        error: undefined,
      },
    ])
  })

  it('that is refused is counted with the name of the error and its request id', async () => {
    await using local = await localDirectory()
    local.cognito.fail({ operation: 'AdminGetUser', kind: 'access-denied' })
    await expect(local.directory.user(CUSTOMERS, 'ada')).rejects.toThrow('role does not allow')
    expect(local.seen.calls).toMatchObject([
      { error: 'AccessDeniedException', awsRequestId: local.cognito.requests[0]?.requestId },
    ])
  })
})
