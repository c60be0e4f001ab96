import { z } from 'zod'
import { CloudFault } from '../../core/cloud-fault.ts'
import { digestOf } from '../../core/canonical.ts'
import type { PoolRef, User, UserGroup } from '../../core/directory.ts'
import { choice, kept, pick, pool, reason, text, verified } from '../../core/field.ts'
import { mutation } from '../../core/operation.ts'
import type { Outcome, Plan } from '../../core/operation.ts'
import type { Act, Look, StepLook } from '../../core/ports.ts'
import { Refusal } from '../../core/refusal.ts'
import { bulkOutcome, countOf, namesIn, shareOf, standingsOf } from '../../domain/user/bulk.ts'
import type { BulkAction, BulkStep, BulkWish } from '../../domain/user/bulk.ts'
import { groupChoice, groupFacts, groupRisk } from '../../domain/user/groups.ts'
import {
  again,
  chosenUser,
  hindrances,
  membersOf,
  ofSub,
  skippedName,
  sorted,
} from '../../domain/user/several.ts'
import { asSeen } from '../../core/mask.ts'
import type { Chosen, Lists } from '../../domain/user/several.ts'

const ACTIONS = [
  {
    value: 'reset',
    label: 'Reset passwords',
    description: 'Cognito sends each user a code. No colleague sees a secret.',
  },
  {
    value: 'disable',
    label: 'Disable',
    description: 'Keep them out until they are enabled again.',
  },
  { value: 'sign-out', label: 'Sign out', description: 'End the sign-ins that Cognito knows of.' },
  { value: 'add-to-group', label: 'Add to a group', description: 'With the rights that it gives.' },
] as const

interface Bulk extends Plan, Lists {
  readonly wish: BulkWish
  /** Why it makes no sense any more for some of the chosen, by username. */
  readonly hindered: ReadonlyMap<string, string>
}

export const bulk = mutation({
  name: 'bulk',
  title: 'Several users at once',
  button: 'Ask for approval',
  summary: 'Do the same with several users: reset, disable, sign out or add to a group.',
  risk: 'change',
  resumable: true,
  input: z.object({
    pool: pool(),
    action: choice('What', ACTIONS, undefined, true),
    users: text('Users', {
      missing: 'Name the users.',
      // A form holds 3000 characters; how many users a request takes is configured.
      most: 100_000,
      lines: 'many',
      placeholder: 'ada@example.com',
      hint: 'E-mail addresses or usernames, one a line.',
    }),
    group: pick('Group', 'Choose a group.', { max: 128 }).optional(),
    verified: verified().optional(),
    reason: reason(),
    chosen: kept(z.array(chosenUser)),
    skipped: kept(z.array(skippedName)),
  }),
  attributes: ['action'],
  words: ['pool', 'action'],
  examples: [
    { typed: 'bulk customers disable', means: { pool: 'customers', action: 'disable' } },
    { typed: 'bulk customers', means: { pool: 'customers' } },
  ],

  shows: ({ action = 'reset' }) => [
    'pool',
    'action',
    'users',
    ...(action === 'add-to-group' ? ['group'] : []),
    ...(action === 'reset' ? ['verified'] : []),
    'reason',
  ],

  options: {
    async group({ pool: id }, look) {
      if (typeof id !== 'string') throw new Refusal('Choose a pool first.')
      return (await look.poolGroups(id)).map(groupChoice)
    },
  },

  async plan(input, look): Promise<Bulk> {
    if (input.action === 'reset' && input.verified === undefined)
      throw new Refusal('Say how you made sure that this is what these users need.', {
        field: 'verified',
      })
    const [profile, groups] = await Promise.all([
      look.pool(input.pool),
      look.poolGroups(input.pool),
    ])
    requireSingle(input.action, profile, look)
    const wish = { action: input.action, group: groupFor(input, groups) }
    const members = await membersOf(look, profile, groups)
    const shareIn = (user: User) =>
      shareOf(asSeen(user, look), profile, wish, { username: user.username, members })
    const lists = input.chosen
      ? await again(input.chosen, input.skipped ?? [], look, profile.id)
      : await sorted(namesIn(input.users), look, profile.id, shareIn)
    const { chosen, skipped, users } = lists
    const [onlyWhy] = skipped
    if (chosen.length === 0)
      throw new Refusal(
        `None of these users can be helped this way. ${onlyWhy?.why ?? ''}`.trim(),
        {
          field: 'users',
        },
      )
    const risk = wish.group && groupRisk(wish.group, look.inventory.protectedGroups, 'joins')
    const hindered = hindrances(users, shareIn)
    const now = chosen.map(({ username, sub }) => ofSub(users.get(username), sub))
    return {
      pool: profile,
      target: {
        name: countOf(chosen.length),
        id: digestOf(chosen.map(({ sub }) => sub)),
        label: countOf(chosen.length),
        emails: [...users.values()].flatMap(({ email }) => email ?? []),
      },
      facts: [
        { term: 'What', text: ACTIONS.find(({ value }) => value === input.action)?.label ?? '' },
        ...(wish.group ? groupFacts(wish.group) : []),
        { term: 'Now', text: standingsOf(now), state: true },
        ...chosen.map(({ label, happens }) => ({ term: label, text: happens })),
        ...skipped.map(({ name, why }) => ({ term: name, text: `Left out. ${why}` })),
      ],
      warnings: [
        ...(skipped.length > 0 ? [`${countOf(skipped.length)} of the list left out.`] : []),
        ...(hindered.size > 0 && input.chosen
          ? [`${countOf(hindered.size)} cannot be helped this way any more.`]
          : []),
        ...(risk?.warnings ?? []),
      ],
      secret: false,
      least: 2,
      basis: digestOf(now.map((user) => user && [user.sub, user.status, user.enabled])),
      keep: { ...input, chosen, skipped },
      ...lists,
      wish,
      hindered,
    }
  },

  async apply(plan, act, pass): Promise<Outcome> {
    const steps: BulkStep[] = []
    let busy = false
    for (const one of plan.chosen) {
      if (busy) break
      const work = async () => {
        try {
          return await help(plan, one, act)
        } catch (error) {
          // The rest would meet the same: they wait for another request.
          busy = error instanceof CloudFault && error.kind === 'throttled'
          throw error
        }
      }
      const step = await pass.run(one.username, work, () => lookAt(plan, one))
      steps.push({ ...step, label: one.label })
    }
    return bulkOutcome(plan.chosen, steps)
  },
})

