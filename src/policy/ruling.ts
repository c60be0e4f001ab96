import type { Ballot, Ruling } from '../core/verdict.ts'
import type { Act } from './sentence.ts'
import { ask, Undecided } from './decide.ts'
import {
  allowedSentence,
  APPROVE,
  BREAK_GLASS,
  notAllowedSentence,
  unruledSentence,
} from './sentence.ts'

type Emergency = Omit<Ballot, 'requester'>

/** Whether this person may vote, by the loaded policy set. Whatever Cedar cannot answer is a no. */
export function mayApprove(policySet: string, ballot: Ballot): Ruling {
  const { approvals, operation, requester } = ballot
  const context = { approvals, operation, requester: { __entity: { type: 'User', id: requester } } }
  return ruling(APPROVE, ballot, () => ask(policySet, { ...ballot, action: 'approve', context }))
}

/** Whether this person may act without the approvals that are missing. */
export function mayBreakGlass(policySet: string, emergency: Emergency): Ruling {
  const { approvals, operation } = emergency
  const context = { approvals, operation }
  return ruling(BREAK_GLASS, emergency, () =>
    ask(policySet, { ...emergency, action: 'break-glass', context }),
  )
}

function ruling(act: Act, about: Emergency, answer: () => ReturnType<typeof ask>): Ruling {
  try {
    const { allowed, policies } = answer()
    const says = allowed ? allowedSentence : notAllowedSentence
    return { allowed, policies, sentence: says(act, about, policies) }
  } catch (error) {
    if (!(error instanceof Undecided)) throw error
    return { allowed: false, policies: error.policies, sentence: unruledSentence(act, about) }
  }
}
