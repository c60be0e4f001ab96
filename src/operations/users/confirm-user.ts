import { z } from 'zod'
import { CloudFault } from '../../core/cloud-fault.ts'
import { pool, reason, toggle, user } from '../../core/field.ts'
import { mutation } from '../../core/operation.ts'
import type { Outcome } from '../../core/operation.ts'
import type { Act } from '../../core/ports.ts'
import { Refusal } from '../../core/refusal.ts'
import {
  adviceOn,
  requireOffered,
  showLink,
  userCase,
  userPlan,
} from '../../domain/user/user-plan.ts'
import type { UserCase, UserPlan } from '../../domain/user/user-plan.ts'

interface Confirmation extends UserPlan {
  readonly verifyEmail: boolean
}

export const confirmUser = mutation({
  name: 'confirm-user',
  title: 'Confirm a user',
  button: 'Confirm',
  summary: 'Confirm a user who signed up and never entered the code.',
  risk: 'support',
  input: z.object({
    pool: pool(),
    user: user(),
    verify_email: toggle(
      'E-mail address',
      'Also mark it as verified',
      'Only if you made sure that it is the user’s: reset codes go there from then on.',
    ),
    reason: reason(),
  }),
  examples: [
    {
      typed: 'confirm-user customers ada@example.com',
      means: { pool: 'customers', user: 'ada@example.com' },
    },
  ],

  async plan(input, look): Promise<Confirmation> {
    const found = await userCase(input, look)
    requireOffered(found.help, 'confirm-user')
    const { user: who, seen } = found
    if (input.verify_email && who.email === undefined)
      throw new Refusal('This user has no e-mail address that could be marked as verified.', {
        field: 'verify_email',
      })
    const verifyEmail = input.verify_email && !who.emailVerified
    const plan = userPlan(found, {
      happens: 'The account is confirmed. The user signs in with the password they chose.',
      facts: [
        { term: 'E-mail address', text: seen.email ?? 'None' },
        { term: 'Marked as verified', text: verifyEmail ? 'Yes, as a second step' : 'No' },
      ],
      warnings: warningsOn(found, verifyEmail),
      // Whoever controls the address controls the account from then on, as in update-user.
      least: verifyEmail ? 1 : 0,
    })
    return { ...plan, verifyEmail }
  },

  async apply(plan, act) {
    await act.confirm(plan.user)
    const confirmed: Outcome = {
      sentence: `${plan.target.label} is confirmed.`,
      links: [showLink(plan)],
    }
    return plan.verifyEmail ? { ...confirmed, ...(await verify(plan, act)) } : confirmed
  },

  async resolve(values, { pool: id, target }, reads) {
    const { status, emailVerified } = await reads.user(id, target)
    if (status === 'UNCONFIRMED') return 'not-applied'
    if (status !== 'CONFIRMED') return 'unknown'
    return values['verify_email'] === true && !emailVerified ? 'unknown' : 'applied'
  },

  advise: (known) => adviceOn(known, 'confirm-user'),
})

function warningsOn({ user: who }: UserCase, verifyEmail: boolean): readonly string[] {
  if (who.emailVerified) return []
  return verifyEmail
    ? ['Whoever reads mail at this address can have the password reset.']
    : ['Confirming does not verify the e-mail address: no reset code can be sent there.']
}

/** A second step: whatever becomes of it, the user is confirmed, and that is reported. */
async function verify({ user: who }: UserPlan, act: Act): Promise<Partial<Outcome>> {
  try {
    await act.setAttributes(who, { email_verified: 'true' })
    return { notes: ['The e-mail address is marked as verified.'] }
  } catch (error) {
    if (!(error instanceof CloudFault)) throw error
    return { alarm: `The e-mail address was not marked as verified. ${error.message}` }
  }
}
