import {
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  GetUserPoolMfaConfigResponse$,
  UserPoolType$,
} from '@aws-sdk/client-cognito-identity-provider'
import type { Json, JsonObject } from '../core/canonical.ts'
import type { PoolRef, PoolSnapshot } from '../core/directory.ts'
import { send, type Wire } from './call.ts'
import { keepRaw, unknownMembers } from './unknown-members.ts'

/** A pool as it is now: two calls, side by side. */
export async function readSnapshot(
  wire: Wire,
  pool: PoolRef,
  now: () => number,
): Promise<PoolSnapshot> {
  const readAt = now()
  const describe = new DescribeUserPoolCommand({ UserPoolId: pool.id })
  const mfaConfig = new GetUserPoolMfaConfigCommand({ UserPoolId: pool.id })
  const [rawPool, rawMfa] = [keepRaw(describe), keepRaw(mfaConfig)]
  const [described, configured] = await Promise.all([
    send(wire, 'DescribeUserPool', describe),
    send(wire, 'GetUserPoolMfaConfig', mfaConfig),
  ])
  const { $metadata: _metadata, ...mfa } = configured
  const settings = jsonOf(described.UserPool ?? {})
  return {
    pool: { ...pool, name: typeof settings['Name'] === 'string' ? settings['Name'] : pool.name },
    settings,
    mfa: jsonOf(mfa),
    unknown: [
      ...unknownMembers(memberOf(rawPool(), 'UserPool'), UserPoolType$),
      ...unknownMembers(rawMfa(), GetUserPoolMfaConfigResponse$).map((path) => `mfa:${path}`),
    ],
    readAt,
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

/** Dates become ISO 8601 text, absent members stay absent. */
function jsonOf(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as Exclude<Json, null> as JsonObject
}
