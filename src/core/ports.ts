import type { AuditEntry, EntryDraft } from './audit.ts'
import type {
  AuthFactors,
  CodeFactor,
  NewPool,
  NewUser,
  PoolProfile,
  PoolRef,
  PoolSnapshot,
} from './directory.ts'
import type {
  Sessions,
  SettingChange,
  User,
  UserGroup,
  UserSearch,
  UserSummary,
} from './directory.ts'
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
  /** DescribeUserPool and GetUserPoolMfaConfig, always read now. */
  snapshot(id: string): Promise<PoolSnapshot>
  /** Always read now. `name` is a username, an alias or a `sub`. */
  user(pool: string, name: string): Promise<User>
  /** The groups a user is in, all pages. */
  userGroups(pool: string, name: string): Promise<readonly UserGroup[]>
  factors(user: User): Promise<AuthFactors>
  sessions(user: User): Promise<Sessions>
  /** Pools of this name in the place of `place`, by ListUserPools, and for each its request tag. */
  created(place: PoolRef): Promise<readonly CreatedPool[]>
}

/** A pool as it stands at AWS after a create whose answer was lost. */
export interface CreatedPool {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly tags: Readonly<Record<string, string>>
}

/** What the configuration says about where things are. */
export interface Inventory {
  readonly environments: readonly string[]
  readonly accounts: readonly { readonly name: string; readonly regions: readonly string[] }[]
  /** The environment that lifeguard.yml gives to such a pool; undefined when it would not be managed. */
  environmentOf(pool: {
    readonly name: string
    readonly tags: Readonly<Record<string, string>>
  }): string | undefined
  readonly protectedGroups: readonly string[]
  /** Users that one bulk request may name. */
  readonly bulkMost: number
  /** Characters of a generated password, before the pool's own minimum. */
  readonly passwordLength: number
}

/** Reads, on behalf of one person: all that a query or a plan may use. */
export interface Look extends Reads {
  readonly standing: Standing
  readonly inventory: Inventory
  /** Names the request that the plan is made for, if there is one. */
  readonly request: string
  /** At most 60 s old, with its age. */
  described(id: string): Promise<PoolSnapshot>
  /** What `described` would answer from memory alone, however old. */
  lastSeen(id: string): PoolSnapshot | undefined
  /** The groups of a pool, at most 60 s old. */
  poolGroups(pool: string): Promise<readonly UserGroup[]>
  /** Usernames in a group, all pages. */
  members(pool: string, group: string): Promise<readonly string[]>
  /** One ListUsers call. Never AdminGetUser, which is billed. */
  find(pool: string, text: string): Promise<UserSearch>
  /** Managed pools, in order of name, on which this person may use what is asked for. From memory. */
  readonly pools: PermittedPools
  /** Operations this person may ask for somewhere, in the registry's order. */
  permitted(): readonly Facts[]
  /** Whether this person sees e-mail addresses, phone numbers and names whole. */
  seesPersonalData(pool: PoolRef): boolean
  /** Whether this person may use an operation on this pool, with approvals or without. */
  may(operation: string, pool: PoolRef): boolean
  /** This person's own requests, newest first. */
  ownRequests(): Promise<readonly Request[]>
  /** Open requests that this person may vote on or review, newest first. */
  waitingRequests(): Promise<readonly Request[]>
  /** Changes of a pool that kept its image from before, newest first. */
  poolChanges(pool: string): Promise<readonly PoolChange[]>
  /** The latest audit entries, newest first, of a pool or a user of it. */
  history(about: { pool?: string; target?: string; actor?: string }): Promise<readonly AuditEntry[]>
  /** `customers (prod)`. */
  poolName(id: string): string
}

export interface PermittedPools {
  get(id: string): PoolRef | undefined
  /** Up to `limit` of those whose names hold the text, from the `from`-th managed pool on; `next`: where to go on. */
  page(text: string, from: number, limit: number): PoolPage
  /** How many pools are managed. */
  readonly count: number
  readonly refreshedAt: number | undefined
}

export interface PoolPage {
  readonly rows: readonly PoolRef[]
  readonly next: number | undefined
}

/** A change that was made to a pool through the bot, with the pool before and after it. */
export interface PoolChange {
  readonly request: string
  readonly operation: string
  readonly requester: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly before: PoolSnapshot
  readonly after: PoolSnapshot
}

