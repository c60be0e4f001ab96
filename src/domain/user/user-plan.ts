import type { PoolRef, User, UserSummary } from '../../core/directory.ts'
import { labelOf } from '../../core/directory.ts'
import type { Fact, Plan, Target } from '../../core/operation.ts'
import { Refusal } from '../../core/refusal.ts'
import type { Help, UserAction } from './help.ts'

/** The user as plans and audit entries know them. */
export function targetOf(user: UserSummary): Target {
  return {
    name: user.username,
    id: user.sub,
    label: labelOf(user),
    emails: user.email === undefined ? [] : [user.email],
  }
}

interface About {
  readonly user: User
  readonly pool: PoolRef
  readonly help: Help
  /** What happens, in one or two sentences. */
  readonly happens: string
  readonly facts?: readonly Fact[]
  readonly warnings?: readonly string[]
}

/** The plan of something that is done with one user. */
export function userPlan({ user, pool, help, happens, facts = [], warnings = [] }: About): Plan {
  return {
    pool,
    target: targetOf(user),
    facts: [
      { term: 'User', text: labelOf(user) },
      { term: 'Now', text: help.state, state: true },
      { term: 'What happens', text: happens },
      ...facts,
    ],
    warnings,
    secret: false,
  }
}

/** Throws the reason why this makes no sense for the user as they are. */
export function requireOffered(help: Help, action: UserAction): void {
  const offer = help.actions[action]
  if (!offer.offered) throw new Refusal(offer.reason, { field: 'user' })
}

/** How old Cognito's clock may be against ours (cognito.md 6.3). */
export const CLOCK_SLACK_MS = 60_000
