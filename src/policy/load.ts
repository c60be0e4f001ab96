import { preparsePolicySet, preparseSchema } from '@cedar-policy/cedar-wasm/nodejs'
import type { CheckParseAnswer } from '@cedar-policy/cedar-wasm/nodejs'
import { digestOf } from '../core/canonical.ts'
import type { Policy } from '../core/ports.ts'
import type { Question, Verdict } from '../core/verdict.ts'
import { check } from './check.ts'
import type { Checked, PolicySource } from './check.ts'
import { decideAfresh, Undecided, undecided } from './decide.ts'
import { isMember } from './expression.ts'
import type { Expression } from './expression.ts'
import { ballotKeyOf, memoised, questionKeyOf } from './memo.ts'
import type { Rule } from './rule.ts'
import { mayApprove, mayBreakGlass } from './ruling.ts'
import { schemaOf } from './schema.ts'

export interface LoadedPolicy extends Policy, Checked {}

/** A policy ready to decide. Throws `PolicyFaults` with everything that is wrong. */
export function loadPolicy(source: PolicySource): LoadedPolicy {
  const { text, groups, environments, accounts } = source
  const schema = schemaOf(source)
  const { rules, remarks } = check(source, schema)

  const version = digestOf({ text, schema, groups, environments, accounts })
  const staticPolicies = Object.fromEntries(rules.map((rule) => [rule.id, rule.text]))
  mustParse(preparseSchema(version, schema))
  mustParse(preparsePolicySet(version, { staticPolicies }))

  const reading = {
    pools: rules.some(readsPoolIdentity),
    people: rules.some(({ namesPeople }) => namesPeople),
  }
  const afresh = (question: Question) => decideAfresh(version, question)
  return {
    version,
    rules,
    remarks,
    readsPoolIdentity: reading.pools,
    decide: decided(memoised(questionKeyOf(reading), afresh)),
    judge: decided(afresh),
    mayApprove: (ballot) => mayApprove(version, ballot),
    couldApprove: memoised(ballotKeyOf(reading), (ballot) => mayApprove(version, ballot)),
    mayBreakGlass: (emergency) => mayBreakGlass(version, emergency),
  }
}

/** Without a clear answer it is a no, and that no is never remembered. */
function decided(decide: (question: Question) => Verdict): (question: Question) => Verdict {
  return (question) => {
    try {
      return decide(question)
    } catch (error) {
      if (error instanceof Undecided) return undecided(question, error)
      throw error
    }
  }
}

function readsPoolIdentity({ namesPool, conditions }: Rule): boolean {
  return namesPool || conditions.some(({ body }) => readsMoreThanEnvironment(body))
}

function readsMoreThanEnvironment(expression: Expression): boolean {
  if (isMember(expression, 'resource')) return expression.text !== 'env'
  if (expression.does === 'Var') return expression.text === 'resource'
  return expression.operands.some(readsMoreThanEnvironment)
}

function mustParse(answer: CheckParseAnswer): void {
  if (answer.type === 'failure')
    throw new Error(answer.errors.map(({ message }) => message).join('; '))
}
