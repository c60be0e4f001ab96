import type { Crowd } from './crowd.ts'
import { wanted } from './filter.ts'
import type { Wanted } from './filter.ts'
import { attributeOf } from './user.ts'
import type { User } from './user.ts'

interface Picture {
  /** The picture was true until this moment. */
  readonly until: number
  readonly user: User | undefined
}

interface Entry {
  readonly seq: number
  user: User | undefined
  readonly past: Picture[]
}

/** The users of one pool: found by name, listed in a fixed order, as of now or of a while ago. */
export class Directory {
  readonly #fold: (name: string) => string
  readonly #crowd: Crowd
  readonly #byName = new Map<string, Entry>()
  readonly #bySub = new Map<string, Entry>()
  /** In order of seq. */
  readonly #entries = new Map<number, Entry>()
  /** Users of the crowd that somebody has touched; they keep their place. */
  readonly #adopted = new Map<number, Entry>()
  #next: number
  #size: number

  constructor(fold: (name: string) => string, crowd: Crowd) {
    this.#fold = fold
    this.#crowd = crowd
    this.#next = crowd.size
    this.#size = crowd.size
  }

  get size(): number {
    return this.#size
  }

  nextSeq(): number {
    return this.#next++
  }

  named(username: string): User | undefined {
    return this.#find(this.#byName, this.#fold(username), 'username', username)
  }

  withSub(sub: string): User | undefined {
    return this.#find(this.#bySub, sub, 'sub', sub)
  }

  add(user: User, at: number, keepPast: boolean): void {
    const entry: Entry = { seq: user.seq, user, past: [] }
    if (keepPast) entry.past.push({ until: at, user: undefined })
    this.#entries.set(user.seq, entry)
    this.#index(entry, user)
    this.#size++
  }

  /** Keeps what was true until now, for lists that lag behind; call it before a change. */
  remember(user: User, at: number): void {
    this.#entryOf(user)?.past.push({ until: at, user: structuredClone(user) })
  }

  remove(user: User): void {
    const entry = this.#entryOf(user)
    if (entry === undefined) return
    entry.user = undefined
    this.#byName.delete(this.#fold(user.username))
    this.#bySub.delete(user.sub)
    if (entry.past.length === 0) this.#entries.delete(user.seq)
    this.#size--
  }

  /** Users after a place, in order, as the directory was `at` (undefined: as it is). */
  *after(seq: number, search: Wanted | undefined, at: number | undefined): Generator<User> {
    for (const n of this.#crowdAndAdopted(seq + 1, search)) {
      const user = this.#picture(n, at)
      if (user && accepted(user, search)) yield user
    }
    for (const entry of this.#entries.values()) {
      const user = entry.seq > seq ? pictureOf(entry, at) : undefined
      if (user && accepted(user, search)) yield user
    }
  }

  /** In order, everybody but the crowd that nobody has touched: whoever can be in a group. */
  *touched(): Generator<User> {
    const adopted = [...this.#adopted.values()].toSorted((a, b) => a.seq - b.seq)
    for (const { user } of [...adopted, ...this.#entries.values()]) if (user) yield user
  }

  #picture(n: number, at: number | undefined): User | undefined {
    const entry = this.#adopted.get(n)
    return entry ? pictureOf(entry, at) : this.#crowd.at(n)
  }

  *#crowdAndAdopted(from: number, search: Wanted | undefined): Generator<number> {
    const adopted = [...this.#adopted.keys()].filter((n) => n >= from).toSorted((a, b) => a - b)
    let next = 0
    for (const n of this.#crowd.numbers(from, search)) {
      for (; (adopted[next] ?? n) < n; next++) yield adopted[next] ?? n
      if (adopted[next] !== n) yield n
    }
    yield* adopted.slice(next)
  }

  #find(index: Map<string, Entry>, key: string, attribute: string, name: string): User | undefined {
    const entry = index.get(key)
    if (entry) return entry.user
    const exact = wanted(attribute, true, name, attribute === 'username' ? this.#fold : undefined)
    for (const n of this.#crowd.numbers(0, exact))
      return this.#adopted.has(n) ? undefined : this.#adopt(n)
    return undefined
  }

  #adopt(n: number): User {
    const user = this.#crowd.at(n)
    const entry: Entry = { seq: n, user, past: [] }
    this.#adopted.set(n, entry)
    this.#index(entry, user)
    return user
  }

  #index(entry: Entry, user: User): void {
    this.#byName.set(this.#fold(user.username), entry)
    this.#bySub.set(user.sub, entry)
  }

  #entryOf(user: User): Entry | undefined {
    return this.#entries.get(user.seq) ?? this.#adopted.get(user.seq)
  }
}

function pictureOf(entry: Entry, at: number | undefined): User | undefined {
  if (at === undefined) return entry.user
  const past = entry.past.find((picture) => picture.until > at)
  return past ? past.user : entry.user
}

const accepted = (user: User, search: Wanted | undefined): boolean =>
  search === undefined || search.accepts(attributeOf(user, search.attribute))
