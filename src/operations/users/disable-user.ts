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

export const disableUser = mutation({
  name: 'disable-user',
  title: 'Disable a user',
  button: 'Disable',
  summary: 'Keep a user out until somebody enables them again. Nothing is lost.',
  risk: 'support',
  input: z.object({ pool: pool(), user: user(), reason: reason() }),
  examples: [
    {
      typed: 'disable-user customers ada@example.com',
      means: { pool: 'customers', user: 'ada@example.com' },
    },
  ],

  async plan(input, look): Promise<UserPlan> {
    const found = await userCase(input, look)
    requireOffered(found.help, 'disable-user')
    return userPlan(found, {
      happens: 'The user cannot sign in, and Cognito ends their access and refresh tokens.',
      warnings: [
        'Apps that check tokens without asking Cognito let the user go on until those expire.',
      ],
    })
  },

  async apply(plan, act) {
    await act.disable(plan.user)
    return {
      sentence: `${plan.target.label} is disabled.`,
      notes: [
        'Apps that check tokens without asking Cognito let the user go on until those expire.',
        'Enabling brings the user back; sign-ins that ended now stay ended.',
      ],
      links: [showLink(plan)],
    }
  },

  resolve: async (_values, { pool: id, target }, reads) =>
    (await reads.user(id, target)).enabled ? 'not-applied' : 'applied',

  advise: (known) => adviceOn(known, 'disable-user'),
})
