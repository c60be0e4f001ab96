import { z } from 'zod'
import { CloudFault } from '../../core/cloud-fault.ts'
import type { AuthFactors, User } from '../../core/directory.ts'
import { pool, reason, toggle, user, verified } from '../../core/field.ts'
import { mutation } from '../../core/operation.ts'
import type { Outcome } from '../../core/operation.ts'
import type { Look } from '../../core/ports.ts'
import { factorList, mfaReset, resetSeen } from '../../domain/user/factors.ts'
import type { MfaReset } from '../../domain/user/factors.ts'
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
    requireOffered(found.help, 'reset-mfa')
    const [factors, snapshot] = await Promise.all([
      factorsOf(found.user, look),
      look.described(input.pool),
    ])
    const reset = mfaReset(factors, snapshot, input.turn_off)
    const plan = userPlan(found, {
      happens: reset.happens,
      facts: [
        { term: 'Second factors now', text: factorList(factors.mfa), state: true },
        { term: 'What remains', text: reset.remains },
      ],
      warnings: reset.warnings,
    })
    return { ...plan, reset }
  },

  // Cognito may say yes and change nothing (cognito.md 3.3): the result is unknown until it is read back.
  async apply({ user: who, target, pool: place, reset }, act): Promise<Outcome> {
    if (reset.app) await act.removeSoftwareToken(who)
    if (reset.codes) await act.clearMfaPreference(who)
    return {
      as: 'unknown',
      sentence: `Cognito was asked to reset the second factors of ${target.label}.`,
      notes: reset.warnings,
      facts: [{ term: 'What remains', text: reset.remains }],
      links: [showLink({ pool: place, target })],
    }
  },

  async resolve(values, { pool: id, target }, reads) {
    const factors = await factorsOf(await reads.user(id, target), reads)
    return resetSeen(factors, values['turn_off'] === true)
  },

  advise: (known) => adviceOn(known, 'reset-mfa'),
})

/** A pool whose tier cannot list the factors still tells the second ones with the user. */
async function factorsOf(
  who: User,
  look: Pick<Look, 'factors'>,
): Promise<Pick<AuthFactors, 'mfa'>> {
  try {
    return await look.factors(who)
  } catch (error) {
    if (error instanceof CloudFault && error.kind === 'refused') return { mfa: who.mfa }
    throw error
  }
}
