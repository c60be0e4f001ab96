import { z } from 'zod'
import type { UserSession } from '../../core/directory.ts'
import { pick, pool, reason, toggle, user } from '../../core/field.ts'
import { mutation } from '../../core/operation.ts'
import { Refusal } from '../../core/refusal.ts'
import { revokeWords, sessionTitle } from '../../domain/user/sessions.ts'
import { adviceOn, requireOffered, userCase, userPlan } from '../../domain/user/user-plan.ts'
import type { UserPlan } from '../../domain/user/user-plan.ts'

interface Revocation extends UserPlan {
  readonly session: UserSession
  readonly linked: boolean
}

const NO_SUCH = 'This sign-in has ended, or is not one of this user’s. Choose another one.'
const NOT_READ =
  'This sign-in is not among those that were read: the user has too many. Sign out everywhere instead.'

export const revokeSession = mutation({
  name: 'revoke-session',
  title: 'End one sign-in',
  button: 'End it',
  summary: 'End one sign-in of a user and leave the others.',
  risk: 'support',
  input: z.object({
    pool: pool(),
    user: user(),
    session: pick('Sign-in', 'Choose a sign-in.', {
      ofUser: true,
      hint: 'Choose the user first. list-sessions shows where each one is.',
    }),
    linked: toggle(
      'Linked sign-ins',
      'End them too',
      'The sign-in page an app came from, or the apps below it.',
    ),
    reason: reason(),
  }),
  examples: [
    {
      typed: 'revoke-session customers ada@example.com',
      means: { pool: 'customers', user: 'ada@example.com' },
    },
  ],

  options: {
    async session({ pool: id, user: name }, look) {
      if (typeof id !== 'string' || typeof name !== 'string')
        throw new Refusal('Choose a pool and a user first.')
      const sessions = await look.sessions(await look.user(id, name))
      if (!sessions.tracked) throw new Refusal(sessions.why)
      if (sessions.rows.length === 0) throw new Refusal('This user is signed in nowhere.')
      return sessions.rows.map((one) => ({ value: one.id, label: sessionTitle(one) }))
    },
  },

  async plan(input, look): Promise<Revocation> {
    const found = await userCase(input, look)
    requireOffered(found.help, 'revoke-session')
    const sessions = await look.sessions(found.user)
    if (!sessions.tracked) throw new Refusal(sessions.why, { field: 'session' })
    const session = sessions.rows.find(({ id }) => id === input.session)
    if (!session) throw new Refusal(sessions.complete ? NO_SUCH : NOT_READ, { field: 'session' })
    const plan = userPlan(found, {
      happens: revokeWords(session, input.linked),
      facts: [{ term: 'Sign-in', text: `${sessionTitle(session)} (${session.id.slice(-6)})` }],
      warnings: [
        'Apps that check tokens without asking Cognito let the user go on until those expire.',
      ],
    })
    return { ...plan, session, linked: input.linked }
  },

  async apply(plan, act) {
    await act.revokeSession(plan.user, plan.session.id, plan.linked)
    const { id: sub } = plan.target
    return {
      sentence: `This sign-in of ${plan.target.label} is ended.`,
      notes: ['It may take some seconds until Cognito’s list shows it.'],
      links: [
        {
          label: 'Other sign-ins',
          operation: 'list-sessions',
          values: { pool: plan.pool.id, user: sub },
        },
      ],
    }
  },

  async resolve(values, { pool: id, target }, reads) {
    const sessions = await reads.sessions(await reads.user(id, target))
    const there = !sessions.tracked || sessions.rows.some((one) => one.id === values['session'])
    // The list is some seconds late, so a session that is still in it tells nothing.
    return there || (sessions.tracked && !sessions.complete) ? 'unknown' : 'applied'
  },

  advise: (known) => adviceOn(known, 'revoke-session'),
})
