import type { FaultKind } from './faults.ts'

/** One request as it ended. No secret: those members are keyed digests, equal for equal values. */
export interface RequestRecord {
  readonly at: number
  readonly operation: string
  readonly requestId: string
  /** Absent for calls without a signature. */
  readonly accessKeyId: string | undefined
  readonly account: string | undefined
  readonly region: string | undefined
  readonly sourceIdentity: string | undefined
  readonly input: unknown
  /** Absent when no answer was sent. */
  readonly status: number | undefined
  readonly error: string | undefined
  readonly fault: FaultKind | undefined
  /** Whether the operation ran to its end, whatever the caller got to hear. */
  readonly committed: boolean
  readonly ms: number
}
