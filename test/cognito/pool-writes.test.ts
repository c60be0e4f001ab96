import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/core/canonical.ts'
import type { PoolSnapshot, SettingChange } from '../../src/core/directory.ts'
import type { CallRecord } from '../../src/core/ports.ts'
import { Refusal } from '../../src/core/refusal.ts'
import { mirrored, settled } from '../../playground/cognito/change-pool.ts'
import { richPool } from '../../playground/cognito/rich-pool.ts'
import { differences } from '../../src/domain/pool/difference.ts'
import { isProven, proof, updateRequest } from '../../src/domain/pool/change.ts'
import { SETTINGS } from '../../src/domain/pool/settings.ts'
import type { PoolSettings } from '../../playground/cognito/pool-settings.ts'
import { anySettings, valueFor } from '../domain/pool/arbitrary.ts'
import { member } from '../fakes/people.ts'
import { localDirectory } from './local.ts'

const RICH = richPool.id ?? ''
const MODES = ['reset', 'keep', 'mixed'] as const
/** The nightly form sets LIFEGUARD_NIGHTLY. */
const POOLS = process.env['LIFEGUARD_NIGHTLY'] === undefined ? 500 : 10_000

type Local = Awaited<ReturnType<typeof localDirectory>>

async function changed(local: Local, before: PoolSnapshot, changes: readonly SettingChange[]) {
  const calls: CallRecord[] = []
  const witness = {
    before: async () => undefined,
    after: (call: CallRecord) => void calls.push(call),
  }
  const after = await local.directory.act(member('U0ADA'), witness).changePool(before, changes)
  return { after, calls }
}

const callsSent = (local: Local) =>
  local.cognito.requests.map(({ operation }) => operation).toSorted()

const AN_UPDATE = ['DescribeUserPool', 'GetUserPoolMfaConfig', 'UpdateUserPool']

describe.each(MODES)(
  'a change of a pool where what is left out is treated as: %s',
  (updateOmission) => {
    it('changes one setting of a pool with every setting, and is proven', async () => {
      await using local = await localDirectory({
        world: { pools: [richPool] },
        switches: { updateOmission },
      })
      const before = await local.directory.snapshot(RICH)
      const changes = [{ path: 'Policies.PasswordPolicy.TemporaryPasswordValidityDays', value: 30 }]
      local.cognito.clearRequests()
      const { after } = await changed(local, before, changes)
      expect(callsSent(local)).toEqual(AN_UPDATE)
      expect(differences(before, after).map(({ path }) => path)).toEqual([
        'Policies.PasswordPolicy.TemporaryPasswordValidityDays',
      ])
      expect(isProven(proof(before, changes, after))).toBe(true)
    })

    it(`changes that setting and nothing else, over ${POOLS} generated pools`, async () => {
      const id = 'eu-west-1_ANY000001'
      await using local = await localDirectory({
        world: { pools: [{ id, settings: { Name: 'any' } }] },
        switches: { updateOmission },
      })
      const anyChange = fc
        .constantFrom(
          ...[...SETTINGS.values()].filter(({ path }) => !path.startsWith('SmsConfiguration')),
        )
        .chain((setting) =>
          valueFor(setting).map((value) => ({
            path: setting.path,
            value: value as Json | undefined,
          })),
        )
      await fc.assert(
        fc.asyncProperty(anySettings, anyChange, async (settings, change) => {
          local.cognito.pools.changeSettings(id, (pool) => {
            const {
              Id: _id,
              Arn: _arn,
              CreationDate: _made,
              LastModifiedDate: _at,
              EstimatedNumberOfUsers: _users,
              ...own
            } = settings
            pool.settings = settled(own as unknown as PoolSettings)
            pool.mfa = mirrored(pool.settings, { SoftwareTokenMfaConfiguration: { Enabled: true } })
          })
          local.cognito.clearRequests()
          const before = await local.directory.snapshot(id)
          fc.pre(isAccepted(before, change))
          local.cognito.clearRequests()
          const { after } = await changed(local, before, [change])
          expect(callsSent(local)).toEqual(AN_UPDATE)
          const moved = differences(before, after).map(({ path }) => path)
          expect(moved.filter((path) => path !== change.path)).toEqual([])
          expect(isProven(proof(before, [change], after))).toBe(true)
        }),
        { numRuns: POOLS, endOnFailure: true },
      )
    }, 1_800_000)
  },
)

