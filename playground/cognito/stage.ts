import { buildPool, buildUser } from './build.ts'
import type { Json } from './json.ts'
import type { Pool } from './pool.ts'
import type { PoolSpec, UserSpec } from './specs.ts'
import { changePool, changeUser } from './state.ts'
import { userOf } from './names.ts'
import type { State } from './state.ts'
import type { UnknownMember } from './tampering.ts'
import type { User } from './user.ts'

/** What tests and the playground's page may see and do behind the service's back. */
export interface Stage {
  all(): readonly Pool[]
  /** Throws when there is no such pool. */
  get(poolId: string): Pool
  addPool(spec: PoolSpec): Pool
  addUser(poolId: string, spec: UserSpec): User
  /** By username, sub or alias; throws when there is nobody. */
  user(poolId: string, name: string): Readonly<User>
  /** Everybody, in order. */
  users(poolId: string): readonly Readonly<User>[]
  /** Somebody else's change, with its date and its notice. */
  change(poolId: string, name: string, change: (user: User) => void): void
  changeSettings(poolId: string, change: (pool: Pool) => void): void
  /**
   * After the n-th DescribeUserPool (the first unless said) or the n-th UpdateUserPool from now,
   * `path` has another value (undefined: is gone); `mfa:` before a path means the MFA configuration.
   */
  drift(
    poolId: string,
    drift: {
      path: string
      value: Json | undefined
      afterDescribes?: number
      afterUpdates?: number
    },
  ): void
  /** Answers carry a member that the SDK does not know, until an update that leaves it out. */
  injectUnknown(
    poolId: string,
    member: { path: string; value: Json; operation?: UnknownMember['operation'] },
  ): void
}

export function createStage(state: State): Stage {
  const get = (poolId: string): Pool => {
    const pool = state.pools.get(poolId)
    if (pool) return pool
    throw new Error(`The local Cognito has no pool ${poolId}.`)
  }
  return {
    all: () => [...state.pools.values()],
    get,
    addPool: (spec) => {
      const pool = buildPool(spec, state.pools.size, state.now())
      state.pools.set(pool.id, pool)
      state.changed({ poolId: pool.id, username: undefined })
      return pool
    },
    addUser: (poolId, spec) => {
      const pool = get(poolId)
      const user = buildUser(pool, spec, state.now())
      pool.users.add(user, state.now(), state.switches.listLagMs > 0)
      state.changed({ poolId, username: user.username })
      return user
    },
    user: (poolId, name) => userOf(get(poolId), name),
    users: (poolId) => [...get(poolId).users.after(-1, undefined, undefined)],
    change: (poolId, name, change) => {
      const user = userOf(get(poolId), name)
      changeUser(state, get(poolId), user, () => change(user))
    },
    changeSettings: (poolId, change) => {
      const pool = get(poolId)
      changePool(state, pool, () => change(pool))
    },
    drift: (poolId, { path, value, afterDescribes = 1, afterUpdates }) => {
      const after = afterUpdates === undefined ? 'DescribeUserPool' : 'UpdateUserPool'
      get(poolId).drifts.push({ path, value, after, left: afterUpdates ?? afterDescribes })
    },
    injectUnknown: (poolId, { path, value, operation = 'DescribeUserPool' }) => {
      get(poolId).unknownMembers.push({ operation, path, value })
    },
  }
}
