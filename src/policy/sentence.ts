import type { Ballot, Question } from '../core/verdict.ts'

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

/** What a ruling is about, as it reads after "You may". */
export interface Act {
  /** `approve` */
  readonly verb: string
  /** What somebody can do who may not. */
  readonly otherwise: string
}

export const APPROVE: Act = { verb: 'approve', otherwise: 'Ask a Cognito admin.' }
export const BREAK_GLASS: Act = {
  verb: 'act alone in an emergency on',
  otherwise: 'Wait for the approvals, or ask a Cognito admin.',
}

type About = Pick<Ballot, 'operation' | 'pool'>

export function allowedSentence(act: Act, about: About, permits: readonly string[]): string {
  return `You may ${whatAbout(act, about)}: ${named(permits)} ${verb(permits, 'allows', 'allow')} it.`
}

export function notAllowedSentence(act: Act, about: About, forbids: readonly string[]): string {
  const because =
    forbids.length > 0
      ? `${named(forbids)} ${verb(forbids, 'forbids', 'forbid')} it`
      : 'no policy lets you'
  return `You may not ${whatAbout(act, about)}: ${because}. ${act.otherwise}`
}

export function unruledSentence(act: Act, about: About): string {
  return `The policy gives no clear answer on whether you may ${whatAbout(act, about)}, so you may not. Ask a Cognito admin to check the policy.`
}

function whatAbout({ verb: does }: Act, { operation, pool }: About): string {
  return `${does} ${operation} in ${pool.environment}`
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
