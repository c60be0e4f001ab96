import type { Json } from '../../core/canonical.ts'
import type { PoolSnapshot } from '../../core/directory.ts'
import type { Fact, Part } from '../../core/operation.ts'
import { attributeWords } from './attributes.ts'
import { isObject, leavesOf, plainText } from './paths.ts'
import { SECTIONS, SETTINGS } from './settings.ts'
import { labelOf, valueWords } from './words.ts'

const fact = (term: string, text: string): Fact => ({ term, text })

/** Members that tell which pool it is. Its name is a setting. */
const IDENTITY = ['Id', 'Arn', 'Status', 'CreationDate', 'LastModifiedDate']

/** Every member that Cognito tells of a pool, in words, section by section. */
export function details(snapshot: PoolSnapshot): readonly Part[] {
  const { SchemaAttributes: schema, ...settings } = snapshot.settings
  const leaves = new Map([
    ...leavesOf(settings),
    ...Array.from(leavesOf(snapshot.mfa), ([path, value]) => [`mfa:${path}`, value] as const),
  ])
  const tell = (path: string) => fact(labelOf(path), valueWords(path, leaves.get(path)))
  const rest = [...leaves.keys()]
    .filter((path) => !IDENTITY.includes(path) && !SETTINGS.has(path))
    .toSorted()
  return [
    {
      heading: 'The pool',
      facts: IDENTITY.filter((path) => leaves.has(path)).map((path) => ({
        ...tell(path),
        term: path,
      })),
    },
    ...SECTIONS.map(({ label, settings: shown }) => ({
      heading: label,
      facts: shown.map(({ path }) => tell(path)),
    })),
    { heading: 'Attributes of users', facts: attributeFacts(schema) },
    { heading: 'What cannot be changed here', facts: rest.map(tell) },
  ].filter(({ facts }) => facts.length > 0)
}

function attributeFacts(schema: Json | undefined): readonly Fact[] {
  const rows = Array.isArray(schema) ? schema.filter(isObject) : []
  return rows.map((row) => fact(plainText(row['Name']), attributeWords(row)))
}
