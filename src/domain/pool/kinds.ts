import type { Json } from '../../core/canonical.ts'
import { canonical } from '../../core/canonical.ts'
import type { Choice } from '../../core/field.ts'
import { isObject } from './paths.ts'

/** How a setting is filled in a form, read aloud and checked. */
export interface Kind {
  readonly input:
    | { readonly as: 'text'; readonly lines: 'one' | 'many'; readonly most: number }
    | { readonly as: 'number'; readonly least: number; readonly most: number }
    | { readonly as: 'switch' }
    | { readonly as: 'choice'; readonly choices: readonly [Choice, ...Choice[]] }
    | { readonly as: 'choices'; readonly choices: readonly [Choice, ...Choice[]] }
  /** The value as a form holds it; undefined when the setting is not there. */
  toForm(value: Json | undefined): unknown
  /** What a form holds, as the API wants it; undefined when it is empty. */
  fromForm(given: unknown): Json | undefined
  words(value: Json): string
  /** What is wrong with the value, to be read after the setting's name; undefined when it fits. */
  fault(value: Json): string | undefined
}

type Choices = readonly [Choice, ...Choice[]]

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))
const blank = (given: unknown) => given === undefined || given === null || given === ''

/** Yes or no. A setting that is absent is filled in as no, and stays absent unless it is ticked. */
export const flag: Kind = {
  input: { as: 'switch' },
  toForm: (value) => value === true,
  fromForm: (given) => given === true,
  words: (value) => (value === true ? 'yes' : 'no'),
  fault: (value) => (typeof value === 'boolean' ? undefined : 'is yes or no: write true or false.'),
}

/** `note`: what a person may not know of its bounds. */
export function number(least: number, most: number, unit: string, note = ''): Kind {
  return {
    input: { as: 'number', least, most },
    toForm: (value) => (typeof value === 'number' ? value : undefined),
    fromForm: (given) => (typeof given === 'number' ? given : undefined),
    words: (value) => `${textOf(value)} ${value === 1 ? unit : `${unit}s`}`,
    fault: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
        ? undefined
        : `is a whole number from ${least} to ${most}.${note}`,
  }
}

interface TextRules {
  readonly least?: number
  readonly most: number
  readonly pattern?: RegExp
  /** What the value has to look like, after `is`. */
  readonly like?: string
  readonly lines?: 'one' | 'many'
  /** Text that has to be in it, such as `{####}`. */
  readonly holds?: RegExp
  readonly holdsSays?: string
  /** Shown as dots: it is a shared secret of sorts. */
  readonly hidden?: true
}

export function text(rules: TextRules): Kind {
  const { least = 1, most, pattern, like, lines = 'one', holds, holdsSays = '', hidden } = rules
  return {
    input: { as: 'text', lines, most },
    toForm: (value) => (typeof value === 'string' ? value : undefined),
    fromForm: (given) => (typeof given === 'string' && given !== '' ? given : undefined),
    words: (value) => (hidden ? '•••' : textOf(value)),
    fault(value) {
      if (typeof value !== 'string') return 'is a text: put it in quotes.'
      if (value.length > most || Array.from(value).length < least)
        return `has ${least} to ${most} characters.`
      if (pattern && !pattern.test(value)) return `is ${like ?? 'not written as Cognito wants it'}.`
      return holds && !holds.test(value) ? holdsSays : undefined
    },
  }
}

/** Letters that the API calls `\s` are ASCII ones. */
const ARN =
  /^arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?$/

export const arn = text({
  least: 20,
  most: 2048,
  pattern: ARN,
  like: 'an ARN, such as arn:aws:lambda:eu-west-1:123456789012:function:name',
})

/** A message with the place for the code: without it Cognito delivers nothing. */
export function message(most: number, holds: RegExp, shown: string): Kind {
  return text({ least: 6, most, lines: 'many', holds, holdsSays: `has to hold ${shown}.` })
}

export function oneOf(choices: Choices): Kind {
  const labels = new Map(choices.map(({ value, label }) => [value, label]))
  return {
    input: { as: 'choice', choices },
    toForm: (value) => (typeof value === 'string' && labels.has(value) ? value : undefined),
    fromForm: (given) => (typeof given === 'string' && given !== '' ? given : undefined),
    words: (value) => labels.get(textOf(value)) ?? textOf(value),
    fault: (value) =>
      typeof value === 'string' && labels.has(value)
        ? undefined
        : `is one of ${[...labels.keys()].join(', ')}.`,
  }
}

/** Several of a few values, in no order. */
export function someOf(choices: Choices, { least = 0 }: { readonly least?: number } = {}): Kind {
  const labels = new Map(choices.map(({ value, label }) => [value, label]))
  return {
    input: { as: 'choices', choices },
    // A value that is not offered would be lost on the way through the form.
    toForm: (value) => (isListOf(labels, value) ? value : []),
    fromForm: (given) => (Array.isArray(given) ? given.map(String).toSorted() : []),
    words: (value) => listed(value, (one) => labels.get(one) ?? one),
    fault: (value) =>
      isListOf(labels, value) && value.length >= least && new Set(value).size === value.length
        ? undefined
        : `is a list of ${[...labels.keys()].join(', ')}, each once${least > 0 ? ', and at least one' : ''}.`,
  }
}

function isListOf(labels: ReadonlyMap<string, string>, value: Json | undefined): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string' && labels.has(one))
}

function listed(value: Json, wordsOf: (one: string) => string): string {
  const all = Array.isArray(value) ? value.map((one) => wordsOf(textOf(one as Json))) : []
  return all.length === 0 ? 'none' : all.join(', ')
}

