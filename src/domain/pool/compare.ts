import type { Json, JsonObject } from '../../core/canonical.ts'
import { canonical } from '../../core/canonical.ts'
import type { PoolSnapshot } from '../../core/directory.ts'
import type { Fact } from '../../core/operation.ts'
import { attributeWords } from './attributes.ts'
import { differences } from './difference.ts'
import { isObject, plainText } from './paths.ts'
import { besides, labelOf } from './words.ts'

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
        : [{ term: labelOf(path), text: besides({ path, before, after }, '|') }],
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
function schemaFacts(before: Json | undefined, after: Json | undefined): readonly Fact[] {
  const [one, two] = [attributes(before), attributes(after)]
  const names = [...new Set([...one.keys(), ...two.keys()])].toSorted()
  return names.flatMap((name) => {
    const [a, b] = [one.get(name), two.get(name)]
    return canonical(a) === canonical(b)
      ? []
      : [{ term: `Attribute ${name}`, text: `${definition(a)} | ${definition(b)}` }]
  })
}

const definition = (row: JsonObject | undefined) =>
  row === undefined ? 'not there' : attributeWords(row)

function attributes(schema: Json | undefined): ReadonlyMap<string, JsonObject> {
  const rows = Array.isArray(schema) ? schema.filter(isObject) : []
  return new Map(rows.map((row) => [plainText(row['Name']), row]))
}
