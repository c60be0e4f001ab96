import { z } from 'zod'
import type { PoolRef, User, UserGroup } from '../../core/directory.ts'
import { labelOf } from '../../core/directory.ts'
import type { Look } from '../../core/ports.ts'
import { Refusal } from '../../core/refusal.ts'
import { listFault } from './bulk.ts'
import type { Share } from './bulk.ts'
import { asSeen } from '../../core/mask.ts'

/** What a name of a list stands for. `why`: what to say when there is no such user. */
interface Named {
  readonly name: string
  readonly user: User | undefined
  readonly why: string
}

/** Cognito allows itself few reads a second for one caller: some at a time. */
const AT_ONCE = 5

/** The users of these names, in the same order. Names that nobody has are told, not thrown. */
async function readUsers(
  look: Pick<Look, 'user'>,
  pool: string,
  names: readonly string[],
): Promise<readonly Named[]> {
  const found: Named[] = []
  for (let from = 0; from < names.length; from += AT_ONCE) {
    const some = names.slice(from, from + AT_ONCE)
    found.push(...(await Promise.all(some.map(async (name) => named(look, pool, name)))))
  }
  return found
}

async function named(look: Pick<Look, 'user'>, pool: string, name: string): Promise<Named> {
  try {
    return { name, user: await look.user(pool, name), why: '' }
  } catch (error) {
    if (error instanceof Refusal && error.field === 'user')
      return { name, user: undefined, why: error.message }
    throw error
  }
}

/** Usernames of everybody in a protected group of the pool. */
export async function membersOf(
  look: Pick<Look, 'members' | 'inventory'>,
  pool: PoolRef,
  groups: readonly UserGroup[],
): Promise<ReadonlySet<string>> {
  const guarded = groups.filter(({ name }) => look.inventory.protectedGroups.includes(name))
  const lists = await Promise.all(guarded.map(async ({ name }) => look.members(pool.id, name)))
  return new Set(lists.flat())
}

/** A user of the list as they were when it was asked for: the plan stays the same while the work goes on. */
export const chosenUser = z.object({
  username: z.string(),
  sub: z.string(),
  label: z.string(),
  happens: z.string(),
})
export type Chosen = z.infer<typeof chosenUser>
/** A name that is left out, and why. */
export const skippedName = z.object({ name: z.string(), why: z.string() })
type Skipped = z.infer<typeof skippedName>

/** Everybody named, sorted once. */
export interface Lists {
  readonly chosen: readonly Chosen[]
  readonly skipped: readonly Skipped[]
  /** As they are now, by username. */
  readonly users: ReadonlyMap<string, User>
}

type ShareIn = (user: User) => Share

/** Who of the named is helped, and who is left out and why. */
export async function sorted(
  names: readonly string[],
  look: Look,
  place: string,
  shareIn: ShareIn,
): Promise<Lists> {
  const fault = listFault(names, look.inventory.bulkMost)
  if (fault !== undefined) throw new Refusal(fault, { field: 'users' })
  const found = await readUsers(look, place, names)
  const chosen = new Map<string, Chosen>()
  const skipped: Skipped[] = []
  const users = new Map<string, User>()
  for (const { name, user, why } of found) {
    if (!user) {
      skipped.push({ name, why })
      continue
    }
    const { username, sub } = user
    if (users.has(username)) continue
    users.set(username, user)
    const label = labelOf(asSeen(user, look))
    const share = shareIn(user)
    if (share.helped) chosen.set(username, { username, sub, label, happens: share.happens })
    else skipped.push({ name: label, why: share.why })
  }
  return { chosen: [...chosen.values()], skipped, users }
}

/** The lists as they were asked for, with the users as they are now. */
export async function again(
  chosen: readonly Chosen[],
  skipped: readonly Skipped[],
  look: Look,
  place: string,
): Promise<Lists> {
  const names = chosen.map(({ username }) => username)
  const found = await readUsers(look, place, names)
  const users = found.flatMap(({ user }) => (user ? [[user.username, user] as const] : []))
  return { chosen, skipped, users: new Map(users) }
}

/** Undefined when the name belongs to somebody else by now. */
export const ofSub = (user: User | undefined, sub: string) => (user?.sub === sub ? user : undefined)

/** Why it makes no sense, by username, for those of whom that is so. */
export function hindrances(
  users: ReadonlyMap<string, User>,
  shareIn: ShareIn,
): ReadonlyMap<string, string> {
  const entries = [...users].flatMap(([username, user]) => {
    const share = shareIn(user)
    return share.helped ? [] : [[username, share.why] as const]
  })
  return new Map(entries)
}
