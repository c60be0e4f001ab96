import type { WebClient } from '@slack/web-api'
import { z } from 'zod'
import type { Person, Standing } from '../core/person.ts'
import type { Clock, People } from '../core/ports.ts'
import type { Log } from './log.ts'
import type { Read } from './remembered.ts'
import { Refusal } from '../core/refusal.ts'
import { Remembered } from './remembered.ts'
import { slackFault } from './slack-fault.ts'

/** A group of the configuration: a Slack user group, listed people, or both. */
export interface PeopleGroup {
  readonly name: string
  readonly usergroup?: string | undefined
  readonly users?: readonly string[] | undefined
}

export interface SlackPeopleOptions {
  /** The interactive client. */
  readonly client: Pick<WebClient, 'users' | 'usergroups'>
  readonly groups: readonly PeopleGroup[]
  readonly now: Clock
  readonly log: Log
}

/** For display only: whatever has an effect asks again. */
const OLDEST_KNOWN_MS = 12 * 3_600_000
const OLDEST_FRESH_MS = 60_000
const REFRESH_AFTER_MS = 30_000
/** Members read at start, so that their first command is answered from memory; the others cost one form. */
const MOST_WARMED = 100
const WARMED_AT_ONCE = 5
const RENEW_EVERY_MS = 5000
const OLDEST_MEMBER_MS = 3_600_000
const UNCONFIRMED =
  'Slack could not confirm who you are just now, so nothing was done. Try again in a moment.'

/** A deactivated account carries no further flags; of everybody else they are required. */
const userShape = z.union([
  z.object({ id: z.string(), team_id: z.string(), name: z.string(), deleted: z.literal(true) }),
  z.object({
    id: z.string(),
    team_id: z.string(),
    name: z.string(),
    deleted: z.literal(false),
    is_bot: z.boolean(),
    is_restricted: z.boolean(),
    is_ultra_restricted: z.boolean(),
    is_stranger: z.boolean().optional(),
    profile: z.object({
      display_name: z.string().optional(),
      real_name: z.string().optional(),
      email: z.string().optional(),
    }),
  }),
])

/** Who people are: `users.info`, and one list per configured user group, shared by everybody. */
export class SlackPeople implements People {
  readonly #options: SlackPeopleOptions
  readonly #usergroups: readonly string[]
  readonly #persons: Remembered<Person>
  readonly #members: Remembered<ReadonlySet<string>>
  #renewAt = 0

  constructor(options: SlackPeopleOptions) {
    const { client, groups, now } = options
    this.#options = options
    this.#usergroups = [...new Set(groups.flatMap(({ usergroup }) => usergroup ?? []))]
    this.#persons = new Remembered((id) => readPerson(client, id), now, 2000)
    this.#members = new Remembered((id) => readMembers(client, id), now, 200)
  }

  known(id: string): Standing | undefined {
    return this.#from(id, this.#options.now() - OLDEST_KNOWN_MS)
  }

  refresh(id: string, since = this.#options.now() - REFRESH_AFTER_MS): void {
    this.#read(id, since).catch((error: unknown) => this.#unread(error))
  }

  async fresh(id: string, since: number): Promise<Standing> {
    try {
      return await this.#read(id, Math.max(since, this.#options.now() - OLDEST_FRESH_MS))
    } catch (error) {
      this.#unread(error)
      throw new Refusal(UNCONFIRMED)
    }
  }

  /** However old: whoever acts is asked about afresh. What is missing or old is read meanwhile. */
  members(): readonly Standing[] {
    this.#renew()
    return this.#memberIds().flatMap((id) => this.#from(id, 0) ?? [])
  }

