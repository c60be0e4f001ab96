import type { PoolSnapshot } from '../../core/directory.ts'
import type { Fact } from '../../core/operation.ts'
import { differences } from './difference.ts'
import { isObject, plainText } from './paths.ts'
import { labelOf, valueWords } from './words.ts'

/** What differs between two pools, in words; what tells their identity is left out. */
export function comparison(
  one: PoolSnapshot,
  other: PoolSnapshot,
): { readonly facts: readonly Fact[]; readonly warnings: readonly string[] } {
  const different = differences(one, other).filter(({ path }) => path !== 'Name')
  return {
    facts: different.flatMap(({ path, before, after }) =>
      path === 'SchemaAttributes'
        ? schemaFacts(before, after)
        : [
            {
              term: labelOf(path),
              text: `${valueWords(path, before)} | ${valueWords(path, after)}`,
            },
          ],
    ),
    warnings: [one, other].flatMap(({ pool, unknown }) =>
      unknown.length === 0
        ? []
        : [
            `${pool.name} has settings that Lifeguard does not know and did not compare: ${unknown.join(', ')}.`,
          ],
    ),
  }
}

/** Attributes that only one of the pools has, or that are defined differently. */
function schemaFacts(before: unknown, after: unknown): readonly Fact[] {
  const [one, two] = [attributes(before), attributes(after)]
  const names = [...new Set([...one.keys(), ...two.keys()])].toSorted()
  return names.flatMap((name) => {
    const [a, b] = [one.get(name), two.get(name)]
    if (a === b) return []
    const text =
      a !== undefined && b !== undefined ? 'defined differently' : `${words(a)} | ${words(b)}`
    return [{ term: `Attribute ${name}`, text }]
  })
}

const words = (value: string | undefined) => (value === undefined ? 'not there' : 'there')

function attributes(schema: unknown): ReadonlyMap<string, string> {
  const rows = Array.isArray(schema) ? schema.filter(isObject) : []
  return new Map(rows.map((row) => [plainText(row['Name']), JSON.stringify(row)]))
}
