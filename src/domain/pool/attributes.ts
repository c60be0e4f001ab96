import type { Json, JsonObject } from '../../core/canonical.ts'
import { flag, oneOf, text } from './kinds.ts'
import { memberFaults } from './members.ts'
import type { Members } from './members.ts'
import { isObject, plainText, valueAt } from './paths.ts'
import { isStandardName, MOST_ATTRIBUTES, MOST_NAME } from './schema.ts'

const name = text({
  most: MOST_NAME,
  pattern: /^(?!custom:|dev:)[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u,
  like: 'one word, without a prefix such as custom:',
})
const type = oneOf([
  { value: 'String', label: 'text' },
  { value: 'Number', label: 'number' },
  { value: 'DateTime', label: 'date' },
  { value: 'Boolean', label: 'yes or no' },
])
const bound = text({
  most: 40,
  pattern: /^-?\d+$/,
  like: 'a whole number in quotes, such as "1"',
})

const ATTRIBUTE: Members = new Map(
  (
    [
      ['Name', name],
      ['AttributeDataType', type],
      ['DeveloperOnlyAttribute', flag],
      ['Mutable', flag],
      ['Required', flag],
      ['NumberAttributeConstraints.MinValue', bound],
      ['NumberAttributeConstraints.MaxValue', bound],
      ['StringAttributeConstraints.MinLength', bound],
      ['StringAttributeConstraints.MaxLength', bound],
    ] as const
  ).map(([path, kind]) => [path, (value) => kind.fault(value)]),
)

/** What is wrong with the attributes as somebody wrote them; empty when all is well. */
export function schemaFaults(value: Json): readonly string[] {
  if (!Array.isArray(value)) return ['Schema is a list of attributes, each with a Name.']
  const rows = value as readonly Json[]
  const count =
    rows.length === 0 || rows.length > MOST_ATTRIBUTES
      ? [`Schema has 1 to ${MOST_ATTRIBUTES} attributes.`]
      : []
  return [...rows.flatMap((row, nth) => rowFaults(row, `Schema[${nth}]`)), ...twins(rows), ...count]
}

function rowFaults(row: Json, at: string): readonly string[] {
  if (!isObject(row) || row['Name'] === undefined) return [`${at} needs a Name.`]
  const faults = memberFaults(row, ATTRIBUTE, { of: 'an attribute', at: `${at}.` })
  const own = row['Required'] === true && !isStandardName(plainText(row['Name']))
  return own ? [...faults, `${at}.Required is for standard attributes only.`] : faults
}

function twins(rows: readonly Json[]): readonly string[] {
  const names = rows.map((row) => plainText(isObject(row) ? row['Name'] : undefined))
  const more = names.filter((one, nth) => one !== 'null' && names.indexOf(one) !== nth)
  return [...new Set(more)].map((one) => `Schema has the attribute ${one} twice. Keep one.`)
}

/** How an attribute is defined: `text, 1 to 20 characters, cannot be changed later`. */
export function attributeWords(row: JsonObject): string {
  const of = row['AttributeDataType']
  return [
    of === undefined ? 'text' : type.words(of),
    rangeWords(row, 'StringAttributeConstraints.MinLength', 'StringAttributeConstraints.MaxLength'),
    rangeWords(row, 'NumberAttributeConstraints.MinValue', 'NumberAttributeConstraints.MaxValue'),
    row['Required'] === true ? 'required' : '',
    row['Mutable'] === false ? 'cannot be changed later' : '',
    row['DeveloperOnlyAttribute'] === true ? 'for developers only' : '',
  ]
    .filter((words) => words !== '')
    .join(', ')
}

function rangeWords(row: JsonObject, from: string, to: string): string {
  const [least, most] = [valueAt(row, from), valueAt(row, to)]
  const unit = from.startsWith('String') ? ' characters' : ''
  if (least !== undefined && most !== undefined)
    return `${plainText(least)} to ${plainText(most)}${unit}`
  if (least !== undefined) return `at least ${plainText(least)}${unit}`
  return most === undefined ? '' : `at most ${plainText(most)}${unit}`
}
