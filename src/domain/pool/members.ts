import type { Json, JsonObject } from '../../core/canonical.ts'
import { didYouMean } from '../../core/nearest.ts'
import { isObject } from './paths.ts'

/** What a structure may hold: for the path of each member what is wrong with a value, to be read after the path. */
export type Members = ReadonlyMap<string, (value: Json) => string | undefined>

/** Everything that is wrong with a structure as somebody wrote it, each with its path. */
export function memberFaults(
  written: JsonObject,
  members: Members,
  { of, at = '' }: { readonly of: string; readonly at?: string },
): readonly string[] {
  const parents = new Set([...members.keys()].flatMap(parentsOf))
  const unfit = (path: string) =>
    parents.has(path)
      ? 'has members of its own: write them below it.'
      : `is no member of ${of}.${didYouMean(path, [...members.keys(), ...parents])}`
  const faultsIn = (node: JsonObject, above: string): readonly string[] =>
    Object.entries(node).flatMap(([name, value = null]) => {
      const path = `${above}${name}`
      const check = members.get(path)
      if (!check && parents.has(path) && isObject(value)) return faultsIn(value, `${path}.`)
      const fault = check ? check(value) : unfit(path)
      return fault === undefined ? [] : [`${at}${path} ${fault}`]
    })
  return faultsIn(written, '')
}

/** `A.B.C` lies below `A` and `A.B`. */
function parentsOf(path: string): readonly string[] {
  const steps = path.split('.')
  return steps.slice(1).map((_step, nth) => steps.slice(0, nth + 1).join('.'))
}
