import type { PoolProfile, User, UserSummary } from '../../core/directory.ts'
import { labelOf } from '../../core/directory.ts'
import type { Advice, Fact, Known, Link, Plan, Target } from '../../core/operation.ts'
import type { Look } from '../../core/ports.ts'
import { Refusal } from '../../core/refusal.ts'
import { helpFor } from './help.ts'
import type { Help, UserAction } from './help.ts'
import { asSeen } from '../../core/mask.ts'

/** A user for whom something is asked, read just now. */
export interface UserCase {
  readonly pool: PoolProfile
  readonly user: User
  /** As the person who asks may see them: masked where the policy says so. */
  readonly seen: User
  /** In words that hold nothing the person may not see. */
  readonly help: Help
}

type CaseLook = Pick<Look, 'pool' | 'user' | 'seesPersonalData' | 'now'>

/** The user that a form names, and what can be done for them now. */
export async function userCase(
  { pool: id, user: name }: { readonly pool: string; readonly user: string },
  look: CaseLook,
): Promise<UserCase> {
  const [pool, user] = await Promise.all([look.pool(id), look.user(id, name)])
  const seen = asSeen(user, look)
  return { pool, user, seen, help: helpFor(seen, pool, look.now()) }
}

/** The user as plans and audit entries know them. Whoever has one of the addresses must not decide. */
export function targetOf(user: UserSummary, seen: UserSummary = user): Target {
  return {
    name: user.username,
    id: user.sub,
    label: labelOf(seen),
    emails: user.email === undefined ? [] : [user.email],
  }
}

interface Does {
  /** What happens, in one or two sentences. */
  readonly happens: string
  readonly facts?: readonly Fact[]
  readonly warnings?: readonly string[]
  readonly least?: number
}

/** A plan with its user, as `apply` gets it. */
export interface UserPlan extends Plan {
  readonly user: User
}

/** The plan of something that is done with one user. */
export function userPlan(
  { pool, user, seen, help }: UserCase,
  { happens, facts = [], warnings = [], least = 0 }: Does,
): UserPlan {
  return {
    pool,
    target: targetOf(user, seen),
    facts: [
      { term: 'User', text: namedOf(seen) },
      { term: 'Now', text: help.standing, state: true },
      { term: 'What happens', text: happens },
      ...facts,
    ],
    warnings,
    secret: false,
    least,
    user,
  }
}

/** `ada@example.com (ada)`: the username too, where it says more. */
export function namedOf(user: UserSummary): string {
  const label = labelOf(user)
  return label === user.username ? label : `${label} (${user.username})`
}

/** Throws the reason why this makes no sense for the user as they are. */
export function requireOffered(help: Help, action: UserAction): void {
  const offer = help.actions[action]
  if (!offer.offered) throw new Refusal(offer.reason, { field: 'user' })
}

/** What the form of an action says once its user is known from a search. */
export function adviceOn({ pool, user }: Known, action: UserAction): Advice {
  if (!pool || !user) return { notes: [] }
  const { standing, actions } = helpFor(user, pool, 0)
  const offer = actions[action]
  return { notes: offer.offered ? [standing] : [standing, offer.reason] }
}

/** Leads from a result to how the user is now. */
export function showLink({ pool, target }: Pick<Plan, 'pool' | 'target'>): Link {
  return { label: 'Show user', operation: 'show-user', values: { pool: pool.id, user: target.id } }
}

/** How old Cognito's clock may be against ours (cognito.md 6.3). */
export const CLOCK_SLACK_MS = 60_000
