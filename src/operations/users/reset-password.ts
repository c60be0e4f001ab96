import { z } from 'zod'
import { CloudFault } from '../../core/cloud-fault.ts'
import { labelOf } from '../../core/directory.ts'
import type { PoolProfile, User } from '../../core/directory.ts'
import { choice, pool, reason, toggle, user, verified } from '../../core/field.ts'
import { asSeen } from '../../core/mask.ts'
import { mutation } from '../../core/operation.ts'
import type { Outcome, Plan } from '../../core/operation.ts'
import type { Act } from '../../core/ports.ts'
import { Refusal } from '../../core/refusal.ts'
import { temporaryPassword } from '../../domain/password.ts'
import { resetAdvice } from '../../domain/user-status.ts'
import { CLOCK_SLACK_MS, targetOf } from '../../domain/user/user-plan.ts'

const METHODS = [
  {
    value: 'email-code',
    label: 'Send a code',
    description: 'Cognito sends the user a code. No colleague sees a secret.',
  },
  {
    value: 'temporary',
    label: 'Temporary password',
    description: 'Shown once, to you. The user chooses a new one at the next sign-in.',
  },
  {
    value: 'permanent',
    label: 'Permanent password',
    description: 'Shown once, to you. The user is not asked to change it.',
  },
] as const
type Method = (typeof METHODS)[number]['value']

interface Reset extends Plan {
  readonly user: User
  readonly profile: PoolProfile
  readonly method: Method
  readonly signOut: boolean
  readonly length: number
}

export const resetPassword = mutation({
  name: 'reset-password',
  title: 'Reset a password',
  button: 'Reset',
  summary: 'Give a user a way back in: a code sent by Cognito, or a password shown once to you.',
  risk: 'support',
  input: z.object({
    pool: pool(),
    user: user(),
    method: choice('How', METHODS),
    sign_out: toggle('Sign out', 'Also sign the user out everywhere'),
    verified: verified(),
    reason: reason(),
  }),
  attributes: ['method'],
  examples: [
    {
      typed: 'reset-password customers ada@example.com',
      means: { pool: 'customers', user: 'ada@example.com' },
    },
    { typed: 'reset-password customers', means: { pool: 'customers' } },
  ],

  async plan(input, look): Promise<Reset> {
    const [profile, found] = await Promise.all([
      look.pool(input.pool),
      look.user(input.pool, input.user),
    ])
    const seen = asSeen(found, look)
    const advice = resetAdvice(seen, profile)
    const chosen = advice.methods[input.method]
    if (!chosen.offered)
      throw new Refusal(chosen.reason, { field: advice.first ? 'method' : 'user' })
    return {
      pool: profile,
      target: targetOf(found, seen),
      secret: input.method !== 'email-code',
      facts: [
        { term: 'User', text: labelOf(seen) },
        { term: 'Now', text: advice.state, state: true },
        { term: 'What happens', text: consequence(input.method, profile, chosen.note) },
        { term: 'Signed out everywhere', text: input.sign_out ? 'Yes' : 'No' },
      ],
      warnings: advice.warnings,
      user: found,
      profile,
      method: input.method,
      signOut: input.sign_out,
      length: look.inventory.passwordLength,
    }
  },

  async apply(plan, act): Promise<Outcome> {
    const reset = await carryOut(plan, act)
    return plan.signOut
      ? { ...reset, notes: [...(reset.notes ?? []), await signOut(plan, act)] }
      : reset
  },

  async resolve(values, { pool: id, target, since }, reads) {
    if (values['method'] !== 'email-code') return 'unknown'
    const { status, modifiedAt } = await reads.user(id, target)
    const moved = modifiedAt !== undefined && modifiedAt.getTime() >= since - CLOCK_SLACK_MS
    return status === 'RESET_REQUIRED' && moved ? 'applied' : 'unknown'
  },

  advise({ pool: profile, user: seen }) {
    if (!profile || !seen) return { notes: [] }
    const { explanation, warnings, methods, first } = resetAdvice(seen, profile)
    const offered = METHODS.map(({ value }) => value).filter((value) => methods[value].offered)
    const best = first === undefined ? [] : [first]
    return {
      notes: [explanation, ...warnings],
      offers: { method: [...best, ...offered.filter((value) => value !== first)] },
    }
  },
})

function consequence(method: Method, pool: PoolProfile, note: string | undefined): string {
  const said = {
    'email-code': 'The old password stops working now.',
    temporary: `A temporary password replaces the old one. It works for ${days(pool.temporaryPasswordDays)}.`,
    permanent: 'A permanent password replaces the old one.',
  }[method]
  return note ? `${said} ${note}` : said
}

async function carryOut(plan: Reset, act: Act): Promise<Outcome> {
  const { label } = plan.target
  if (plan.method === 'email-code') {
    await act.sendResetCode(plan.user)
    return { sentence: `Cognito has sent ${label} a code to choose a new password.` }
  }
  const secret = temporaryPassword(plan.profile.passwordPolicy, plan.length)
  await act.setPassword(plan.user, secret, plan.method)
  return plan.method === 'permanent'
    ? { sentence: `The password of ${label} is replaced.`, secret }
    : {
        sentence: `${label} has a temporary password.`,
        notes: [
          `It works for ${days(plan.profile.temporaryPasswordDays)}, for one sign-in: then the user chooses a new one.`,
        ],
        secret,
      }
}

/** A second step: whatever becomes of it, the reset itself has happened and is reported. */
async function signOut(plan: Reset, act: Act): Promise<string> {
  try {
    await act.signOut(plan.user)
    return 'Signed out everywhere. Sign-ins checked without Cognito end when their tokens expire.'
  } catch (error) {
    if (!(error instanceof CloudFault)) throw error
    return `Signing out did not work, the reset did. ${error.message}`
  }
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`
}
