import { statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import type { CedarValueJson } from '@cedar-policy/cedar-wasm/nodejs'
import type { Question, Verdict } from '../core/verdict.ts'
import { askSentence, refuseSentence, runSentence, undecidedSentence } from './sentence.ts'

/** More approvers than this are never asked. */
const MOST_APPROVALS = 5

/** Cedar could not evaluate everything. It may still say `allow`: never believe it. */
export class Undecided extends Error {
  override readonly name = 'Undecided'
  readonly policies: readonly string[]

  constructor(message: string, policies: readonly string[] = []) {
    super(message)
    this.policies = policies
  }
}

/** One question in Cedar's own terms. */
interface Authorization extends Pick<Question, 'person' | 'groups' | 'pool'> {
  readonly action: string
  readonly context: Readonly<Record<string, CedarValueJson>>
}

interface Answer {
  readonly allowed: boolean
  /** The permits that allow, or the forbids that refuse. */
  readonly policies: readonly string[]
}

/** The fewest approvals with which the loaded policy set allows it. Throws `Undecided`. */
export function decideAfresh(policySet: string, question: Question): Verdict {
  // One more vote never hurts (monotone.ts), so what the most cannot reach, fewer cannot either.
  const most = withVotes(policySet, question, MOST_APPROVALS)
  if (!most.allowed) {
    const { policies } = most
    return { kind: 'refuse', policies, sentence: refuseSentence(question, policies) }
  }
  const alone = withVotes(policySet, question, 0)
  if (!alone.allowed) return asking(policySet, question, 1, alone)
  const { policies } = alone
  return { kind: 'run', policies, sentence: runSentence(question, policies) }
}

function asking(policySet: string, question: Question, approvals: number, fewer: Answer): Verdict {
  const answer = withVotes(policySet, question, approvals)
  if (!answer.allowed) return asking(policySet, question, approvals + 1, answer)
  const askers = fewer.policies.length > 0 ? fewer.policies : answer.policies
  return {
    kind: 'ask',
    approvals,
    policies: [...new Set([...askers, ...answer.policies])],
    sentence: askSentence(question, approvals, askers),
  }
}

/** What is said when the policy set has no answer. */
export function undecided(question: Question, { policies }: Undecided): Verdict {
  return { kind: 'refuse', policies, sentence: undecidedSentence(question) }
}

function withVotes(policySet: string, question: Question, approvals: number): Answer {
  const { operation: action, attributes } = question
  return ask(policySet, { ...question, action, context: { ...attributes, approvals } })
}

/** The one place where Cedar is asked. Throws `Undecided`. */
export function ask(policySet: string, authorization: Authorization): Answer {
  const { person, groups, pool, action, context } = authorization
  const principal = { type: 'User', id: person }
  const resource = { type: 'Pool', id: pool.id }
  const env = { __entity: { type: 'Env', id: pool.environment } }
  const answer = statefulIsAuthorized({
    principal,
    action: { type: 'Action', id: action },
    resource,
    context,
    entities: [
      { uid: principal, attrs: {}, parents: groups.map((id) => ({ type: 'Group', id })) },
      {
        uid: resource,
        attrs: { name: pool.name, env, account: pool.account, region: pool.region },
        parents: [],
      },
    ],
    preparsedPolicySetId: policySet,
    preparsedSchemaName: policySet,
    validateRequest: true,
  })
  if (answer.type === 'failure')
    throw new Undecided(answer.errors.map(({ message }) => message).join('; '))
  const { decision, diagnostics } = answer.response
  const [error] = diagnostics.errors
  if (error)
    throw new Undecided(
      error.error.message,
      diagnostics.errors.map(({ policyId }) => policyId),
    )
  return { allowed: decision === 'allow', policies: diagnostics.reason.toSorted() }
}
