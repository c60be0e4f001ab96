import { didYouMean } from '../core/nearest.ts'
import { isMember, within } from './expression.ts'
import type { Expression } from './expression.ts'
import type { Rule } from './rule.ts'
import { attributesOf } from '../core/attributes.ts'
import type { Vocabulary } from './schema.ts'

/** A text that a policy compares with something that can never have this value. */
export interface WrongLiteral {
  readonly literal: string
  readonly sentence: string
}

/** Values by `context.method`, `resource.region`, ... */
type Known = ReadonlyMap<string, ReadonlySet<string>>

export function knownValues({ accounts, operations }: Vocabulary): Known {
  const known = new Map([
    ['context.operation', new Set(operations.map(({ name }) => name))],
    ['resource.account', new Set(accounts.map(({ name }) => name))],
    ['resource.region', new Set(accounts.flatMap(({ regions }) => regions))],
  ])
  for (const [name, values] of operations.flatMap((one) => [...attributesOf(one)]))
    known.set(`context.${name}`, (known.get(`context.${name}`) ?? new Set()).union(new Set(values)))
  return known
}

/** Cedar takes every text for valid: a misspelt one silently never matches. */
export function wrongLiterals({ conditions }: Rule, known: Known): readonly WrongLiteral[] {
  return conditions
    .flatMap(({ body }) => within(body))
    .flatMap((expression) =>
      expression.operands.flatMap((operand, index) => {
        const name = nameOf(operand)
        const values = known.get(name)
        if (!values) return []
        const others = expression.operands.filter((_, other) => other !== index)
        return [
          ...others
            .flatMap(textsOf)
            .filter((text) => !values.has(text))
            .map(wrong(name, values)),
          ...patternMismatch(expression, name, values),
        ]
      }),
    )
}

function nameOf({ text, operands: [of], ...rest }: Expression): string {
  const member = ['context', 'resource'].some((one) =>
    isMember({ ...rest, operands: of ? [of] : [] }, one),
  )
  return member ? `${of?.text}.${text}` : ''
}

/** A text, or the texts of a set. */
function textsOf({ does, text, operands }: Expression): readonly string[] {
  if (does === 'Set') return operands.flatMap(textsOf)
  return does === 'Value' && text !== undefined ? [text] : []
}

function wrong(name: string, values: ReadonlySet<string>): (text: string) => WrongLiteral {
  return (literal) => ({
    literal,
    sentence: `${name} is never "${literal}".${didYouMean(literal, values) || among(values)}`,
  })
}

function patternMismatch(
  { pattern }: Expression,
  name: string,
  values: ReadonlySet<string>,
): readonly WrongLiteral[] {
  if (!pattern) return []
  const regexp = new RegExp(
    `^${pattern.map((part) => (part === undefined ? '.*' : RegExp.escape(part))).join('')}$`,
    'su',
  )
  if ([...values].some((value) => regexp.test(value))) return []
  const literal = pattern.map((part) => part ?? '*').join('')
  return [{ literal, sentence: `${name} is never like "${literal}".${among(values)}` }]
}

function among(values: ReadonlySet<string>): string {
  return ` It is one of: ${[...values].join(', ')}.`
}
