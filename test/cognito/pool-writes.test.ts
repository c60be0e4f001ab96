import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/core/canonical.ts'
import type { PoolSnapshot, SettingChange } from '../../src/core/directory.ts'
import type { CallRecord } from '../../src/core/ports.ts'
import { Refusal } from '../../src/core/refusal.ts'
import { defaultSettings, filled, withDays } from '../../playground/cognito/pool-defaults.ts'
import { richPool } from '../../playground/cognito/rich-pool.ts'
import { differences } from '../../src/domain/pool/difference.ts'
import { expectedAfter, isProven, proof, updateRequest } from '../../src/domain/pool/change.ts'
import { valueAt } from '../../src/domain/pool/paths.ts'
import { SETTINGS } from '../../src/domain/pool/settings.ts'
import type { PoolSettings } from '../../playground/cognito/pool-settings.ts'
import { anySettings, valueFor } from '../domain/pool/arbitrary.ts'
import { member } from '../fakes/people.ts'
import { keys, localDirectory } from './local.ts'
import type { Wire } from '../../src/cognito/call.ts'
import { createPoolAct } from '../../src/cognito/pool-writes.ts'

const RICH = richPool.id ?? ''
const MODES = ['reset', 'keep', 'mixed'] as const
/** What Cognito adds to a structure that a change brings, written apart from what the bot knows of it. */
const FILLED_IN: Readonly<Record<string, readonly string[]>> = {
  DeviceConfiguration: [
    'DeviceConfiguration.ChallengeRequiredOnNewDevice',
    'DeviceConfiguration.DeviceOnlyRememberedOnUserPrompt',
  ],
  DcrConfiguration: ['DcrConfiguration.OpenDcrEnabled'],
}
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
      const anyChange = fc.constantFrom(...SETTINGS.values()).chain((setting) =>
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
            pool.settings = withDays(
              filled({ ...defaultSettings(), ...(own as unknown as PoolSettings) }, {}),
            )
            pool.mfa = { SoftwareTokenMfaConfiguration: { Enabled: true } }
          })
          local.cognito.clearRequests()
          // A change that has ended in the same millisecond would be looked at once more.
          local.clock.ms += 1
          const before = await local.directory.snapshot(id)
          fc.pre(isAccepted(before, change))
          local.cognito.clearRequests()
          const { after } = await changed(local, before, [change])
          expect(callsSent(local)).toEqual(AN_UPDATE)
          const planned = differences(before, expectedAfter(before, [change]))
          expect(differences(before, after)).toEqual(planned)
          const others = planned.map(({ path }) => path).filter((path) => path !== change.path)
          expect(FILLED_IN[change.path.split('.')[0] ?? ''] ?? []).toEqual(
            expect.arrayContaining(others),
          )
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
    await expect(changed(local, before, changes)).rejects.toThrow(
      'Somebody else is changing this at the same moment. Nothing was changed. Try again in a moment.',
    )
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

  it('waits for another change of ours, and is refused when that has moved what was read', async () => {
    await using local = await localDirectory({ world: { pools: [richPool] } })
    const before = await local.directory.snapshot(RICH)
    const other = [{ path: 'Policies.PasswordPolicy.MinimumLength', value: 40 }]
    const [first, second] = await Promise.allSettled([
      changed(local, before, other),
      changed(local, before, changes),
    ])
    expect(first.status).toBe('fulfilled')
    expect(String(second.status === 'rejected' && second.reason)).toMatch(
      /Somebody else has just changed this pool: Minimum length\. Nothing was changed here/,
    )
    local.clock.ms += 1
    const now = await local.directory.snapshot(RICH)
    local.cognito.clearRequests()
    const { after } = await changed(local, now, changes)
    expect(callsSent(local)).toEqual(AN_UPDATE)
    expect(valueAt(after.settings, 'Policies.PasswordPolicy.MinimumLength')).toBe(40)
  })

  it('shows what moved right after the write', async () => {
    await using local = await localDirectory({ world: { pools: [richPool] } })
    const before = await local.directory.snapshot(RICH)
    local.cognito.pools.drift(RICH, {
      path: 'UserPoolTags',
      value: { env: 'other' },
      afterUpdates: 1,
    })
    const { after } = await changed(local, before, changes)
    expect(proof(before, changes, after).unexpected.map(({ path }) => path)).toEqual([
      'UserPoolTags',
    ])
  })
})

