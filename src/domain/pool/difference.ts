import type { Json } from '../../core/canonical.ts'
import { canonical } from '../../core/canonical.ts'
import type { PoolSnapshot } from '../../core/directory.ts'
import { comparable } from './canonical.ts'
import { leavesOf } from './paths.ts'

/** One setting that is not the same in two readings. `mfa:` before the path: only the MFA configuration tells it. */
export interface Difference {
  readonly path: string
  readonly before: Json | undefined
  readonly after: Json | undefined
}

type Reading = Pick<PoolSnapshot, 'settings' | 'mfa'>

/** What differs between two readings, in the order of the paths. */
export function differences(before: Reading, after: Reading): readonly Difference[] {
  const one = leaves(before)
  const two = leaves(after)
  return [...new Set([...one.keys(), ...two.keys()])]
    .filter((path) => canonical(one.get(path)) !== canonical(two.get(path)))
    .map((path) => ({ path, before: one.get(path), after: two.get(path) }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

function leaves(reading: Reading): ReadonlyMap<string, Json> {
  const { settings, mfa } = comparable(reading)
  return new Map([
    ...leavesOf(settings),
    ...Array.from(leavesOf(mfa), ([path, value]) => [`mfa:${path}`, value] as const),
  ])
}
