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

export const enableUser = mutation({
  name: 'enable-user',
  title: 'Enable a user',
  button: 'Enable',
  summary: 'Let a user in again who was disabled.',
  risk: 'support',
  input: z.object({ pool: pool(), user: user(), reason: reason() }),
  examples: [
    {
      typed: 'enable-user customers ada@example.com',
      means: { pool: 'customers', user: 'ada@example.com' },
    },
  ],

  async plan(input, look): Promise<UserPlan> {
    const found = await userCase(input, look)
    requireOffered(found.help, 'enable-user')
    return userPlan(found, {
      happens: 'The user can sign in again, in the state they were in before.',
      warnings: ['Sign-ins that ended when the user was disabled do not come back.'],
    })
  },

  async apply(plan, act) {
    await act.enable(plan.user)
    return {
      sentence: `${plan.target.label} is enabled.`,
      notes: ['Look at the user now: something else may be missing before they can sign in.'],
      links: [showLink(plan)],
    }
  },

  resolve: async (_values, { pool: id, target }, reads) =>
    (await reads.user(id, target)).enabled ? 'applied' : 'not-applied',

  advise: (known) => adviceOn(known, 'enable-user'),
})
