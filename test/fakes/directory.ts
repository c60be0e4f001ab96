import { CloudFault } from '../../src/core/cloud-fault.ts'
import type { FaultKind } from '../../src/core/cloud-fault.ts'
import type {
  PoolProfile,
  PoolRef,
  User,
  UserGroup,
  UserSummary,
} from '../../src/core/directory.ts'
import type { Person } from '../../src/core/person.ts'
import type { Act, CallWitness, Clock, Directory, Pools } from '../../src/core/ports.ts'
import { Refusal } from '../../src/core/refusal.ts'
import { actWith } from './act.ts'
import { unused } from './look.ts'

export const STAGING: PoolProfile = {
  id: 'eu-west-1_STAGE0001',
  name: 'staging-customers',
  environment: 'staging',
  account: 'main',
  region: 'eu-west-1',
  passwordPolicy: { MinimumLength: 12 },
  temporaryPasswordDays: 7,
  recovery: ['verified_email'],
}

export const PROD: PoolProfile = {
  ...STAGING,
  id: 'eu-west-1_PROD00001',
  name: 'customers',
  environment: 'prod',
}

export function user(username: string, about: Partial<User> = {}): User {
  return {
    pool: STAGING,
    username,
    sub: `sub-of-${username}`,
    status: 'CONFIRMED',
    enabled: true,
    email: `${username}@example.com`,
    emailVerified: true,
    phone: undefined,
    phoneVerified: false,
    name: undefined,
    mfa: [],
    modifiedAt: undefined,
    ...about,
  }
}

/** What goes wrong with the next call of this name: a fault, or an error that nobody foresaw. */
export interface Mishap {
  readonly call: string
  readonly kind: FaultKind | 'bug'
  /** The change was made all the same. */
  readonly committed?: boolean
}

export interface Write {
  readonly call: string
  readonly username: string
  readonly by: string
}

/** Pools and users in memory, and writes that are witnessed as the real ones are. */
export class FakeDirectory implements Directory {
  readonly writes: Write[] = []
  readonly mishaps: Mishap[] = []
  /** Looked at while a write is under way: its intent is durable by then. */
  meanwhile: (write: Write) => Promise<void> = async () => undefined
  readonly #now: Clock
  readonly #users: User[] = []
  readonly #groups = new Map<string, readonly string[]>()
  readonly #pools: readonly PoolProfile[]

  constructor(now: Clock, pools: readonly PoolProfile[] = [STAGING, PROD]) {
    this.#now = now
    this.#pools = pools
  }

  add(one: User, ...groups: readonly string[]): void {
    this.#users.push(one)
    this.#groups.set(one.username, groups)
  }

  readonly pools: Pools = {
    get: (id) => this.knownPool(id),
    named: (name) => this.#pools.filter((pool) => pool.name === name),
    search: (text) => this.#pools.filter((pool) => pool.name.includes(text)),
    all: (): readonly PoolRef[] => this.#pools,
    refreshedAt: () => 1,
  }

  async pool(id: string): Promise<PoolProfile> {
    const pool = this.knownPool(id)
    if (!pool) throw new Refusal('There is no such pool.', { field: 'pool' })
    return pool
  }

  prefetch(): void {
    // Everything is here already.
  }

  knownPool(id: string): PoolProfile | undefined {
    return this.#pools.find((pool) => pool.id === id)
  }

  async user(pool: string, name: string): Promise<User> {
    this.#stumble('AdminGetUser')
    return this.#find(pool, name)
  }

  async search(pool: string, text: string): Promise<readonly UserSummary[]> {
    return this.#users.filter((one) => one.pool.id === pool && one.username.includes(text))
  }

  knownUser(pool: string, name: string): UserSummary | undefined {
    return this.#users.find((one) => one.pool.id === pool && one.username === name)
  }

  async userGroups(pool: string, name: string): Promise<readonly UserGroup[]> {
    const groups = this.#groups.get(this.#find(pool, name).username) ?? []
    return groups.map((group) => ({ name: group }))
  }

  readonly snapshot = unused
  readonly described = unused
  readonly lastSeen = () => undefined
  readonly poolGroups = unused
  readonly members = unused
  readonly find = unused
  readonly factors = unused
  readonly sessions = unused
  readonly created = unused

  act(person: Person, witness: CallWitness): Act {
    const perform = async (call: string, username: string) => {
      await witness.before(call)
      const write = { call, username, by: person.id }
      const mishap = this.#take(call)
      if (!mishap || mishap.committed) this.writes.push(write)
      await this.meanwhile(write)
      if (mishap?.kind === 'bug') throw new TypeError('Nobody foresaw this.')
      const awsRequestId = mishap ? undefined : `aws-${this.writes.length}`
      witness.after({ call, awsRequestId, ms: this.#now() % 7, error: mishap?.kind })
      if (mishap) throw faultOf(mishap)
    }
    return actWith(perform)
  }

  #find(pool: string, name: string): User {
    const found = this.#users.find((one) => one.pool.id === pool && namesOf(one).includes(name))
    if (!found) throw new Refusal('There is no such user.', { field: 'user' })
    return found
  }

  #stumble(call: string): void {
    const mishap = this.#take(call)
    if (mishap) throw faultOf(mishap)
  }

  #take(call: string): Mishap | undefined {
    const at = this.mishaps.findIndex((mishap) => mishap.call === call)
    return at < 0 ? undefined : this.mishaps.splice(at, 1)[0]
  }
}

const namesOf = ({ username, sub, email }: User) => [username, sub, email]

function faultOf({ call, kind }: Mishap): Error {
  if (kind === 'bug') return new TypeError('Nobody foresaw this.')
  return new CloudFault(`The sentence for ${kind}.`, { kind, code: kind, call })
}
