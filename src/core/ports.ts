import type { EntryDraft } from './audit.ts'
import type { PoolProfile, PoolRef, User, UserSummary } from './directory.ts'
import type { Facts } from './operation.ts'
import type { Person, Standing } from './person.ts'
import type { Job, Taken } from './job.ts'
import type { Request } from './request.ts'
import type { Secret } from './secret.ts'
import type { Ballot, Question, Ruling, Verdict } from './verdict.ts'
import type { Vote } from './vote.ts'

/** Milliseconds since the epoch. */
export type Clock = () => number

export interface Ids {
  /** Names a request: unguessable, minted when the form opens. */
  request(): string
  /** Names a fault for a person to quote, such as `LG-7F3K2Q`. */
  reference(): string
}

/** Reads that nobody in particular makes. */
export interface Reads {
  readonly now: Clock
  /** At most 60 s old. */
  pool(id: string): Promise<PoolProfile>
  /** Always read now. `name` is a username, an alias or a `sub`. */
  user(pool: string, name: string): Promise<User>
}

/** Reads, on behalf of one person: all that a query or a plan may use. */
export interface Look extends Reads {
  readonly standing: Standing
  /** Characters of a generated password, before the pool's own minimum. */
  readonly passwordLength: number
  /** Operations this person may ask for somewhere, in the registry's order. */
  permitted(): readonly Facts[]
  /** This person's own requests, newest first. */
  ownRequests(): Promise<readonly Request[]>
  /** Open requests that this person may vote on or review, newest first. */
  waitingRequests(): Promise<readonly Request[]>
  /** `customers (prod)`. */
  poolName(id: string): string
}

/** Writes: handed to `apply` alone. Each is sent once; a failure is a `CloudFault`. */
export interface Act {
  setPassword(user: User, password: Secret, kind: 'temporary' | 'permanent'): Promise<void>
  sendResetCode(user: User): Promise<void>
  signOut(user: User): Promise<void>
}

/** A write call as it is about to be sent, and as it ended. */
export interface CallRecord {
  readonly call: string
  readonly awsRequestId: string | undefined
  readonly ms: number
  /** The API's error name; undefined after success. */
  readonly error: string | undefined
}

export interface CallWitness {
  /** Resolves once the intent is durable; the call is sent after that. */
  before(call: string): Promise<void>
  after(record: CallRecord): void
}

/** The managed pools, from memory. Refreshed in the background, never on the way of an interaction. */
export interface Pools {
  get(id: string): PoolRef | undefined
  /** Exact name, any case. More than one when accounts share a name. */
  named(name: string): readonly PoolRef[]
  search(text: string, limit: number): readonly PoolRef[]
  /** Every managed pool, in order of name. */
  all(): readonly PoolRef[]
  /** Milliseconds since the epoch of the last complete refresh; undefined before the first. */
  refreshedAt(): number | undefined
}

/** Cognito, for the requester of one request. */
export interface Directory {
  readonly pools: Pools
  /** DescribeUserPool, at most 60 s old, coalesced. */
  pool(id: string): Promise<PoolProfile>
  /** Starts the reads that `pool` and `user` will want soon. Never throws, never waits. */
  prefetch(id: string, user?: string): void
  /** What `pool` would answer from memory alone. */
  knownPool(id: string): PoolProfile | undefined
  user(pool: string, name: string): Promise<User>
  /** By e-mail, phone, username or name prefix; at most one Cognito call per burst of typing. */
  search(pool: string, text: string, limit: number): Promise<readonly UserSummary[]>
  /** The user as a recent search showed them, from memory alone. */
  knownUser(pool: string, name: string): UserSummary | undefined
  /** Names of the Cognito groups the user is in. `name` as in `user`. */
  groups(pool: string, name: string): Promise<readonly string[]>
  act(person: Person, witness: CallWitness): Act
}

/** Who people are, from Slack. */
export interface People {
  /** From memory alone, at most half a day old: for display. Undefined when not known yet. */
  known(id: string): Standing | undefined
  /** Starts a read when the known answer is older than `since` (default: 30 s ago). Never throws, never waits. */
  refresh(id: string, since?: number): void
  /** Read after `since` and at most 60 s old, else read now. A failed read is a `Refusal`. */
  fresh(id: string, since: number): Promise<Standing>
  /** Who is in any configured group, from memory: whom a question can reach. */
  members(): readonly Standing[]
}

