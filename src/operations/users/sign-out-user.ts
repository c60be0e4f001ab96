import { z } from 'zod'
import { pool, reason, user } from '../../core/field.ts'
import { mutation } from '../../core/operation.ts'
import { SIGN_OUT_LEAVES } from '../../domain/user/sessions.ts'
import {
  adviceOn,
  requireOffered,
  showLink,
  userCase,
  userPlan,
} from '../../domain/user/user-plan.ts'
import type { UserPlan } from '../../domain/user/user-plan.ts'

export const signOutUser = mutation({
  name: 'sign-out-user',
  title: 'Sign a user out',
  button: 'Sign out',
  summary: 'End every sign-in of a user that Cognito knows of, and say which it does not.',
  risk: 'support',
  input: z.object({ pool: pool(), user: user(), reason: reason() }),
  examples: [
    {
      typed: 'sign-out-user customers ada@example.com',
      means: { pool: 'customers', user: 'ada@example.com' },
    },
  ],

  async plan(input, look): Promise<UserPlan> {
    const found = await userCase(input, look)
    requireOffered(found.help, 'sign-out-user')
    return userPlan(found, {
      happens:
        'Cognito takes no token of the user any more. With the password the user can sign in again.',
      warnings: SIGN_OUT_LEAVES,
    })
  },

  // After a lost answer nothing can be read, and signing out once more does no harm.
  async apply(plan, act) {
    await act.signOut(plan.user)
    return {
      sentence: `${plan.target.label} is signed out everywhere that Cognito knows of.`,
      notes: SIGN_OUT_LEAVES,
      links: [showLink(plan)],
    }
  },

  advise: (known) => adviceOn(known, 'sign-out-user'),
})
