import { buildPool } from './build.ts'
import type { Input } from './constraints.ts'
import type { JsonObject } from './json.ts'
import { mfaFault, smsNeeded, wantsMfa } from './mfa-rules.ts'
import { schemaOfNew } from './new-schema.ts'
import type { PoolSettings } from './pool-settings.ts'
import { requestFault } from './pool-rules.ts'
import { poolAnswer } from './pool-view.ts'
import { invalidParameter } from './service-error.ts'
import type { ServiceError } from './service-error.ts'
import { settingsOfNew } from './settings-update.ts'
import type { Call } from './state.ts'
import type { Switches } from './switches.ts'
import { featureFault } from './tiers.ts'

export function createUserPool(input: Input<'CreateUserPool'>, call: Call): JsonObject {
  const { PoolName, Schema, AliasAttributes, UsernameAttributes, UsernameConfiguration, ...sent } =
    input
  const { state, account, region } = call
  const { switches } = state
  const fault = requestFault({ sent, current: undefined, region, switches })
  if (fault) throw fault
  const settings: PoolSettings = {
    ...settingsOfNew(PoolName, sent),
    SchemaAttributes: schemaOfNew(Schema ?? []),
    ...(AliasAttributes && { AliasAttributes }),
    ...(UsernameAttributes && { UsernameAttributes }),
    ...(UsernameConfiguration && { UsernameConfiguration }),
  }
  const wrong = outcomeFault(settings, switches)
  if (wrong) throw wrong
  const now = state.now()
  // A new pool lists no app client; the stage's own sign-in works all the same.
  const surroundings = { appName: undefined }
  const spec = { account, region, settings, surroundings, createdAt: now }
  const pool = buildPool(spec, state.pools.size, now)
  state.pools.set(pool.id, pool)
  state.changed({ poolId: pool.id, username: undefined })
  return { UserPool: poolAnswer(pool, switches) }
}

function outcomeFault(settings: PoolSettings, switches: Switches): ServiceError | undefined {
  const { AliasAttributes, UsernameAttributes, SmsConfiguration, Policies } = settings
  if (AliasAttributes && UsernameAttributes)
    return invalidParameter(
      'Only one of the aliasAttributes or usernameAttributes can be set in a user pool.',
    )
  // It can set up text messages as a factor and no other (CreateUserPoolRequest).
  if (wantsMfa(settings) && !SmsConfiguration) return invalidParameter(smsNeeded)
  const factors = Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? []
  if (switches.createFirstFactors === 'refuse' && factors.some((one) => one !== 'PASSWORD'))
    return invalidParameter(
      'A new user pool can only have PASSWORD as an allowed first auth factor.',
    )
  return mfaFault(settings, {}, switches) ?? featureFault(settings)
}