/** A list of words, one a line. */
export const lines: Kind = {
  input: { as: 'text', lines: 'many', most: 3000 },
  toForm: (value) => (Array.isArray(value) && value.length > 0 ? value.join('\n') : undefined),
  fromForm: (given) => (blank(given) ? undefined : linesIn(given)),
  words: (value) => listed(value, (one) => one),
  fault: (value) =>
    Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== '')
      ? undefined
      : 'is a list of words.',
}

const linesIn = (given: unknown): string[] =>
  String(given)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const TAG_KEY = 128
const TAG_VALUE = 256

/** A map of words to words, one `key=value` a line. */
export const tags: Kind = {
  input: { as: 'text', lines: 'many', most: 3000 },
  toForm: (value) => mapText(value, (one) => one),
  fromForm: (given) => (blank(given) ? undefined : mapIn(given, (one) => one)),
  words: (value) => mapWords(value),
  fault(value) {
    if (!isObject(value)) return 'is a map of keys and values.'
    return Object.entries(value)
      .map(([key, one]) => tagFault(key, one ?? null))
      .find((fault) => fault !== undefined)
  },
}

function tagFault(key: string, value: Json): string | undefined {
  const shown = key.slice(0, 40)
  if (value === null) return `needs a value for “${shown}”.`
  if (typeof value !== 'string') return `needs a text for “${shown}”: put it in quotes.`
  if (key.startsWith('aws:')) return `has a key of AWS itself, “${shown}”: leave it out.`
  return key === '' || key.length > TAG_KEY || value.length > TAG_VALUE
    ? `has keys of 1 to ${TAG_KEY} characters and values of up to ${TAG_VALUE}: “${shown}” does not fit.`
    : undefined
}

/** Authentication levels and the names that tokens give them (`acr`). */
export const levels: Kind = {
  input: { as: 'text', lines: 'many', most: 3000 },
  toForm: (value) => mapText(value, acrOf),
  fromForm: (given) => (blank(given) ? undefined : mapIn(given, (one) => ({ AcrValue: one }))),
  words: (value) => mapWords(value, acrOf),
  fault(value) {
    const entries = isObject(value) ? Object.entries(value) : [['', null] as const]
    const names = entries.map(([, one]) => acrOf(one ?? null))
    return entries.every(([level, one]) => isLevel(level, one)) &&
      new Set(names).size === names.length
      ? undefined
      : `gives each of Level1 to Level4 a name of its own (AcrValue) of 1 to ${ACR_VALUE} characters.`
  },
}

const ACR_VALUE = 256

function isLevel(level: string, named: Json | undefined): boolean {
  const name = acrOf(named ?? null)
  return (
    /^Level[1-4]$/.test(level) &&
    canonical(named) === canonical({ AcrValue: name }) &&
    name !== '' &&
    name.length <= ACR_VALUE
  )
}

function acrOf(value: Json): string {
  return isObject(value) && typeof value['AcrValue'] === 'string' ? value['AcrValue'] : ''
}

function mapText(value: Json | undefined, one: (value: Json) => Json): string | undefined {
  if (!isObject(value) || Object.keys(value).length === 0) return undefined
  return Object.entries(value)
    .map(([key, inner]) => `${key}=${textOf(one(inner ?? null))}`)
    .join('\n')
}

function mapWords(value: Json, one: (value: Json) => Json = (inner) => inner): string {
  return (mapText(value, one) ?? 'none').replaceAll('\n', ', ')
}

/** A line without `=` becomes a key without a value, which the check then names. */
function mapIn(given: unknown, one: (value: string) => Json): Json {
  return Object.fromEntries(
    linesIn(given).map((line) => {
      const at = line.indexOf('=')
      return at < 0 ? [line, null] : [line.slice(0, at).trim(), one(line.slice(at + 1).trim())]
    }),
  )
}

const WAYS: Readonly<Record<string, string>> = {
  verified_email: 'e-mail',
  verified_phone_number: 'SMS',
  admin_only: 'administrators only',
}

const RECOVERY: Choices = [
  { value: 'verified_email', label: 'E-mail' },
  { value: 'verified_phone_number', label: 'SMS' },
  { value: 'verified_email,verified_phone_number', label: 'E-mail, else SMS' },
  { value: 'verified_phone_number,verified_email', label: 'SMS, else e-mail' },
  { value: 'admin_only', label: 'Administrators only' },
]

/** Ways to recover an account, in their order. */
export const recovery: Kind = {
  input: { as: 'choice', choices: RECOVERY },
  toForm(value) {
    const ways = waysIn(value ?? null).join(',')
    return isOffered(ways) ? ways : undefined
  },
  fromForm: (given) =>
    typeof given === 'string' && given !== '' ? mechanismsOf(given) : undefined,
  words: (value) =>
    waysIn(value)
      .map((way) => WAYS[way] ?? way)
      .join(', else ') || 'none',
  fault(value) {
    const ways = waysIn(value).join(',')
    const rows = Array.isArray(value) ? value.map((row) => canonical(row)).toSorted() : []
    const meant = isOffered(ways) ? mechanismsOf(ways) : []
    return rows.length > 0 &&
      canonical(rows) === canonical(meant.map((row) => canonical(row)).toSorted())
      ? undefined
      : 'is a list of verified_email, verified_phone_number or both, or of admin_only alone, each as a Name with a Priority from 1.'
  },
}

const isOffered = (ways: string) => RECOVERY.some(({ value }) => value === ways)

const mechanismsOf = (ways: string) =>
  ways.split(',').map((Name, index) => ({ Name, Priority: index + 1 }))

/** The names in order of priority. */
export function waysIn(value: Json): readonly string[] {
  if (!Array.isArray(value)) return []
  const rows = value.filter(isObject)
  return rows
    .toSorted((a, b) => Number(a['Priority']) - Number(b['Priority']))
    .map(({ Name }) => textOf(Name ?? ''))
}
