import type { Input } from './constraints.ts'
import type { Json, JsonObject } from './json.ts'
import { mfaAnswer } from './mfa-view.ts'
import { page } from './pages.ts'
import type { Pool } from './pool.ts'
import { poolAnswer, poolDates } from './pool-view.ts'
import { applyDrifts, poolOf } from './state.ts'
import type { Call } from './state.ts'
import { withMember } from './tampering.ts'
import type { UnknownMember } from './tampering.ts'

export function listUserPools(input: Input<'ListUserPools'>, call: Call): JsonObject {
  const { NextToken: token, ...parameters } = input
  const request = { operation: 'ListUserPools', parameters, token, limit: input.MaxResults }
  const found = page(call, request, (seq) => poolsAfter(call, seq))
  return { UserPools: found.items.map(summary), ...(found.token && { NextToken: found.token }) }
}

/** One by one, so that a page ends the walk; they stand in order of `seq`. */
function* poolsAfter({ state, account, region }: Call, seq: number): Generator<Pool> {
  for (const pool of state.pools.values())
    if (pool.seq > seq && pool.account === account && pool.region === region) yield pool
}

const summary = (pool: Pool): JsonObject => ({
  Id: pool.id,
  Name: pool.settings.Name,
  LambdaConfig: pool.settings.LambdaConfig ?? {},
  ...poolDates(pool),
  ...(pool.surroundings.replicas.length > 0 && {
    ReplicaRegions: pool.surroundings.replicas.map(({ RegionName }) => RegionName),
  }),
})

export function describeUserPool(input: Input<'DescribeUserPool'>, call: Call): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const answer = structuredClone(poolAnswer(pool, call.state.switches))
  const shown = { UserPool: withUnknown(pool, 'DescribeUserPool', answer) }
  applyDrifts(call.state, pool, 'DescribeUserPool')
  return shown
}

export function getUserPoolMfaConfig(input: Input<'GetUserPoolMfaConfig'>, call: Call): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const answer = structuredClone(mfaAnswer(pool.settings, pool.mfa, call.state.switches))
  return withUnknown(pool, 'GetUserPoolMfaConfig', answer) as JsonObject
}

function withUnknown(pool: Pool, operation: UnknownMember['operation'], answer: Json): Json {
  return pool.unknownMembers
    .filter((member) => member.operation === operation)
    .reduce((shown, { path, value }) => withMember(shown, path, value), answer)
}
