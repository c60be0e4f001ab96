import type { PoolRef } from './directory.ts'

/** What is put to the policy: who asks for which operation, where, with which declared attributes. */
export interface Question {
  readonly person: string
  readonly groups: readonly string[]
  readonly operation: string
  readonly pool: PoolRef
  /** The operation's declared context attributes, such as `{ method: 'temporary' }`. */
  readonly attributes: Readonly<Record<string, string>>
}

export interface Because {
  /** The `@id`s of the policies that decided. */
  readonly policies: readonly string[]
  /** One sentence for the person, the audit entry and the test alike. */
  readonly sentence: string
}

/** The policy's answer: do it, ask this many approvers, or no. */
export type Verdict = Because &
  (
    | { readonly kind: 'run' }
    | { readonly kind: 'ask'; readonly approvals: number }
    | { readonly kind: 'refuse' }
  )

/** May this person vote on what somebody else asked for? */
export interface Ballot {
  readonly person: string
  readonly groups: readonly string[]
  readonly pool: PoolRef
  /** Slack user id of the person who asked. */
  readonly requester: string
  readonly operation: string
  /** Votes so far. */
  readonly approvals: number
}

export interface Ruling extends Because {
  readonly allowed: boolean
}