/** What an interrupted step came to. A second code is a second mail; the others may be done twice. */
function lookAt({ users, wish: { action } }: Bulk, { username, sub }: Chosen): StepLook {
  const user = ofSub(users.get(username), sub)
  if (!user || action === 'reset') return 'unknown'
  return action === 'disable' && !user.enabled ? 'applied' : 'not-applied'
}

/** Whoever may not do it with one user may not do it with several. */
function requireSingle(action: BulkAction, pool: PoolRef, look: Look): void {
  const single = ALONE[action]
  if (look.may(single, pool)) return
  throw new Refusal(
    `The policy does not let you use ${single} in ${pool.environment}, so not for several users either.`,
    { field: 'action' },
  )
}

const ALONE: Readonly<Record<BulkAction, string>> = {
  reset: 'reset-password',
  disable: 'disable-user',
  'sign-out': 'sign-out-user',
  'add-to-group': 'add-to-group',
}

function groupFor(
  { action, group: name }: { readonly action: BulkAction; readonly group?: string | undefined },
  groups: readonly UserGroup[],
): UserGroup | undefined {
  if (action !== 'add-to-group') return undefined
  const group = groups.find((one) => one.name === name)
  if (!group) throw new Refusal('Choose a group of this pool.', { field: 'group' })
  return group
}

/** One user's share. What it needs has been read just now; a step that was done is never done again. */
async function help(plan: Bulk, one: Chosen, act: Act): Promise<string> {
  const user = ofSub(plan.users.get(one.username), one.sub)
  if (!user) throw new Refusal('This user is no longer in the pool.')
  const hindrance = plan.hindered.get(one.username)
  if (hindrance !== undefined) throw new Refusal(hindrance)
  switch (plan.wish.action) {
    case 'reset':
      await act.sendResetCode(user)
      return 'Cognito has sent a code.'
    case 'disable':
      await act.disable(user)
      return 'Disabled.'
    case 'sign-out':
      await act.signOut(user)
      return 'Signed out.'
    case 'add-to-group':
      await act.addToGroup(user, plan.wish.group?.name ?? '')
      return `In ${plan.wish.group?.name ?? 'the group'} now.`
  }
}
