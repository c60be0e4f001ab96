import { policySetTextToParts, policyToJson } from '@cedar-policy/cedar-wasm/nodejs'
import type { PolicyJson } from '@cedar-policy/cedar-wasm/nodejs'
import { expressionOf } from './expression.ts'
import type { Expression } from './expression.ts'

/** One policy of the file. */
export interface Rule {
  /** Its `@id`; empty when it has none. */
  readonly id: string
  readonly text: string
  /** Where it begins in the file, in UTF-16 units. */
  readonly start: number
  readonly effect: 'permit' | 'forbid'
  readonly conditions: readonly { readonly kind: 'when' | 'unless'; readonly body: Expression }[]
  /** Whether its head leaves the action open. */
  readonly everyAction: boolean
  /** Whether its head names a single pool. */
  readonly namesPool: boolean
  /** Whether it tells people of the same groups apart: only an entity of a person can, since people have no attributes. */
  readonly namesPeople: boolean
}

/** The policies in the order of the file. The text has parsed before and has no comments. */
export function rulesOf(text: string): readonly Rule[] {
  const parts = policySetTextToParts(text)
  if (parts.type === 'failure') return []
  const left = new Set([...parts.policies, ...parts.policy_templates])
  const rules: Rule[] = []
  let at = skipSpace(text, 0)
  while (at < text.length) {
    const part = [...left].find((one) => text.startsWith(one, at))
    if (part === undefined) throw new Error('Cedar returned a policy that is not in the text')
    rules.push(ruleOf(part, at))
    at = skipSpace(text, at + part.length)
  }
  return rules
}

/** A policy may stand in a comment too. Lines stay where they are. */
export function withoutComments(text: string): string {
  return text.replaceAll(/"(?:\\[^]|[^"\\])*"|\/\/[^\n\r]*/g, (found) =>
    found.startsWith('//') ? '' : found,
  )
}

function skipSpace(text: string, from: number): number {
  const offset = text.slice(from).search(/\S/)
  return offset < 0 ? text.length : from + offset
}

function ruleOf(text: string, start: number): Rule {
  const answer = policyToJson(text)
  if (answer.type === 'failure') throw new Error('Cedar does not read a policy that it has split')
  const { annotations, effect, principal, action, conditions, resource } = answer.json
  return {
    id: annotations?.['id'] ?? '',
    text,
    start,
    effect,
    conditions: conditions.map(({ kind, body }) => ({ kind, body: expressionOf(body) })),
    everyAction: action.op === 'All',
    namesPool: headNamesPool(resource),
    namesPeople: holdsPerson([principal, conditions]),
  }
}

/** However it is spelled in the text, an entity of a person has this member. */
function holdsPerson(part: unknown): boolean {
  return JSON.stringify(part).includes('"type":"User"')
}

function headNamesPool(resource: PolicyJson['resource']): boolean {
  return resource.op === '==' || resource.op === 'in' || 'in' in resource
}
