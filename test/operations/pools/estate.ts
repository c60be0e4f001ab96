import type { JsonObject } from '../../../src/core/canonical.ts'
import type { CloudFault } from '../../../src/core/cloud-fault.ts'
import type { NewPool, PoolRef, PoolSnapshot, SettingChange } from '../../../src/core/directory.ts'
import type { Mutation, Outcome, Prepared, Query, Resolution } from '../../../src/core/operation.ts'
import type { CreatedPool, Inventory, Look, PoolChange, PoolMade } from '../../../src/core/ports.ts'
import { Refusal } from '../../../src/core/refusal.ts'
import { expectedAfter, updateRequest } from '../../../src/domain/pool/change.ts'
import { actWith } from '../../fakes/act.ts'
import { PROD, STAGING } from '../../fakes/directory.ts'
import { lookWith, NO_STEPS, unused } from '../../fakes/look.ts'

/** 2026-11-26, noon. */
export const NOON = Date.UTC(2026, 10, 26, 12)
export const REASON = 'Ticket 7'
export { PROD, STAGING }

export const INVENTORY: Inventory = {
  environments: ['dev', 'staging', 'prod'],
  accounts: [
    { name: 'main', regions: ['eu-west-1', 'us-east-1'] },
    { name: 'second', regions: ['eu-west-1'] },
  ],
  environmentOf: ({ name, tags }) =>
    tags['env'] ?? ['dev', 'staging', 'prod'].find((one) => name.startsWith(`${one}-`)),
  protectedGroups: [],
  passwordLength: 22,
  bulkMost: 25,
}

/** What a pool has unless a test says otherwise. */
const SETTINGS: JsonObject = {
  MfaConfiguration: 'OFF',
  DeletionProtection: 'ACTIVE',
  UserPoolTier: 'ESSENTIALS',
  EstimatedNumberOfUsers: 3,
  LastModifiedDate: '2026-02-01T00:00:00.000Z',
  Policies: {
    PasswordPolicy: {
      MinimumLength: 12,
      RequireUppercase: true,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: true,
      TemporaryPasswordValidityDays: 7,
    },
  },
}

/** Pools in memory, as a look shows them and a write changes them. */
export class Estate {
  readonly pools = new Map<string, PoolSnapshot>()
  readonly changes: PoolChange[] = []
  readonly made: NewPool[] = []
  readonly written: (readonly SettingChange[])[] = []
  created: readonly CreatedPool[] = []
  refreshedAt: number | undefined = NOON - 60_000
  seen = new Map<string, PoolSnapshot>()
  /** What goes wrong with the next write. */
  fault: CloudFault | undefined
  withoutMfa: string | undefined
  request = 'r1'

  add(ref: PoolRef, settings: JsonObject = {}, more: Partial<PoolSnapshot> = {}): PoolSnapshot {
    const { id, name, environment, account, region } = ref
    const snapshot = {
      pool: { id, name, environment, account, region },
      settings: { Id: id, Name: name, ...SETTINGS, ...settings },
      mfa: { MfaConfiguration: 'OFF' },
      unknown: [],
      readAt: NOON - 30_000,
      ...more,
    }
    this.pools.set(id, snapshot)
    return snapshot
  }

  look(given: Partial<Look> = {}): Look {
    return lookWith({
      inventory: INVENTORY,
      request: this.request,
      now: () => NOON,
      snapshot: async (id) => this.#named(id),
      described: async (id) => this.#named(id),
      lastSeen: (id) => this.seen.get(id),
      poolChanges: async () => this.changes,
      poolName: (id) => `${this.#named(id).pool.name} (${this.#named(id).pool.environment})`,
      created: async () => this.created,
      pools: {
        get: unused,
        count: this.pools.size,
        refreshedAt: this.refreshedAt,
        page: (text, from, count) => {
          const all = [...this.pools.values()].map(({ pool }) => pool)
          const found = all.filter(({ name }) => name.includes(text))
          const next = from + count < found.length ? from + count : undefined
          return { rows: found.slice(from, from + count), next }
        },
      },
      ...given,
    })
  }

  act() {
    return actWith(unused, {
      changePool: async (before, changes) => {
        this.#fail()
        updateRequest(before, changes)
        this.written.push(changes)
        const after = { ...before, ...expectedAfter(before, changes) }
        this.pools.set(before.pool.id, after)
        return after
      },
      createPool: async (draft): Promise<PoolMade> => {
        this.#fail()
        this.made.push(draft)
        const pool = { ...draft.place, id: 'eu-west-1_MADE00001' }
        const { PoolName, ...settings } = draft.request
        const snapshot = {
          pool,
          settings: { ...settings, Id: pool.id, Name: PoolName },
          mfa: draft.mfa ?? {},
          unknown: [],
          readAt: NOON,
        }
        return { snapshot, withoutMfa: this.withoutMfa }
      },
    })
  }

  prepare(operation: Mutation, values: object): Promise<Prepared> {
    return operation.prepare(operation.input.parse({ reason: REASON, ...values }), this.look())
  }

  async carryOut(operation: Mutation, values: object): Promise<Outcome> {
    return (await this.prepare(operation, values)).apply(this.act(), NO_STEPS)
  }

  resolve(operation: Mutation, values: object, image?: PoolSnapshot): Promise<Resolution> {
    const attempted = { request: 'r1', pool: STAGING.id, target: '', since: NOON, image }
    return operation.resolve({ reason: REASON, ...values }, attempted, this.look())
  }

  answer(operation: Query, values: object) {
    return operation.answer({ ...values }, this.look())
  }

  #fail(): void {
    const { fault } = this
    this.fault = undefined
    if (fault) throw fault
  }

  #named(id: string): PoolSnapshot {
    const found = this.pools.get(id)
    if (!found) throw new Refusal('There is no such pool.', { field: 'pool' })
    return found
  }
}
