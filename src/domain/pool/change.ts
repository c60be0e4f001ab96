import type { Json, JsonObject } from '../../core/canonical.ts'
import { canonical } from '../../core/canonical.ts'
import type { PoolSnapshot, SettingChange } from '../../core/directory.ts'
import { Refusal } from '../../core/refusal.ts'
import { comparable } from './canonical.ts'
import { differences } from './difference.ts'
import type { Difference } from './difference.ts'
import { isObject, leavesOf, valueAt, withValue } from './paths.ts'
import { modern, updateInput } from './round-trip.ts'
import { breachIn, untouchable } from './rules.ts'
import { labelOf } from './words.ts'

/** The settings with the changes made, in the form in which they are written. */
function edited({ settings }: PoolSnapshot, changes: readonly SettingChange[]): JsonObject {
  return changes.reduce((form, { path, value }) => withValue(form, path, value), modern(settings))
}

/**
 * The whole UpdateUserPool input: everything as it was found, with the changes. Throws a `Refusal`
 * that names the field when a value or a combination cannot be, or when the pool must not be written.
 */
export function updateRequest(
  snapshot: PoolSnapshot,
  changes: readonly SettingChange[],
): JsonObject {
  const why = untouchable(snapshot)
  if (why !== undefined) throw new Refusal(why)
  const settings = edited(snapshot, changes)
  const paths = changes.map(({ path }) => path)
  const breach = breachIn({ settings, mfa: snapshot.mfa }, paths)
  if (breach) {
    const about = breach.field === undefined ? {} : { field: breach.field }
    throw new Refusal(`${breach.sentence} Nothing was changed.`, about)
  }
  return updateInput(settings, new Set(paths.map((path) => path.split('.')[0] ?? path)))
}

/** The pool as it has to look after the changes. */
export function expectedAfter(
  snapshot: PoolSnapshot,
  changes: readonly SettingChange[],
): Pick<PoolSnapshot, 'settings' | 'mfa'> {
  const settings = edited(snapshot, changes)
  return { settings, mfa: followed(snapshot, settings) }
}

/** The MFA configuration repeats the SMS settings, and follows them. */
function followed({ settings: before, mfa }: PoolSnapshot, after: JsonObject): JsonObject {
  const sms = mfa['SmsMfaConfiguration']
  if (!isObject(sms)) return mfa
  const entries = Object.entries(sms).flatMap(([name, value]) => {
    const mirrored = canonical(value) === canonical(before[name])
    const next = mirrored ? after[name] : value
    return next === undefined ? [] : [[name, next] as const]
  })
  return { ...mfa, SmsMfaConfiguration: Object.fromEntries(entries) }
}

/** What a reading after the change shows. */
export interface Proof {
  /** What was to change and did. */
  readonly changed: readonly Difference[]
  /** What was to change and is still as before. */
  readonly missing: readonly Difference[]
  /** What is different although nobody asked for it. */
  readonly unexpected: readonly Difference[]
  /** Settings that were compared. */
  readonly compared: number
}

export function proof(
  before: PoolSnapshot,
  changes: readonly SettingChange[],
  after: PoolSnapshot,
): Proof {
  const expected = expectedAfter(before, changes)
  const intended = differences(before, expected)
  const wrong = differences(expected, after)
  const wanted = new Set(intended.map(({ path }) => path))
  const failed = new Set(wrong.map(({ path }) => path))
  return {
    changed: intended.filter(({ path }) => !failed.has(path)),
    missing: intended.filter(({ path }) => failed.has(path)),
    unexpected: wrong.filter(({ path }) => !wanted.has(path)),
    compared: countOf(after),
  }
}

function countOf(snapshot: PoolSnapshot): number {
  const { settings, mfa } = comparable(snapshot)
  return leavesOf(settings).size + leavesOf(mfa).size
}

/** Whether the reading shows exactly what was intended. */
export function isProven({ missing, unexpected }: Proof): boolean {
  return missing.length === 0 && unexpected.length === 0
}

/**
 * The changes that take one recorded change back: only the settings that it touched. Throws a
 * `Refusal` when one of them was changed again since, or nothing is left to take back.
 */
export function restorable(
  before: PoolSnapshot,
  after: PoolSnapshot,
  now: PoolSnapshot,
): readonly SettingChange[] {
  const touched = differences(before, after).filter(({ path }) => !path.startsWith('mfa:'))
  const today = comparable(now).settings
  const isNow = (path: string, value: Json | undefined) =>
    canonical(valueAt(today, path)) === canonical(value)
  const moved = touched.filter(
    ({ path, before: was, after: is }) => !isNow(path, is) && !isNow(path, was),
  )
  if (moved.length > 0)
    throw new Refusal(
      `Changed again since, so it is not taken back: ${moved.map(({ path }) => labelOf(path)).join(', ')}. Nothing was changed. Use update-pool for it.`,
      { field: 'change' },
    )
  const left = touched.filter(({ path, before: was }) => !isNow(path, was))
  if (left.length === 0)
    throw new Refusal('The pool is already as it was before this change. Nothing was changed.', {
      field: 'change',
    })
  return left.map(({ path, before: was }) => ({ path, value: was }))
}
