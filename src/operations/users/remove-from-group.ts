import { z } from 'zod'
import { pick, pool, reason, user } from '../../core/field.ts'
import { mutation } from '../../core/operation.ts'
import { Refusal } from '../../core/refusal.ts'
import { groupChoice, groupFacts, groupList, groupRisk } from '../../domain/user/groups.ts'
import {
  adviceOn,
  requireOffered,
  showLink,
  userCase,
  userPlan,
} from '../../domain/user/user-plan.ts'
import type { UserPlan } from '../../domain/user/user-plan.ts'

interface Leaving extends UserPlan {
  readonly group: string
}

export const removeFromGroup = mutation({
  name: 'remove-from-group',
  title: 'Remove from a group',
  button: 'Remove',
  summary: 'Take a user out of a group of the pool.',
  risk: 'change',
  input: z.object({
    pool: pool(),
    user: user(),
    group: pick('Group', 'Choose a group.', {
      max: 128,
      ofUser: true,
      hint: 'Choose the user first.',
    }),
    reason: reason(),
  }),
  words: ['pool', 'user', 'group'],
  examples: [
    {
      typed: 'remove-from-group customers ada@example.com staff',
      means: { pool: 'customers', user: 'ada@example.com', group: 'staff' },
    },
  ],

  options: {
    async group({ pool: id, user: name }, look) {
      if (typeof id !== 'string' || typeof name !== 'string')
        throw new Refusal('Choose a pool and a user first.')
      const groups = await look.userGroups(id, name)
      if (groups.length === 0) throw new Refusal('This user is in no group.')
      return groups.map(groupChoice)
    },
  },

  async plan(input, look): Promise<Leaving> {
    const found = await userCase(input, look)
    requireOffered(found.help, 'remove-from-group')
    const own = await look.userGroups(input.pool, found.user.username)
    const group = own.find(({ name }) => name === input.group)
    if (!group)
      throw new Refusal(`${found.help.label} is not in this group. Choose one from the list.`, {
        field: 'group',
      })
    const { least, warnings } = groupRisk(group, look.inventory.protectedGroups, 'leaves')
    const plan = userPlan(found, {
      happens: `The user leaves ${group.name}. It counts from their next token on.`,
      facts: [...groupFacts(group), { term: 'Groups now', text: groupList(own), state: true }],
      warnings,
      least,
    })
    return { ...plan, group: group.name }
  },

  async apply(plan, act) {
    await act.removeFromGroup(plan.user, plan.group)
    return {
      sentence: `${plan.target.label} is no longer in ${plan.group}.`,
      notes: [
        'Tokens that the user has already still show it. Sign the user out if it has to count at once.',
      ],
      links: [showLink(plan)],
    }
  },

  async resolve(values, { pool: id, target }, reads) {
    const groups = await reads.userGroups(id, target)
    return groups.some(({ name }) => name === values['group']) ? 'not-applied' : 'applied'
  },

  advise: (known) => adviceOn(known, 'remove-from-group'),
})
