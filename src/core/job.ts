import type { Json } from './canonical.ts'

/** A click on a card or in a form, made durable before it is acknowledged. */
export type ClickKind = 'claim' | 'vote' | 'deny' | 'withdraw' | 'review'

/**
 * Work that follows from a click or from a stored state: written in its transaction, done at least
 * once. `card` draws the request's card, `execute` runs what was approved, `tell` writes to one
 * person; `expire`, `remind` and `escalate` fall due by time.
 */
export type JobKind = ClickKind | 'card' | 'execute' | 'expire' | 'remind' | 'escalate' | 'tell'

export interface Job {
  /** Deterministic: the same work written twice is one job. */
  readonly id: string
  readonly kind: JobKind
  /** Request id. */
  readonly request: string
  /** What the kind needs to know; no secret. */
  readonly about: Readonly<Record<string, Json>>
  /** Not before, in milliseconds since the epoch. */
  readonly dueAt: number
}

/** A job taken by this process until its lease ends. */
export interface Taken extends Job {
  /** How often it was taken, this time included. */
  readonly attempts: number
}