describe('what AWS refuses', () => {
  const role = 'arn:aws:iam::111111111111:role/not-passed'

  it('a role that cannot be passed: it is named, with what to do, and nothing was changed', async () => {
    await using refusing = await refusingService(
      'AccessDeniedException',
      `User: arn:aws:sts::111111111111:assumed-role/lifeguard/x is not authorized to perform: iam:PassRole on resource: ${role}`,
    )
    await using local = await localDirectory({ world: { pools: [richPool] } })
    const before = await local.directory.snapshot(RICH)
    const act = refusing.act(local)
    const sentence = `Lifeguard may not pass the role ${role} to Cognito (iam:PassRole). Nothing was changed. Choose another role, or ask whoever runs Lifeguard to allow this one.`
    await expect(
      act.changePool(before, [{ path: 'SmsConfiguration.SnsCallerArn', value: role }]),
    ).rejects.toThrow(sentence)
    const request = { PoolName: 'dev-made', SmsConfiguration: { SnsCallerArn: role } }
    await expect(act.createPool({ place: before.pool, request })).rejects.toThrow(sentence)
    expect(local.operations()).not.toContain('UpdateUserPool')
  })

  it('a second factor whose delivery has gone meanwhile', async () => {
    const {
      SmsConfiguration: _sms,
      SmsAuthenticationMessage: _text,
      ...settings
    } = richPool.settings
    const pool = { ...richPool, settings: { ...settings, MfaConfiguration: 'OFF' as const } }
    await using local = await localDirectory({
      world: { pools: [{ ...pool, mfa: { SoftwareTokenMfaConfiguration: { Enabled: true } } }] },
    })
    const before = await local.directory.snapshot(RICH)
    local.cognito.pools.changeSettings(RICH, (one) => {
      one.mfa = { SoftwareTokenMfaConfiguration: { Enabled: false } }
    })
    const changes = [{ path: 'MfaConfiguration', value: 'OPTIONAL' }]
    await expect(changed(local, before, changes)).rejects.toThrow(
      'Cognito turns a second factor on only where one is set up, and here it asks for SMS: “SMS configuration and Auto verification for phone_number are required when MFA is required/optional” Nothing was changed.',
    )
  })

  it('a pool that cannot be read back was changed all the same', async () => {
    await using local = await localDirectory({ world: { pools: [richPool] } })
    const before = await local.directory.snapshot(RICH)
    local.cognito.fail({ operation: 'DescribeUserPool', kind: 'access-denied' })
    await expect(
      changed(local, before, [{ path: 'DeletionProtection', value: 'INACTIVE' }]),
    ).rejects.toMatchObject({
      kind: 'unknown',
      call: 'UpdateUserPool',
      message:
        'AWS did what was asked, and then the pool could not be read back. Look at the pool.',
    })
    expect(local.cognito.pools.get(RICH).settings.DeletionProtection).toBe('INACTIVE')
  })
})

/** A service that refuses every write, and the act of a directory that would send its writes there. */
async function refusingService(type: string, message: string) {
  const server = createServer((_request, response) => {
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' })
    response.end(JSON.stringify({ __type: type, message }))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const client = new CognitoIdentityProviderClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: keys,
    maxAttempts: 1,
  })
  const wire: Wire = {
    client,
    target: { account: 'main', region: 'eu-west-1' },
    purpose: 'write',
    deadlineMs: 10_000,
    onCall: () => undefined,
  }
  return {
    act: ({ directory, clock }: Local) =>
      createPoolAct({
        witness: { before: async () => undefined, after: () => undefined },
        now: () => clock.ms,
        random: () => 0,
        wireFor: () => wire,
        read: ({ id }) => directory.snapshot(id),
        pause: async () => undefined,
        created: () => undefined,
        alone: (_pool, work) => work(undefined),
      }),
    async [Symbol.asyncDispose]() {
      client.destroy()
      server.close()
      server.closeAllConnections()
    },
  }
}

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
  const place = {
    id: 'new',
    name: 'dev-made',
    environment: 'dev',
    account: 'main',
    region: 'eu-west-1',
  }
  const witness = { before: async () => undefined, after: () => undefined }

  it('is there, with its second factor as the second step', async () => {
    await using local = await localDirectory()
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

  it('has its second factor when only the answer to the second step was lost', async () => {
    await using local = await localDirectory()
    local.cognito.fail({ operation: 'SetUserPoolMfaConfig', kind: 'internal-error-after-commit' })
    const made = await local.directory.act(member('U0ADA'), witness).createPool({
      place,
      request: { PoolName: 'dev-made' },
      mfa: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } },
    })
    expect(made.withoutMfa).toBeUndefined()
    expect(made.snapshot.mfa['MfaConfiguration']).toBe('OPTIONAL')
  })

  it('says so when the second step fails', async () => {
    await using local = await localDirectory()
    local.cognito.fail({ operation: 'SetUserPoolMfaConfig', kind: 'access-denied' })
    const made = await local.directory.act(member('U0ADA'), witness).createPool({
      place,
      request: { PoolName: 'dev-made' },
      mfa: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } },
    })
    // The pool is there: that nothing was changed would not be true.
    expect(made.withoutMfa).toBe(
      'Lifeguard’s AWS role does not allow this. Ask whoever runs Lifeguard.',
    )
    expect(made.snapshot.mfa['MfaConfiguration']).toBe('OFF')
  })
})
