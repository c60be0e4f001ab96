import { z } from 'zod'
import { pick, pool, reason, text, toggle, user, verified } from '../../core/field.ts'
import { mutation } from '../../core/operation.ts'
import { Refusal } from '../../core/refusal.ts'
import { holderOf, refuseHeld } from '../../domain/user/conflicts.ts'
import { userTraits, isUnique } from '../../domain/user/pool-traits.ts'
import { attributeChange, changeableAttributes } from '../../domain/user/update.ts'
import type { AttributeChange } from '../../domain/user/update.ts'
import {
  adviceOn,
  requireOffered,
  showLink,
  userCase,
  userPlan,
} from '../../domain/user/user-plan.ts'
import type { UserPlan } from '../../domain/user/user-plan.ts'

interface Update extends UserPlan {
  readonly change: AttributeChange
}

export const updateUser = mutation({
  name: 'update-user',
  title: 'Change a user',
  button: 'Change',
  summary: 'Change one attribute of a user, such as the e-mail address.',
  risk: 'support',
  input: z.object({
    pool: pool(),
    user: user(),
    attribute: pick('Attribute', 'Choose an attribute.', { max: 32 }),
    value: text('New value', {
      missing: 'Give a value.',
      most: 2048,
      hint: 'Leave it empty to take the attribute away.',
    }).optional(),
    mark_verified: toggle(
      'For a new e-mail address or phone number',
      'Mark it as verified',
      'Only if you made sure that it is the user’s.',
    ),
    verified: verified().optional(),
    reason: reason(),
  }),
  words: ['pool', 'user', 'attribute'],
  examples: [
    {
      typed: 'update-user customers ada@example.com email',
      means: { pool: 'customers', user: 'ada@example.com', attribute: 'email' },
    },
  ],

  options: {
    async attribute({ pool: id }, look) {
      if (typeof id !== 'string') throw new Refusal('Choose a pool first.')
      return changeableAttributes(await look.described(id)).map(({ name, type }) => ({
        value: name,
        label: name,
        description: type.toLowerCase(),
      }))
    },
  },

  async plan(input, look): Promise<Update> {
    const found = await userCase(input, look)
    requireOffered(found.help, 'update-user')
    const snapshot = await look.described(input.pool)
    const change = attributeChange(found, snapshot, {
      attribute: input.attribute,
      value: input.value,
      markVerified: input.mark_verified,
    })
    if (change.opensAccount && input.verified === undefined)
      throw new Refusal(
        'This can let somebody into the account. Say how you verified the person.',
        {
          field: 'verified',
        },
      )
    const { name } = change
    const value = change.set[name]
    const wanted = { pool: found.pool, attribute: name, value: value ?? '', except: found.user.sub }
    const unique = value !== undefined && isUnique(userTraits(snapshot), name)
    const holder = unique ? await holderOf(look, wanted) : undefined
    if (holder) refuseHeld(wanted, holder, 'value')
    const plan = userPlan(found, change)
    const { target } = plan
    return {
      ...plan,
      // Whoever has the new address is concerned as well.
      target: {
        ...target,
        emails: name === 'email' && value !== undefined ? [...target.emails, value] : target.emails,
      },
      keep: { ...input, attribute: name },
      change,
    }
  },

  async apply(plan, act) {
    const { name, set, remove, waits } = plan.change
    if (remove.length > 0) await act.removeAttributes(plan.user, remove)
    else await act.setAttributes(plan.user, set)
    return {
      sentence: sentenceOn(plan, name),
      notes: waits
        ? ['Cognito has sent a code there. The old value stays until the user has entered it.']
        : ['Tokens that the user has already keep the old value until they are renewed.'],
      links: [showLink(plan)],
    }
  },

  async resolve(values, { pool: id, target }, reads) {
    const { attribute, value, mark_verified: marked } = values
    const { attributes = {} } = await reads.user(id, target)
    const now = attributes[String(attribute)] || undefined
    if (now === value) return 'applied'
    // A pool may hold a new contact back until it is verified, and then looks as before.
    const held = (attribute === 'email' || attribute === 'phone_number') && marked !== true
    return held && value !== undefined ? 'unknown' : 'not-applied'
  },

  advise: (known) => adviceOn(known, 'update-user'),
})

function sentenceOn({ target, change }: Update, name: string): string {
  if (change.waits) return `${target.label} has to verify the new ${name} first.`
  return change.remove.length > 0
    ? `${target.label} no longer has ${name}.`
    : `${target.label} has another ${name} now.`
}
