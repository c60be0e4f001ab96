import type { DetailedError, ValidationError } from '@cedar-policy/cedar-wasm/nodejs'
import type { Fault } from '../core/faults.ts'
import { Faults } from '../core/faults.ts'
import { didYouMean } from '../core/nearest.ts'
import type { Vocabulary } from './schema.ts'

export class PolicyFaults extends Faults {
  override readonly name = 'PolicyFaults'
}

/** A policy text that can tell the line of a position. */
export interface PolicyText {
  readonly path: string
  readonly text: string
}

/** `policy.cedar:3` for a position in UTF-16 units. */
export function lineAt({ path, text }: PolicyText, position: number): string {
  return `${path}:${text.slice(0, position).split(/\r\n|\r|\n/).length}`
}

/** What Cedar says of a text it cannot parse: the first error carries the others. */
export function parseFaults(
  source: PolicyText,
  errors: readonly DetailedError[],
): readonly Fault[] {
  return errors.flatMap((error) => [
    faultOf(source, error, sentenceOf(error)),
    ...parseFaults(source, error.related ?? []),
  ])
}

/** Cedar repeats itself for every operation that a policy is about: the first time is enough. */
export function validationFaults(
  source: PolicyText & Vocabulary,
  errors: readonly ValidationError[],
): readonly Fault[] {
  const seen = new Set<string>()
  return errors.flatMap(({ policyId, error }) => {
    const place = `${policyId} ${error.sourceLocations?.[0]?.start}`
    if (seen.has(place)) return []
    seen.add(place)
    return [faultOf(source, error, unknownName(error.message, source) ?? sentenceOf(error))]
  })
}

function faultOf(source: PolicyText, { sourceLocations }: DetailedError, sentence: string): Fault {
  const bytes = sourceLocations?.[0]?.start
  if (bytes === undefined) return { where: source.path, sentence }
  const before = Buffer.from(source.text).subarray(0, bytes).toString()
  return { where: lineAt(source, before.length), sentence }
}

/** Cedar lists the valid names of an enumerated entity; the one that was meant is more help. */
function unknownName(message: string, vocabulary: Vocabulary): string | undefined {
  const [, kind, name] = /`(Group|Env)::"(.*)"` is of an enumerated/.exec(message) ?? []
  if (kind === undefined || name === undefined) return undefined
  const [what, names] =
    kind === 'Group' ? ['group', vocabulary.groups] : ['environment', vocabulary.environments]
  const hint = didYouMean(name, names) || ` It is one of: ${names.join(', ')}.`
  return `There is no ${what} "${name}" in lifeguard.yml.${hint}`
}

/** Cedar's own words for what newcomers meet most, in plainer ones. */
const PLAINER: readonly (readonly [RegExp, string])[] = [
  [/unable to find an applicable action/, 'There is no such operation yet, so this never applies.'],
  [/policy is impossible/, 'This can never be true, so the policy never applies.'],
]

function sentenceOf({ message, help, sourceLocations }: DetailedError): string {
  const plainer = PLAINER.find(([pattern]) => pattern.test(message))
  if (plainer) return plainer[1]
  const expected = sourceLocations?.[0]?.label
  const what = message
    .replace(/^failed to parse policies from string: /, '')
    .replace(/^for policy `[^`]*`[,:] /, '')
  const advice = help?.replace(/^for policy `[^`]*`[,:] /, '') ?? expected
  return [what, ...(advice ? [advice] : [])].map(asSentence).join(' ')
}

function asSentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.?!]$/.test(capital) ? capital : `${capital}.`
}