export interface Policy {
  /** Hash of the policies, the generated schema and the inventory. */
  readonly version: string
  /** True when a policy can tell pools apart by name, account or region and not by environment alone. */
  readonly readsPoolIdentity: boolean
  /** Memoised: for display and for the verdict before the acknowledgement. */
  decide(question: Question): Verdict
  /** Decided afresh: for votes, execution and reveal. */
  judge(question: Question): Verdict
  /** May this person vote? Decided afresh. */
  mayApprove(ballot: Ballot): Ruling
  /** The same from memory, for display alone. */
  couldApprove(ballot: Ballot): Ruling
  /** May this person act alone in an emergency (`Action::"break-glass"`)? Decided afresh. */
  mayBreakGlass(ballot: Omit<Ballot, 'requester'>): Ruling
}

/** At most so many writes since then; counted in the store, so that replicas share them. */
export interface Ceiling {
  /** For the sentence: `you`, `this pool`, `everybody`. */
  readonly whom: string
  readonly requester?: string
  readonly pool?: string
  readonly most: number
  /** Milliseconds. */
  readonly perMs: number
}

/** What goes into one transaction beside the state itself. */
export interface Along {
  readonly entries: readonly EntryDraft[]
  readonly jobs?: readonly Job[]
  /** Checked when the request goes into `executing`; one that is reached stops the transaction. */
  readonly ceilings?: readonly Ceiling[]
}

/** A reached ceiling, and when the oldest write it counts leaves the window (milliseconds since the epoch). */
export interface Over {
  readonly kind: 'over'
  readonly ceiling: Ceiling
  readonly freeAt: number
}

export type Opened =
  | { readonly kind: 'opened' }
  | { readonly kind: 'known'; readonly request: Request }
  | Over
export type Swapped = { readonly kind: 'swapped' } | { readonly kind: 'moved' } | Over
/** `voted`: this person has voted in this round; `moved`: somebody else changed the request first. */
export type Voted =
  | { readonly kind: 'swapped' }
  | { readonly kind: 'moved' }
  | { readonly kind: 'voted' }

/** The message in the approvals channel that shows a request. */
export interface Card {
  readonly request: string
  readonly channel: string
  /** Undefined while its post has begun and was not confirmed. */
  readonly ts: string | undefined
}

/** Durable state. Each method is one transaction; every state change carries its audit entries and jobs. */
export interface Store {
  /** Writes a new request, unless its id is known. */
  open(request: Request, along: Along): Promise<Opened>
  /** Compare-and-swap on version. */
  swap(from: Request, to: Request, along: Along): Promise<Swapped>
  /** The vote, the swap and what goes along, or nothing of it. */
  vote(vote: Vote, from: Request, to: Request, along: Along): Promise<Voted>
  append(...entries: readonly EntryDraft[]): Promise<void>
  /** A click made durable before it is acknowledged. Known job ids are left as they are. */
  enqueue(...jobs: readonly Job[]): Promise<void>
  request(id: string): Promise<Request | undefined>
  votes(request: string, round: number): Promise<readonly Vote[]>
  /** Open requests (pending, approved, executing; ended with an open review), newest first. */
  openRequests(limit: number): Promise<readonly Request[]>
  /** Requests of one person, newest first, ended ones too. */
  requestsOf(person: string, limit: number): Promise<readonly Request[]>
  card(request: string): Promise<Card | undefined>
  /** Notes the card before it is posted (`ts` undefined) and after. False: it was noted already. */
  keepCard(card: Card): Promise<boolean>
  /** Takes due jobs for `leaseMs`: nobody else gets them meanwhile. Oldest first. */
  take(now: number, limit: number, leaseMs: number): Promise<readonly Taken[]>
  finish(job: Job): Promise<void>
  postpone(job: Job, dueAt: number): Promise<void>
  /** When the next job falls due or its lease ends, in milliseconds since the epoch. */
  nextDue(): Promise<number | undefined>
}