function isAccepted(before: PoolSnapshot, change: SettingChange): boolean {
  try {
    updateRequest(before, [change])
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

describe('a change while others change the pool too', () => {
  const changes = [{ path: 'DeletionProtection', value: 'INACTIVE' }]

  it('is sent again when AWS says so and nothing has moved', async () => {
    await using local = await localDirectory({ world: { pools: [richPool] } })
    const before = await local.directory.snapshot(RICH)
    local.cognito.fail({ operation: 'UpdateUserPool', kind: 'concurrent-modification', times: 2 })
    const { after, calls } = await changed(local, before, changes)
    expect(isProven(proof(before, changes, after))).toBe(true)
    expect(calls.map(({ error }) => error)).toEqual([
      'ConcurrentModificationException',
      'ConcurrentModificationException',
      undefined,
    ])
  })

  it('ends after three attempts', async () => {
    await using local = await localDirectory({ world: { pools: [richPool] } })
    const before = await local.directory.snapshot(RICH)
    local.cognito.fail({ operation: 'UpdateUserPool', kind: 'concurrent-modification', times: 9 })
    await expect(changed(local, before, changes)).rejects.toThrow('Nothing was changed')
    expect(
      local.cognito.requests.filter(({ operation }) => operation === 'UpdateUserPool'),
    ).toHaveLength(3)
  })

  it('is not sent again when something has moved, and names it', async () => {
    await using local = await localDirectory({ world: { pools: [richPool] } })
    const before = await local.directory.snapshot(RICH)
    local.cognito.fail({ operation: 'UpdateUserPool', kind: 'concurrent-modification' })
    local.cognito.pools.changeSettings(RICH, (pool) => {
      pool.settings = { ...pool.settings, SmsAuthenticationMessage: 'Another {####}' }
    })
    await expect(changed(local, before, changes)).rejects.toThrow(
      /somebody else.*Text of sign-in codes by SMS.*Nothing was changed/i,
    )
  })

  it('shows what moved right after the write', async () => {
    await using local = await localDirectory({ world: { pools: [richPool] } })
    const before = await local.directory.snapshot(RICH)
    local.cognito.pools.driftAfterUpdate(RICH, { path: 'UserPoolTags', value: { env: 'other' } })
    const { after } = await changed(local, before, changes)
    expect(proof(before, changes, after).unexpected.map(({ path }) => path)).toEqual([
      'UserPoolTags',
    ])
  })
})

describe('members that the SDK does not know', () => {
  it.each([
    ['Brand', { path: 'Brand', value: 1 }],
    ['Policies.PasswordPolicy.New', { path: 'Policies.PasswordPolicy.New', value: true }],
    ['SchemaAttributes[0].X', { path: 'SchemaAttributes[0].X', value: 'x' }],
    ['AcrConfiguration.Level2.X', { path: 'AcrConfiguration.Level2.X', value: 'x' }],
    [
      'mfa:SoftwareTokenMfaConfiguration.X',
      {
        path: 'SoftwareTokenMfaConfiguration.X',
        value: 1,
        operation: 'GetUserPoolMfaConfig' as const,
      },
    ],
  ])('%s is found, and the pool is not written', async (path, unknown) => {
    await using local = await localDirectory({ world: { pools: [richPool] } })
    local.cognito.pools.injectUnknown(RICH, unknown)
    const before = await local.directory.snapshot(RICH)
    expect(before.unknown).toEqual([path])
    const attempt = changed(local, before, [{ path: 'DeletionProtection', value: 'INACTIVE' }])
    await expect(attempt).rejects.toThrow(path)
    expect(callsSent(local)).not.toContain('UpdateUserPool')
  })

  it('there are none in a pool with every member that it knows', async () => {
    await using local = await localDirectory({ world: { pools: [richPool] } })
    expect((await local.directory.snapshot(RICH)).unknown).toEqual([])
  })
})

describe('a pool that is created', () => {
  it('is there, with its second factor as the second step', async () => {
    await using local = await localDirectory()
    const place = {
      id: 'new',
      name: 'dev-made',
      environment: 'dev',
      account: 'main',
      region: 'eu-west-1',
    }
    const witness = { before: async () => undefined, after: () => undefined }
    const made = await local.directory.act(member('U0ADA'), witness).createPool({
      place,
      request: { PoolName: 'dev-made', UserPoolTags: { 'lifeguard:request': 'r1' } },
      mfa: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } },
    })
    expect(made.withoutMfa).toBeUndefined()
    expect(made.snapshot.settings['Name']).toBe('dev-made')
    expect(made.snapshot.mfa['MfaConfiguration']).toBe('OPTIONAL')
    const found = await local.directory.created(place)
    expect(found).toMatchObject([
      { id: made.snapshot.pool.id, tags: { 'lifeguard:request': 'r1' } },
    ])
  })

  it('says so when the second step fails', async () => {
    await using local = await localDirectory()
    const place = {
      id: 'new',
      name: 'dev-made',
      environment: 'dev',
      account: 'main',
      region: 'eu-west-1',
    }
    const witness = { before: async () => undefined, after: () => undefined }
    local.cognito.fail({ operation: 'SetUserPoolMfaConfig', kind: 'access-denied' })
    const made = await local.directory.act(member('U0ADA'), witness).createPool({
      place,
      request: { PoolName: 'dev-made' },
      mfa: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } },
    })
    expect(made.withoutMfa).toMatch(/role does not allow/)
    expect(made.snapshot.mfa['MfaConfiguration']).toBe('OFF')
  })
})
