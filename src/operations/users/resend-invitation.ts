import { z } from 'zod'
import { pool, reason, user } from '../../core/field.ts'
import { mutation } from '../../core/operation.ts'
import {
  adviceOn,
  requireOffered,
  showLink,
  userCase,
  userPlan,
} from '../../domain/user/user-plan.ts'
import type { UserPlan } from '../../domain/user/user-plan.ts'

interface Invitation extends UserPlan {
  /** Where it goes, as the person who asks may see it. */
  readonly to: string
  readonly days: number
}

export const resendInvitation = mutation({
  name: 'resend-invitation',
  title: 'Invite a user again',
  button: 'Send',
  summary: 'Mail a new invitation to a user who has not signed in yet. No colleague sees a secret.',
  risk: 'support',
  input: z.object({ pool: pool(), user: user(), reason: reason() }),
  examples: [
    {
      typed: 'resend-invitation customers ada@example.com',
      means: { pool: 'customers', user: 'ada@example.com' },
    },
  ],

  async plan(input, look): Promise<Invitation> {
    const found = await userCase(input, look)
    requireOffered(found.help, 'resend-invitation')
    const { email: to = '' } = found.seen
    const days = found.pool.temporaryPasswordDays
    const plan = userPlan(found, {
      happens: `Cognito mails a new temporary password to ${to}. It works for ${daysOf(days)}; the one mailed before stops working now.`,
      warnings: found.user.emailVerified
        ? []
        : ['Nobody has verified this e-mail address: make sure that it is the user’s.'],
    })
    return { ...plan, to, days }
  },

  // A lost answer stays unknown: whether a mail went out cannot be read, and another one would kill its password.
  async apply(plan, act) {
    await act.resendInvitation(plan.user)
    return {
      sentence: `Cognito has mailed a new invitation to ${plan.to}.`,
      notes: [`Its temporary password works for ${daysOf(plan.days)}.`],
      links: [showLink(plan)],
    }
  },

  advise: (known) => adviceOn(known, 'resend-invitation'),
})

const daysOf = (count: number) => (count === 1 ? '1 day' : `${count} days`)
