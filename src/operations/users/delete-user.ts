import { z } from 'zod'
import type { User, UserGroup } from '../../core/directory.ts'
import { confirmation, pool, reason, user } from '../../core/field.ts'
import { mutation } from '../../core/operation.ts'
import type { Advice, Fact, Known } from '../../core/operation.ts'
import { Refusal } from '../../core/refusal.ts'
import { groupList } from '../../domain/user/groups.ts'
import { momentOf } from '../../domain/user/moments.ts'
import { adviceOn, requireOffered, userCase, userPlan } from '../../domain/user/user-plan.ts'
import type { UserPlan } from '../../domain/user/user-plan.ts'

const INSTEAD =
  'Disabling keeps the user out just as well, loses nothing and can be taken back: disable-user.'

export const deleteUser = mutation({
  name: 'delete-user',
  title: 'Delete a user',
  button: 'Delete for good',
  summary: 'Delete a user for good. To keep somebody out, disable them instead.',
  risk: 'destroy',
  input: z.object({
    pool: pool(),
    user: user(),
    confirm: confirmation(
      'Type the username or e-mail address',
      'To make sure that it is this user. It cannot be taken back.',
    ),
    reason: reason(),
  }),
  examples: [
    {
      typed: 'delete-user customers ada@example.com',
      means: { pool: 'customers', user: 'ada@example.com' },
    },
  ],

  async plan(input, look): Promise<UserPlan> {
    const found = await userCase(input, look)
    requireOffered(found.help, 'delete-user')
    requireConfirmed(found.user, input.confirm)
    const groups = await look.userGroups(input.pool, found.user.username)
    return userPlan(found, {
      happens: 'The user is deleted with everything that the pool knows of them.',
      facts: snapshotOf(found.seen, groups),
      warnings: [
        'This cannot be taken back. The lines above are all that is kept.',
        ...(found.user.enabled ? [INSTEAD] : []),
        ...(found.user.status === 'EXTERNAL_PROVIDER'
          ? ['The user comes back at the next sign-in through the identity provider.']
          : []),
      ],
      least: 2,
    })
  },

  async apply(plan, act) {
    await act.deleteUser(plan.user)
    return {
      sentence: `${plan.target.label} is deleted.`,
      notes: [
        'Apps that check tokens without asking Cognito let the user go on until those expire.',
      ],
    }
  },

  async resolve(_values, { pool: id, target, since }, reads) {
    try {
      const { createdAt } = await reads.user(id, target)
      // Somebody of the same name who came later is another user.
      return createdAt && createdAt.getTime() > since ? 'unknown' : 'not-applied'
    } catch (error) {
      if (error instanceof Refusal && error.field === 'user') return 'applied'
      throw error
    }
  },

  advise(known: Known): Advice {
    const { notes } = adviceOn(known, 'delete-user')
    return { notes: known.user?.enabled ? [...notes, INSTEAD] : notes }
  },
})

function requireConfirmed({ username, email, phone }: User, typed: string): void {
  const names = [username, email, phone].map((name) => name?.toLowerCase())
  if (names.includes(typed.toLowerCase())) return
  throw new Refusal(
    'This is neither the username nor the e-mail address of the chosen user. Type one of them.',
    { field: 'confirm' },
  )
}

/** Everything that is lost, as the person who asks may see it. */
function snapshotOf(seen: User, groups: readonly UserGroup[]): readonly Fact[] {
  const { status, enabled, createdAt, attributes = {} } = seen
  return [
    { term: 'Status', text: enabled ? status : `${status}, disabled` },
    { term: 'Created', text: createdAt ? momentOf(createdAt) : 'Not known' },
    { term: 'Groups', text: groupList(groups) },
    ...Object.entries(attributes)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([term, text]) => ({ term, text })),
  ]
}
