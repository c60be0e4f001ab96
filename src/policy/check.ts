import { validate } from '@cedar-policy/cedar-wasm/nodejs'
import type { Fault } from '../core/faults.ts'
import { within } from './expression.ts'
import { lineAt, parseFaults, PolicyFaults, validationFaults } from './faults.ts'
import type { PolicyText } from './faults.ts'
import { knownValues, wrongLiterals } from './literals.ts'
import { isMonotone, readsApprovals } from './monotone.ts'
import { rulesOf, withoutComments } from './rule.ts'
import type { Rule } from './rule.ts'
import type { Vocabulary } from './schema.ts'

/** The text of the policy, the path to name it by, and what it may speak of. */
export interface PolicySource extends PolicyText, Vocabulary {}

export interface Checked {
  readonly rules: readonly Rule[]
  /** What is valid and yet probably not meant, such as a policy that can never apply. */
  readonly remarks: readonly Fault[]
}

/** Throws `PolicyFaults` with everything that is wrong. */
export function check(written: PolicySource, schema: string): Checked {
  const source = { ...written, text: withoutComments(written.text) }
  const answer = validate({ schema, policies: { staticPolicies: source.text } })
  if (answer.type === 'failure') throw new PolicyFaults(parseFaults(source, answer.errors))

  const rules = rulesOf(source.text)
  const faults = [...validationFaults(source, answer.validationErrors), ...ownFaults(source, rules)]
  if (faults.length > 0) throw new PolicyFaults(faults)
  const warnings = validationFaults(source, answer.validationWarnings)
  const own = rules.flatMap((rule) => [...stopsVotes(source, rule), ...opensAll(source, rule)])
  return { rules, remarks: [...warnings, ...own] }
}

/** What Cedar takes for valid. */
function ownFaults(source: PolicySource, rules: readonly Rule[]): readonly Fault[] {
  const known = knownValues(source)
  const firstOf = new Map(rules.toReversed().map((rule) => [rule.id, rule]))
  return rules.flatMap((rule) => [
    ...idFaults(source, rule, firstOf.get(rule.id)),
    ...wrongLiterals(rule, known).map(({ literal, sentence }) => ({
      where: whereIn(source, rule, JSON.stringify(literal)),
      sentence,
    })),
    ...(isMonotone(rule)
      ? []
      : [{ where: whereIn(source, rule, 'approvals'), sentence: MONOTONE[rule.effect] }]),
  ])
}

const MONOTONE = {
  permit:
    'One more approval must never take a right away. In a permit, write context.approvals >= 2.',
  forbid:
    'One more approval must never take a right away. In a forbid, write context.approvals < 2.',
}

function idFaults(source: PolicySource, rule: Rule, first: Rule | undefined): readonly Fault[] {
  const where = lineAt(source, rule.start)
  if (!rule.id)
    return [{ where, sentence: 'This policy has no name. Put @id("what-it-does") before it.' }]
  if (first === rule || !first) return []
  const other = lineAt(source, first.start)
  return [{ where, sentence: `"${rule.id}" is the @id of the policy at ${other} too. Rename one.` }]
}

/** `approve` is an action as well: asking votes for it means that nobody can cast the first. */
function stopsVotes(source: PolicySource, rule: Rule): readonly Fault[] {
  const counts = rule.conditions.some(({ body }) => readsApprovals(body))
  if (rule.effect === 'permit' || !rule.everyAction || !counts) return []
  const sentence =
    'This forbids approving too, so the first vote may never come. Name the actions it is for, ' +
    'such as action in [Action::"support", Action::"change", Action::"destroy"].'
  return [{ where: lineAt(source, rule.start), sentence }]
}

/** Whoever may do everything may approve, and may act alone in an emergency: rarely meant. */
function opensAll(source: PolicySource, rule: Rule): readonly Fault[] {
  if (rule.effect === 'forbid' || !rule.everyAction || rule.conditions.some(readsAction)) return []
  const sentence =
    'This permits approving and break-glass too. Name the actions it is for, ' +
    'such as action in [Action::"read", Action::"support"].'
  return [{ where: lineAt(source, rule.start), sentence }]
}

function readsAction({ body }: Rule['conditions'][number]): boolean {
  return within(body).some(({ does, text }) => does === 'Var' && text === 'action')
}

function whereIn(source: PolicySource, rule: Rule, text: string): string {
  return lineAt(source, rule.start + Math.max(0, rule.text.indexOf(text)))
}