  /** Reads who is in the groups, and who they are. Never throws: what fails is read when it is needed. */
  async warmUp(): Promise<void> {
    try {
      await Promise.all(this.#usergroups.map((id) => this.#members.since(id, 0)))
      await this.#warm(this.#memberIds().slice(0, MOST_WARMED))
    } catch (error) {
      this.#unread(error)
    }
  }

  /** Starts a few reads, now and then: who is in the groups, and people who are unknown or long unread. */
  #renew(): void {
    const now = this.#options.now()
    if (now < this.#renewAt) return
    this.#renewAt = now + RENEW_EVERY_MS
    for (const usergroup of this.#usergroups)
      this.#members
        .since(usergroup, now - REFRESH_AFTER_MS)
        .catch((error: unknown) => this.#unread(error))
    const old = now - OLDEST_MEMBER_MS
    const unread = this.#memberIds().filter((id) => this.#persons.known(id, old) === undefined)
    for (const id of unread.slice(0, WARMED_AT_ONCE))
      this.#persons.since(id, old).catch((error: unknown) => this.#unread(error))
  }

  /** Listed people first, then the members of user groups that were read. */
  #memberIds(): readonly string[] {
    const listed = this.#options.groups.flatMap(({ users }) => users ?? [])
    const read = this.#usergroups.flatMap((id) => [...(this.#members.known(id, 0)?.value ?? [])])
    return [...new Set([...listed, ...read])]
  }

  async #warm([...ids]: readonly string[]): Promise<void> {
    const worker = async (): Promise<void> => {
      for (let id = ids.shift(); id !== undefined; id = ids.shift())
        await this.#persons.since(id, 0)
    }
    await Promise.all(Array.from({ length: WARMED_AT_ONCE }, worker))
  }

  #from(id: string, since: number): Standing | undefined {
    const person = this.#persons.known(id, since)
    const members = this.#usergroups.map((usergroup) => this.#members.known(usergroup, since))
    return person === undefined || members.includes(undefined)
      ? undefined
      : this.#standing(
          person,
          members.filter((read) => read !== undefined),
        )
  }

  async #read(id: string, since: number): Promise<Standing> {
    const [person, ...members] = await Promise.all([
      this.#persons.since(id, since),
      ...this.#usergroups.map((usergroup) => this.#members.since(usergroup, since)),
    ])
    return this.#standing(person, members)
  }

  /** `members` in the order of the user groups. */
  #standing(person: Read<Person>, members: readonly Read<ReadonlySet<string>>[]): Standing {
    const { id } = person.value
    const within = new Set(this.#usergroups.filter((_, at) => members[at]?.value.has(id)))
    const groups = this.#options.groups.filter(
      ({ users, usergroup }) =>
        users?.includes(id) === true || (usergroup !== undefined && within.has(usergroup)),
    )
    return {
      person: person.value,
      groups: groups.map(({ name }) => name),
      readAt: Math.min(person.at, ...members.map(({ at }) => at)),
    }
  }

  #unread(error: unknown): void {
    this.#options.log.warn({ code: slackFault(error).code }, 'Slack did not say who a person is.')
  }
}

async function readPerson(client: SlackPeopleOptions['client'], id: string): Promise<Person> {
  const user = userShape.parse((await client.users.info({ user: id })).user)
  if (user.id !== id) throw new Error('Slack answered for another person.')
  const common = { id, team: user.team_id }
  if (user.deleted)
    return {
      ...common,
      name: user.name,
      email: undefined,
      guest: false,
      external: false,
      deactivated: true,
      bot: false,
    }
  const { display_name: displayName, real_name: realName, email } = user.profile
  return {
    ...common,
    name:
      [displayName, realName, user.name].find((name) => name !== undefined && name !== '') ?? id,
    email: email === '' ? undefined : email,
    guest: user.is_restricted || user.is_ultra_restricted,
    external: user.is_stranger === true,
    deactivated: false,
    bot: user.is_bot,
  }
}

async function readMembers(
  client: SlackPeopleOptions['client'],
  usergroup: string,
): Promise<ReadonlySet<string>> {
  const { users } = await client.usergroups.users.list({ usergroup })
  return new Set(z.array(z.string()).parse(users))
}
