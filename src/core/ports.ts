import type { EntryDraft } from './audit.ts'
import type { PoolProfile, PoolRef, User, UserSummary } from './directory.ts'
import type { Facts } from './operation.ts'
import type { Person, Standing } from './person.ts'
import type { Executing, Request } from './request.ts'
import type { Secret } from './secret.ts'
import type { Question, Verdict } from './verdict.ts'

/** Milliseconds since the epoch. */
export type Clock = () => number

export interface Ids {
  /** Names a request: unguessable, minted when the form opens. */
  request(): string
  /** Names a fault for a person to quote, such as `LG-7F3K2Q`. */
  reference(): string
}

/** Reads, on behalf of one person: all that a query or a plan may use. */
export interface Look {
  readonly standing: Standing
  /** Characters of a generated password, before the pool's own minimum. */
  readonly passwordLength: number
  readonly now: Clock
  /** At most 60 s old. */
  pool(id: string): Promise<PoolProfile>
  /** Always read now. `name` is a username, an alias or a `sub`. */
  user(pool: string, name: string): Promise<User>
  /** Operations this person may ask for somewhere, in the registry's order. */
  permitted(): readonly Facts[]
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
  /** Starts a read unless one was begun after `since` (30 s ago). Never throws, never waits. */
  refresh(id: string, since?: number): void
  /** Read after `since` and at most 60 s old, else read now. A failed read is a `Refusal`. */
  fresh(id: string, since: number): Promise<Standing>
}

export interface Policy {
  /** Hash of the policies, the generated schema and the inventory. */
  readonly version: string
  /** True when a policy can tell pools apart by name, account or region and not by environment alone. */
  readonly readsPoolIdentity: boolean
  /** Memoised: for display and for the verdict before the acknowledgement. */
  decide(question: Question): Verdict
}

/** Durable state. Each method is one transaction; every state change carries its audit entry. */
export interface Store {
  /** Writes the request and its intent, unless the id is known: then returns what is stored. */
  open(request: Executing, entry: EntryDraft): Promise<Request | undefined>
  /** Compare-and-swap on version. False: somebody else was first, nothing was written. */
  swap(from: Request, to: Request, entry: EntryDraft): Promise<boolean>
  append(entry: EntryDraft): Promise<void>
  request(id: string): Promise<Request | undefined>
  /** Requests left in `executing` whose lease ended before `now`, oldest first. */
  abandoned(now: number): Promise<readonly Executing[]>
}