/** Writes: handed to `apply` alone. Each is sent once; a failure is a `CloudFault`. */
export interface Act {
  setPassword(user: User, password: Secret, kind: 'temporary' | 'permanent'): Promise<void>
  sendResetCode(user: User): Promise<void>
  signOut(user: User): Promise<void>
  confirm(user: User): Promise<void>
  enable(user: User): Promise<void>
  disable(user: User): Promise<void>
  /** With `password` it is the temporary one and no message goes out. Answers the username Cognito gave. */
  createUser(draft: NewUser, password?: Secret): Promise<string>
  /** AdminCreateUser RESEND by e-mail: a new temporary password, the old one is dead. */
  resendInvitation(user: User): Promise<void>
  setAttributes(user: User, attributes: Readonly<Record<string, string>>): Promise<void>
  removeAttributes(user: User, names: readonly string[]): Promise<void>
  addToGroup(user: User, group: string): Promise<void>
  removeFromGroup(user: User, group: string): Promise<void>
  deleteUser(user: User): Promise<void>
  revokeSession(user: User, session: string, linked: boolean): Promise<void>
  removeSoftwareToken(user: User): Promise<void>
  /** Turns these factors off, which the user has; the caller reads back. */
  clearMfaPreference(user: User, factors: readonly CodeFactor[]): Promise<void>
  /**
   * The safe change of cognito.md 4.4: writes everything that was there with the changes, after the
   * pool was found as in `before`, and reads back. Answers the pool as it is then.
   */
  changePool(before: PoolSnapshot, changes: readonly SettingChange[]): Promise<PoolSnapshot>
  /** CreateUserPool, then SetUserPoolMfaConfig where asked. Answers the pool as it is then. */
  createPool(draft: NewPool): Promise<PoolMade>
}

export interface PoolMade {
  readonly snapshot: PoolSnapshot
  /** Why the second step, which turns MFA on, did not work. */
  readonly withoutMfa?: string | undefined
}

/** What was done of work in several steps: durable, so that a later attempt repeats nothing. */
export interface Pass {
  /** The steps that an earlier attempt began or ended, by key. */
  readonly steps: ReadonlyMap<string, StepDone>
  /**
   * Does one step unless it was begun before. Its intent is durable first, its outcome after.
   * `settle` says what a look shows of a step that was interrupted; without it that stays unknown.
   */
  run(key: string, work: () => Promise<string>, settle?: () => StepLook): Promise<StepDone>
}

/** `not-applied`: doing it now repeats nothing, or nothing that matters. */
export type StepLook = 'applied' | 'not-applied' | 'unknown'

export interface StepDone {
  readonly as: 'done' | 'failed' | 'unknown'
  /** One sentence for people. */
  readonly sentence: string
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
export interface Directory extends Omit<Reads, 'now'> {
  readonly pools: Pools
  /** Starts the reads that `pool` and `user` will want soon. Never throws, never waits. */
  prefetch(id: string, user?: string): void
  /** What `pool` would answer from memory alone. */
  knownPool(id: string): PoolProfile | undefined
  /** Like `snapshot`, at most `maxAgeMs` old. */
  described(id: string, maxAgeMs: number): Promise<PoolSnapshot>
  lastSeen(id: string): PoolSnapshot | undefined
  poolGroups(pool: string): Promise<readonly UserGroup[]>
  members(pool: string, group: string): Promise<readonly string[]>
  find(pool: string, text: string): Promise<UserSearch>
  /** By e-mail, phone, username or name prefix; at most one Cognito call per burst of typing. */
  search(pool: string, text: string, limit: number): Promise<readonly UserSummary[]>
  /** The user as a recent search showed them, from memory alone. */
  knownUser(pool: string, name: string): UserSummary | undefined
  /** `paced`: the calls are many, so each waits for its turn in the quota. */
  act(person: Person, witness: CallWitness, how?: { readonly paced?: boolean }): Act
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
  /** The pool as the plan found it or as the work left it. */
  readonly images?: readonly Image[]
}

/** A pool's settings as they were at one moment of a request's life. */
export interface Image {
  readonly request: string
  /** `planned`: when it was asked for; `before` and `after`: around the write. */
  readonly moment: 'planned' | 'before' | 'after'
  readonly snapshot: PoolSnapshot
}

/** A step of a request's work as it is remembered: begun, or ended. */
export interface StepRecord {
  readonly request: string
  readonly key: string
  readonly as: 'begun' | StepDone['as']
  readonly sentence: string
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
  /** The latest image of that moment. */
  image(request: string, moment: Image['moment']): Promise<PoolSnapshot | undefined>
  /** Requests that changed this pool and kept both images, newest first. */
  poolChanges(pool: string, limit: number): Promise<readonly PoolChange[]>
  steps(request: string): Promise<readonly StepRecord[]>
  /** False: a step of this key is known, nothing was written. */
  beginStep(step: StepRecord, along: Along): Promise<boolean>
  endStep(step: StepRecord, along: Along): Promise<void>
  /** The latest entries about this, newest first. */
  history(
    about: { pool?: string; target?: string; actor?: string },
    limit: number,
  ): Promise<readonly AuditEntry[]>
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
