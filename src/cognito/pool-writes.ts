import {
  CreateUserPoolCommand,
  SetUserPoolMfaConfigCommand,
  UpdateUserPoolCommand,
  type CreateUserPoolCommandInput,
  type SetUserPoolMfaConfigCommandInput,
  type UpdateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider'
import type { JsonObject } from '../core/canonical.ts'
import { canonical } from '../core/canonical.ts'
import { CloudFault } from '../core/cloud-fault.ts'
import type { PoolRef, PoolSnapshot, SettingChange } from '../core/directory.ts'
import type { Act } from '../core/ports.ts'
import { Refusal } from '../core/refusal.ts'
import { sameSettings } from '../domain/pool/canonical.ts'
import { isProven, proof, updateRequest } from '../domain/pool/change.ts'
import { differences } from '../domain/pool/difference.ts'
import { labelOf } from '../domain/pool/words.ts'
import type { Alone } from './alone.ts'
import type { Wire } from './call.ts'
import type { Pause } from './pace.ts'
import { perform, type Performing } from './performing.ts'

export interface PoolActOptions extends Performing {
  readonly wireFor: (pool: PoolRef) => Wire
  /** The pool as it is now. */
  readonly read: (pool: PoolRef) => Promise<PoolSnapshot>
  readonly pause: Pause
  /** The list of pools has grown. */
  readonly created: () => void
  /** One change of a pool at a time in this process. */
  readonly alone: Alone
}

const MOST_ATTEMPTS = 3
/** A write may take a moment to show. */
const LOOK_AGAIN_MS = [700, 1_500] as const

export function createPoolAct(options: PoolActOptions): Pick<Act, 'changePool' | 'createPool'> {
  return {
    changePool: async (before, changes) =>
      options.alone(before.pool.id, async (endedAt) => {
        // Another change of ours has ended since the pool was read.
        if (endedAt !== undefined && endedAt >= before.readAt) await requireSame(options, before)
        await write(options, before, changes)
        return once('UpdateUserPool', readBack(options, before, changes))
      }),
    createPool: async ({ place, request, mfa }) => {
      const wire = options.wireFor(place)
      const input = request as object as CreateUserPoolCommandInput
      const { UserPool } = await perform(options, wire, 'CreateUserPool', () => {
        return new CreateUserPoolCommand(input)
      })
      options.created()
      const pool = { ...place, id: UserPool?.Id ?? '' }
      const trouble = mfa && (await turnMfaOn(options, pool, mfa))
      const snapshot = await once('CreateUserPool', options.read(pool))
      const isOn = mfa !== undefined && holds(snapshot.mfa, mfa)
      return { snapshot, withoutMfa: isOn ? undefined : trouble }
    },
  }
}

/** A reading after a write: when it fails the write has happened all the same. */
async function once<T>(call: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (error) {
    if (!(error instanceof CloudFault)) throw error
    const { code, awsRequestId } = error
    throw new CloudFault(
      'AWS did what was asked, and then the pool could not be read back. Look at the pool.',
      { kind: 'unknown', code, call, awsRequestId },
    )
  }
}

/** Whether the pool has all of this, whatever the answer to the call was. */
function holds(is: JsonObject, asked: JsonObject): boolean {
  return Object.entries(asked).every(([name, value]) => canonical(value) === canonical(is[name]))
}

/**
 * The caller has just read the pool, so it is written at once. Only where AWS says that somebody
 * else was writing is it read again, and written when it is still as it was.
 */
async function write(
  options: PoolActOptions,
  before: PoolSnapshot,
  changes: readonly SettingChange[],
): Promise<void> {
  const input = updateRequest(before, changes) as object as UpdateUserPoolCommandInput
  const wire = options.wireFor(before.pool)
  for (let attempt = 1; ; attempt++) {
    try {
      await perform(options, wire, 'UpdateUserPool', () => new UpdateUserPoolCommand(input))
      return
    } catch (error) {
      if (!isConcurrent(error) || attempt === MOST_ATTEMPTS) throw error
      await requireSame(options, before)
    }
  }
}

function isConcurrent(error: unknown): boolean {
  return error instanceof CloudFault && error.code === 'ConcurrentModificationException'
}

async function requireSame({ read }: PoolActOptions, before: PoolSnapshot): Promise<void> {
  const now = await read(before.pool)
  if (sameSettings(before, now)) return
  const moved = differences(before, now).map(({ path }) => labelOf(path))
  throw new Refusal(
    `Somebody else has just changed this pool: ${moved.join(', ')}. Nothing was changed here. Look at the pool, then ask again.`,
  )
}

async function readBack(
  { read, pause }: PoolActOptions,
  before: PoolSnapshot,
  changes: readonly SettingChange[],
): Promise<PoolSnapshot> {
  let after = await read(before.pool)
  for (const ms of LOOK_AGAIN_MS) {
    if (isProven(proof(before, changes, after))) break
    await pause(ms)
    after = await read(before.pool)
  }
  return after
}

/** The pool exists by then, so a failure is told and not thrown. */
async function turnMfaOn(
  options: PoolActOptions,
  pool: PoolRef,
  mfa: JsonObject,
): Promise<string | undefined> {
  const input: SetUserPoolMfaConfigCommandInput = { ...mfa, UserPoolId: pool.id }
  try {
    await perform(options, options.wireFor(pool), 'SetUserPoolMfaConfig', () => {
      return new SetUserPoolMfaConfigCommand(input)
    })
    return undefined
  } catch (error) {
    // The pool is there, so something was changed.
    if (error instanceof CloudFault) return error.message.replace('Nothing was changed. ', '')
    throw error
  }
}
