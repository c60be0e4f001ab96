import { z } from 'zod'
import type { UserGroup } from '../../core/directory.ts'
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

interface Joining extends UserPlan {
  readonly group: string
}

export const addToGroup = mutation({
  name: 'add-to-group',
  title: 'Add to a group',
  button: 'Add',
  summary: 'Put a user into a group of the pool, with the rights that the group gives.',
  risk: 'change',
  input: z.object({
    pool: pool(),
    user: user(),
    group: pick('Group', 'Choose a group.', { max: 128 }),
    reason: reason(),
  }),
  words: ['pool', 'user', 'group'],
  examples: [
    {
      typed: 'add-to-group customers ada@example.com staff',
      means: { pool: 'customers', user: 'ada@example.com', group: 'staff' },
    },
  ],

  options: {
    async group({ pool: id }, look) {
      if (typeof id !== 'string') throw new Refusal('Choose a pool first.')
      const groups = await look.poolGroups(id)
      if (groups.length === 0) throw new Refusal('This pool has no groups.')
      return groups.map(groupChoice)
    },
  },

  async plan(input, look): Promise<Joining> {
    const found = await userCase(input, look)
    requireOffered(found.help, 'add-to-group')
    const [all, own] = await Promise.all([
      look.poolGroups(input.pool),
      look.userGroups(input.pool, found.user.username),
    ])
    const group = groupNamed(all, input.group)
    if (own.some(({ name }) => name === group.name))
      throw new Refusal(`${found.help.label} is in ${group.name} already.`, { field: 'group' })
    const { least, warnings } = groupRisk(group, look.inventory.protectedGroups, 'joins')
    const plan = userPlan(found, {
      happens: `The user joins ${group.name}. It counts from their next token on.`,
      facts: [...groupFacts(group), { term: 'Groups now', text: groupList(own), state: true }],
      warnings,
      least,
    })
    return { ...plan, group: group.name }
  },

  async apply(plan, act) {
    await act.addToGroup(plan.user, plan.group)
    return {
      sentence: `${plan.target.label} is in ${plan.group} now.`,
      notes: [
        'Tokens that the user has already do not show it. Sign the user out if it has to count at once.',
      ],
      links: [showLink(plan)],
    }
  },

  async resolve(values, { pool: id, target }, reads) {
    const groups = await reads.userGroups(id, target)
    return groups.some(({ name }) => name === values['group']) ? 'applied' : 'not-applied'
  },

  advise: (known) => adviceOn(known, 'add-to-group'),
})

function groupNamed(groups: readonly UserGroup[], name: string): UserGroup {
  const group = groups.find((one) => one.name === name)
  if (group) return group
  throw new Refusal('This pool has no such group. Choose one from the list.', { field: 'group' })
}
