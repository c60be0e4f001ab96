import type { Person, Standing } from '../../src/core/person.ts'
import type { Clock, People } from '../../src/core/ports.ts'
import { Refusal } from '../../src/core/refusal.ts'

export const HOME = 'T0123'

export function member(id: string, about: Partial<Person> = {}): Person {
  return {
    id,
    team: HOME,
    name: id.toLowerCase(),
    guest: false,
    external: false,
    deactivated: false,
    bot: false,
    ...about,
  }
}

/** A workspace in memory, read through a memory of its own as the real one is. */
export class FakePeople implements People {
  readonly #now: Clock
  readonly #there = new Map<string, Pick<Standing, 'person' | 'groups'>>()
  readonly #read = new Map<string, Standing>()
  /** Slack does not answer. */
  silent = false

  constructor(now: Clock) {
    this.#now = now
  }

  set(person: Person, ...groups: readonly string[]): void {
    this.#there.set(person.id, { person, groups })
  }

  known(id: string): Standing | undefined {
    return this.#read.get(id)
  }

  refresh(id: string): void {
    this.#look(id)
  }

  async fresh(id: string, since: number): Promise<Standing> {
    const known = this.#read.get(id)
    if (known && known.readAt >= Math.max(since, this.#now() - 60_000)) return known
    const standing = this.#look(id)
    if (!standing) throw new Refusal('Slack could not confirm who you are.')
    return standing
  }

  #look(id: string): Standing | undefined {
    const there = this.silent ? undefined : this.#there.get(id)
    const standing = there && { ...there, readAt: this.#now() }
    if (standing) this.#read.set(id, standing)
    return standing
  }
}
