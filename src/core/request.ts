import type { Values } from './operation.ts'

interface Asked {
  readonly id: string
  readonly operation: string
  /** Slack user id. */
  readonly requester: string
  readonly pool: string
  readonly target: string
  /** Validated, without secrets. */
  readonly input: Values
  /** Digest of the plan that was made for it. */
  readonly digest: string
  readonly policyVersion: string
  /** Milliseconds since the epoch. */
  readonly askedAt: number
  readonly version: number
  readonly attempt: number
}

export interface Executing extends Asked {
  readonly state: 'executing'
  /** Milliseconds since the epoch. Past it the outcome is unknown. */
  readonly leaseUntil: number
}

/** Ended: `failed` means nothing was changed, `unknown` that it may have been. */
export interface Ended extends Asked {
  readonly state: 'done' | 'failed' | 'unknown'
  /** One sentence for people. */
  readonly outcome: string
}

export type Request = Executing | Ended

export type Step = {
  readonly kind: 'end'
  readonly as: Ended['state']
  readonly attempt: number
  readonly outcome: string
}

/** Writes have a 12 s deadline (cognito.md 6.1); the lease leaves room beyond twice that. */
export const LEASE_MS = 30_000

/** The request after the step, or undefined when the step no longer applies (a stale attempt, an ended request). */
export function advance(request: Request, step: Step): Ended | undefined {
  if (request.state !== 'executing' || request.attempt !== step.attempt) return undefined
  const { leaseUntil: _ended, ...asked } = request
  return { ...asked, state: step.as, outcome: step.outcome, version: request.version + 1 }
}
