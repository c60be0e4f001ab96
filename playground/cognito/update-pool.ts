import type { Input } from './constraints.ts'
import type { JsonObject } from './json.ts'
import { hasFactor, mfaFault, smsNeeded, wantsMfa } from './mfa-rules.ts'
import type { Pool } from './pool.ts'
import type { PoolSettings, WritableSettings } from './pool-settings.ts'
import { requestFault } from './pool-rules.ts'
import { invalidParameter, ServiceError } from './service-error.ts'
import { settingsAfter } from './settings-update.ts'
import { applyDrifts, changePool, poolOf } from './state.ts'
import type { Call } from './state.ts'
import type { Switches } from './switches.ts'
import type { UnknownMember } from './tampering.ts'
import { featureFault, tierChangeFault } from './tiers.ts'

export function updateUserPool(input: Input<'UpdateUserPool'>, call: Call): JsonObject {
  const { UserPoolId, PoolName, ...sent } = input
  const pool = poolOf(call, UserPoolId)
  const { settings: current, region } = pool
  const { switches } = call.state
  refuseReplica(pool)
  const fault = requestFault({ sent, current, region, switches })
  if (fault) throw fault
  const after = settingsAfter(current, sent, switches.updateOmission)
  const next = PoolName === undefined ? after : { ...after, Name: PoolName }
  const wrong = outcomeFault(pool, next, switches)
  if (wrong) throw wrong
  changePool(call.state, pool, () => {
    pool.settings = next
    if (switches.updateOmission !== 'keep')
      pool.unknownMembers = pool.unknownMembers.filter((member) => outlives(member, sent))
  })
  applyDrifts(call.state, pool, 'UpdateUserPool')
  return {}
}

/** Below these a request can say nothing, so nothing there is left out of it. */
const beyondReach = new Set(['SchemaAttributes', 'UsernameConfiguration'])

/** A member that nobody carries is lost, as on the real service: the more so one nobody knows. */
function outlives({ operation, path }: UnknownMember, sent: WritableSettings): boolean {
  const [top = ''] = path.split(/[.[]/u)
  const isSilent = top === 'DcrConfiguration' && !sent.DcrConfiguration
  return operation !== 'DescribeUserPool' || isSilent || beyondReach.has(top)
}

function outcomeFault(
  pool: Pool,
  next: PoolSettings,
  switches: Switches,
): ServiceError | undefined {
  const { settings, mfa } = pool
  const turnsOn = settings.MfaConfiguration !== 'ON' && next.MfaConfiguration === 'ON'
  if (turnsOn && switches.updateTurnsMfaOn === 'refuse')
    return invalidParameter(
      'Cannot turn MFA functionality ON, once the user pool has been created.',
    )
  const needsSms = switches.updateMfaWithoutSms === 'refuse' && !next.SmsConfiguration
  if (wantsMfa(next) && (needsSms || !hasFactor(next, mfa))) return invalidParameter(smsNeeded)
  return mfaFault(next, mfa, switches) ?? featureFault(next) ?? tierChangeFault(pool, next)
}

/** A secondary replica takes no writes (stricter: AWS lets some regional settings through). */
export function refuseReplica({ region, surroundings }: Pool): void {
  const own = surroundings.replicas.find(({ RegionName }) => RegionName === region)
  if (own?.Role === 'SECONDARY')
    throw new ServiceError(
      'OperationNotEnabledException',
      'This operation is not enabled in a secondary Region of the user pool.',
    )
}
