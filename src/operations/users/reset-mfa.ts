import { z } from 'zod'
import { CloudFault } from '../../core/cloud-fault.ts'
import type { User } from '../../core/directory.ts'
import { pool, reason, toggle, user, verified } from '../../core/field.ts'
import { mutation } from '../../core/operation.ts'
import type { Outcome } from '../../core/operation.ts'
import type { Look } from '../../core/ports.ts'
import { factorList, mfaReset, resetSeen, secondFactors } from '../../domain/user/factors.ts'
import type { MfaReset } from '../../domain/user/factors.ts'
import { helpFor } from '../../domain/user/help.ts'
import {
  adviceOn,
  requireOffered,
  showLink,
  userCase,
  userPlan,
} from '../../domain/user/user-plan.ts'
import type { UserPlan } from '../../domain/user/user-plan.ts'

interface Reset extends UserPlan {
  readonly reset: MfaReset
}

export const resetMfa = mutation({
  name: 'reset-mfa',
  title: 'Reset second factors',
  button: 'Reset',
  summary: 'Remove the authenticator app of a user who has lost it, and say what remains.',
  // It takes a lock off an account, and what is removed does not come back.
  risk: 'destroy',
  input: z.object({
    pool: pool(),
    user: user(),
    turn_off: toggle('Codes by SMS and e-mail', 'Turn them off too'),
    verified: verified(),
    reason: reason(),
  }),
  examples: [
    {
      typed: 'reset-mfa customers ada@example.com',
      means: { pool: 'customers', user: 'ada@example.com' },
    },
  ],

  async plan(input, look): Promise<Reset> {
    const found = await userCase(input, look)
    const [mfa, snapshot] = await Promise.all([
      factorsOf(found.user, look),
      look.described(input.pool),
    ])
    requireOffered(helpFor({ ...found.seen, mfa }, found.pool, look.now()), 'reset-mfa')
    const reset = mfaReset(mfa, snapshot, input.turn_off)
    const plan = userPlan(found, {
      happens: reset.happens,
      facts: [
        { term: 'Second factors now', text: factorList(mfa), state: true },
        { term: 'What remains', text: reset.remains },
      ],
      warnings: reset.warnings,
    })
    return { ...plan, reset }
  },

  // Cognito may say yes and change nothing (cognito.md 3.3): the result is unknown until it is read back.
  async apply({ user: who, target, pool: place, reset }, act): Promise<Outcome> {
    // Cognito has more reasons to refuse this one: first, so that a refusal leaves nothing half done.
    if (reset.codes.length > 0) await act.clearMfaPreference(who, reset.codes)
    if (reset.app) await act.removeSoftwareToken(who)
    return {
      as: 'unknown',
      sentence: `Cognito was asked to reset the second factors of ${target.label}.`,
      notes: reset.warnings,
      facts: [{ term: 'What remains', text: reset.remains }],
      links: [showLink({ pool: place, target })],
    }
  },

  async resolve(values, { pool: id, target }, reads) {
    const mfa = await factorsOf(await reads.user(id, target), reads)
    return resetSeen(mfa, values['turn_off'] === true)
  },

  advise: (known) => adviceOn(known, 'reset-mfa'),
})

/** A pool whose tier cannot list the factors still tells the second ones with the user. */
async function factorsOf(who: User, look: Pick<Look, 'factors'>): Promise<readonly string[]> {
  try {
    return secondFactors(await look.factors(who))
  } catch (error) {
    if (error instanceof CloudFault && error.kind === 'refused') return who.mfa
    throw error
  }
}
