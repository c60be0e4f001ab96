import { describe, expect, it } from 'vitest'
import type { User } from '../../../src/core/directory.ts'
import type { Mutation } from '../../../src/core/operation.ts'
import { Refusal } from '../../../src/core/refusal.ts'
import { helpFor, USER_ACTIONS } from '../../../src/domain/user/help.ts'
import { operations } from '../../../src/operations/index.ts'
import { ACTION_FORMS } from './action-forms.ts'
import { NOON, POOL, Ward } from './ward.ts'

const STATUSES = [
  'UNCONFIRMED',
  'CONFIRMED',
  'FORCE_CHANGE_PASSWORD',
  'RESET_REQUIRED',
  'EXTERNAL_PROVIDER',
  'ARCHIVED',
  'COMPROMISED',
  'UNKNOWN',
  'BRAND_NEW',
] as const

/** Every combination of what the table depends on. */
const cells = STATUSES.flatMap((status) =>
  [true, false].flatMap((enabled) =>
    [true, false].flatMap((emailVerified) =>
      [[], ['SOFTWARE_TOKEN_MFA'], ['EMAIL_OTP', 'SOFTWARE_TOKEN_MFA']].map((mfa) => ({
        status,
        enabled,
        emailVerified,
        mfa,
      })),
    ),
  ),
)

function wardOf(about: Partial<User>): Ward {
  const ward = new Ward()
  ward.groups = [{ name: 'staff' }, { name: 'readers' }]
  ward.add('grace', about, { name: 'readers' })
  ward.sessions = {
    tracked: true,
    complete: true,
    rows: [{ id: 'tkn1', createdAt: new Date(NOON), lastSeenAt: undefined, where: '' }],
  }
  return ward
}

const mutations = new Map(
  operations.flatMap((one) => (one.kind === 'mutation' ? [[one.name, one] as const] : [])),
)

describe.each(cells)('$status, enabled $enabled, verified $emailVerified, $mfa', (about) => {
  const ward = wardOf(about)
  const [grace] = ward.users
  const help = grace && helpFor(grace, POOL, NOON)

  it.each(USER_ACTIONS)('%s does what the table says', async (action) => {
    const { operation, values = {} } = ACTION_FORMS[action]
    const mutation: Mutation | undefined = mutations.get(operation)
    const offer = help?.actions[action]
    if (!mutation) return expect([operation, offer?.offered]).toEqual(['list-sessions', true])
    const planned = ward.prepare(mutation, { confirm: 'grace', ...values })
    if (offer?.offered) {
      const prepared = await planned
      await prepared.apply(ward.act(), { steps: new Map(), run: () => Promise.reject(new Error()) })
      expect(ward.writes.length).toBeGreaterThan(0)
    } else {
      await expect(planned).rejects.toBeInstanceOf(Refusal)
      await expect(planned).rejects.toThrow(offer?.reason)
      expect(ward.writes).toEqual([])
    }
    ward.writes.length = 0
  })

  it('offers first only what is offered, and nothing to whom nothing helps', () => {
    for (const action of help?.first ?? []) expect(help?.actions[action].offered).toBe(true)
    const strange = !['EXTERNAL_PROVIDER', ...STATUSES.slice(0, 4)].includes(about.status)
    expect(help?.first.length === 0).toBe(strange)
  })
})
