import type { Choice } from '../field.ts'
import type { EntryDraft } from '../audit.ts'
import type { CardModel } from '../board.ts'
import type { ClickKind, Taken } from '../job.ts'
import type { Answer, Facts, Mutation, Outcome, Query, Values } from '../operation.ts'
import type { Standing } from '../person.ts'
import type { Refusal } from '../refusal.ts'
import type { Ended, Request } from '../request.ts'
import type { Rights } from '../rights.ts'
import type { Picking, UsersFound } from './picking.ts'

/** A form as it was sent. The id was minted when the form opened. */
export interface Submission {
  readonly id: string
  readonly operation: Mutation
  readonly person: string
  /** Validated by the operation's input schema. */
  readonly values: Values
}

/** An attempt that ended. `outcome` is there only when the work is done and recorded as done. */
export interface Ending {
  readonly kind: 'ended'
  readonly request: Ended
  readonly outcome: Outcome | undefined
  /** An error that is neither a refusal nor a cloud fault: to be logged. */
  readonly bug?: unknown
}

export type Submitted =
  | Ending
  /** Put to the approvers. `breakGlass`: this person may act alone in an emergency. */
  | { readonly kind: 'asked'; readonly card: CardModel; readonly breakGlass: boolean }
  /** The same request came before: this is how it stands. */
  | { readonly kind: 'repeated'; readonly request: Request }

export interface Click {
  /** Slack's `trigger_id` or view id: the same delivery twice is one click. */
  readonly key: string
  readonly kind: ClickKind
  readonly request: string
  readonly person: string
  /** Short digest of the plan that the card showed. */
  readonly digest?: string
  /** Why it is denied. */
  readonly why?: string
}

/** What a person's home shows. */
export interface Overview {
  readonly standing: Standing
  readonly waiting: readonly CardModel[]
  readonly own: readonly CardModel[]
  readonly permitted: readonly Facts[]
}

/** The life of requests over the ports. Refusals are thrown, and audited here. */
export interface Workflow {
  readonly rights: Rights
  /** Throws the refusal for people whom no policy can let in. */
  admit(standing: Standing): void
  answer(operation: Query, standing: Standing, values: Values): Promise<Answer>
  /** Users that can be picked in a form. Throws a refusal when no pool is chosen. */
  users(picking: Picking): Promise<UsersFound>
  /** What can be picked in another field of the form. */
  options(picking: Picking): Promise<readonly Choice[]>
  submit(submission: Submission): Promise<Submitted>
  /** Makes a click durable; what follows from it is done by its job, at once and after a crash too. */
  click(click: Click): Promise<void>
  /** Generates, sets and returns a secret for the requester of an approved request. `since`: when they clicked. */
  reveal(request: string, person: string, since: number): Promise<Ending>
  /** Acts alone in an emergency: the request is approved, everybody else is told. */
  breakGlass(request: string, person: string, reason: string, since: number): Promise<Submitted>
  /** Records whether the requester has been shown the secret. */
  revealed(request: Request, shown: boolean): Promise<void>
  /** Records a refusal that was given before a request existed. */
  refused(actor: string, refusal: Refusal, about?: Partial<EntryDraft>): Promise<void>
  card(request: string): Promise<CardModel | undefined>
  overview(person: string): Promise<Overview>
  /** Does what a job says. Throws when it should be tried again later. */
  work(job: Taken): Promise<void>
}
