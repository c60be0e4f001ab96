import type { PoolRef } from './directory.ts'
import type { StepRecord } from './ports.ts'
import type { Request } from './request.ts'

/** Everything that a card says, worked out from stored state. */
export interface CardModel {
  readonly request: Request
  /** Title of the operation. */
  readonly title: string
  readonly pool: PoolRef | undefined
  /** `customers (prod)`; the id when the pool is no longer managed. */
  readonly poolName: string
  /** Slack user ids whose votes are in, oldest first. */
  readonly votes: readonly string[]
  /** Configured groups whose members may approve. */
  readonly approverGroups: readonly string[]
  /** Slack user ids that may approve, the requester left out. */
  readonly approvers: readonly string[]
  /** Of work in several steps: what is done of it, in the order in which it was begun. */
  readonly steps: readonly StepRecord[]
}

/** Words for one person, with what they may do about the request. */
export interface Note {
  readonly person: string
  readonly text: string
  readonly request: string
  /** A button beside the words. */
  readonly button?: 'reveal' | 'review'
}

/** Where requests are shown and people are told: Slack. Each call may be repeated. */
export interface Board {
  /** Posts the request's card, or redraws it in place. */
  draw(card: CardModel): Promise<void>
  /** A message in the card's thread that notifies these groups. */
  nudge(card: CardModel, text: string, groups: readonly string[]): Promise<void>
  tell(note: Note): Promise<void>
}
