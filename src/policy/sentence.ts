import type { Question } from '../core/verdict.ts'

/** One plain sentence for each verdict: for the person, the audit entry and the tests alike. */
export function runSentence(question: Question, permits: readonly string[]): string {
  return `You may run ${whatAndWhere(question)}: ${named(permits)} ${verb(permits, 'allows', 'allow')} it.`
}

export function askSentence(
  question: Question,
  approvals: number,
  askers: readonly string[],
): string {
  const votes = approvals === 1 ? 'one approval' : `${approvals} approvals`
  return `You may run ${whatAndWhere(question)} with ${votes}: ${named(askers)} ${verb(askers, 'asks', 'ask')} for it.`
}

export function refuseSentence(question: Question, forbids: readonly string[]): string {
  const because =
    forbids.length > 0
      ? `${named(forbids)} ${verb(forbids, 'forbids', 'forbid')} it`
      : 'no policy allows it for you'
  return `You may not run ${whatAndWhere(question)}: ${because}. Ask a Cognito admin.`
}

export function undecidedSentence(question: Question): string {
  return `The policy gives no clear answer for ${whatAndWhere(question)}, so it is not run. Ask a Cognito admin to check the policy.`
}

/** `reset-password with method permanent in prod` */
function whatAndWhere({ operation, attributes, pool }: Question): string {
  const chosen = Object.entries(attributes).map(([name, value]) => `${name} ${value}`)
  const how = chosen.length > 0 ? ` with ${chosen.join(' and ')}` : ''
  return `${operation}${how} in ${pool.environment}`
}

function named(policies: readonly string[]): string {
  return `${policies.length === 1 ? 'policy' : 'policies'} ${policies.join(', ')}`
}

function verb(policies: readonly string[], one: string, many: string): string {
  return policies.length === 1 ? one : many
}
