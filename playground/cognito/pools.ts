import type { Input } from './constraints.ts'
import { epochSeconds } from './json.ts'
import type { Json, JsonObject } from './json.ts'
import { page } from './pages.ts'
import type { Pool } from './pool.ts'
import type { PoolSettings } from './pool-settings.ts'
import { poolOf } from './state.ts'
import type { Call } from './state.ts'
import { withMember } from './tampering.ts'
import type { UnknownMember } from './tampering.ts'

export function listUserPools(input: Input<'ListUserPools'>, call: Call): JsonObject {
  const { NextToken: token, ...parameters } = input
  const mine = [...call.state.pools.values()].filter(
    (pool) => pool.account === call.account && pool.region === call.region,
  )
  const request = { operation: 'ListUserPools', parameters, token, limit: input.MaxResults }
  const found = page(call, request, (seq) => mine.filter((pool) => pool.seq > seq))
  return { UserPools: found.items.map(summary), ...(found.token && { NextToken: found.token }) }
}

const summary = (pool: Pool): JsonObject => ({
  Id: pool.id,
  Name: pool.settings.Name,
  LambdaConfig: pool.settings.LambdaConfig ?? {},
  ...dates(pool),
})

const dates = (pool: Pool): JsonObject => ({
  LastModifiedDate: epochSeconds(pool.modifiedAt),
  CreationDate: epochSeconds(pool.createdAt),
})

export function describeUserPool(input: Input<'DescribeUserPool'>, call: Call): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const shown = { UserPool: withUnknown(pool, 'DescribeUserPool', describedPool(pool)) }
  applyDrifts(call, pool)
  return shown
}

/** A pool as Cognito tells it. The default levels are merged in where it has names of its own. */
export function describedPool(pool: Pool): JsonObject {
  const { AcrConfiguration: levels } = pool.settings
  return structuredClone({
    Id: pool.id,
    ...pool.settings,
    ...(levels === undefined ? {} : { AcrConfiguration: { ...defaultLevels, ...levels } }),
    ...dates(pool),
    EstimatedNumberOfUsers: pool.users.size,
    Arn: `arn:aws:cognito-idp:${pool.region}:${pool.account}:userpool/${pool.id}`,
  })
}

const defaultLevels = Object.fromEntries(
  [1, 2, 3, 4].map((level) => [`Level${level}`, { AcrValue: `urn:cognito:loa:${level}` }]),
)

export function getUserPoolMfaConfig(input: Input<'GetUserPoolMfaConfig'>, call: Call): JsonObject {
  const pool = poolOf(call, input.UserPoolId)
  const MfaConfiguration = pool.settings.MfaConfiguration ?? 'OFF'
  const answer = structuredClone({ ...pool.mfa, MfaConfiguration })
  return withUnknown(pool, 'GetUserPoolMfaConfig', answer) as JsonObject
}

function withUnknown(pool: Pool, operation: UnknownMember['operation'], answer: Json): Json {
  return pool.unknownMembers
    .filter((member) => member.operation === operation)
    .reduce((shown, { path, value }) => withMember(shown, path, value), answer)
}

function applyDrifts(call: Call, pool: Pool): void {
  for (const drift of pool.drifts) drift.describesLeft--
  const due = pool.drifts.filter(({ describesLeft }) => describesLeft <= 0)
  pool.drifts = pool.drifts.filter((drift) => !due.includes(drift))
  if (due.length === 0) return
  for (const { path, value } of due)
    pool.settings = withMember(pool.settings, path, value) as PoolSettings
  pool.modifiedAt = Math.max(call.state.now(), pool.modifiedAt + 1)
  call.state.changed({ poolId: pool.id, username: undefined })
}
