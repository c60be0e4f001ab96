import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PoolSpec, UserSpec } from '../../../playground/cognito/index.ts'
import { standardAttributes } from '../../../playground/cognito/standard-attributes.ts'
import type { Mutation } from '../../../src/core/operation.ts'
import { Refusal } from '../../../src/core/refusal.ts'
import { helpFor, USER_ACTIONS } from '../../../src/domain/user/help.ts'
import type { UserAction } from '../../../src/domain/user/help.ts'
import { operations } from '../../../src/operations/index.ts'
import { grace, localDirectory, recorder } from '../../cognito/local.ts'
import { NO_STEPS } from '../../fakes/look.ts'
import { ACTION_FORMS } from '../../operations/users/action-forms.ts'
import { localLook, writesAbout } from './local-look.ts'
import type { Local } from './local-look.ts'

const POOL = 'eu-west-1_CELLS0001'

const STATUSES = [
  'UNCONFIRMED',
  'CONFIRMED',
  'FORCE_CHANGE_PASSWORD',
  'RESET_REQUIRED',
  'EXTERNAL_PROVIDER',
  'ARCHIVED',
  'COMPROMISED',
  'UNKNOWN',
] as const

const cells = STATUSES.flatMap((status) =>
  [true, false].flatMap((enabled) =>
    [true, false].flatMap((emailVerified) =>
      [[], ['SOFTWARE_TOKEN_MFA'] as const].map((mfa) => ({ status, enabled, emailVerified, mfa })),
    ),
  ),
).map((cell, nth) => ({ ...cell, nth }))

/** Everybody has a user of their own for each action, so that no write stands in another's way. */
const nameOf = (nth: number, action: UserAction) => `cell-${nth}-${action}`

const sessionOf = (nth: number) => `tkn${String(nth).padStart(25, '0')}`
const DUBLIN = { ip: '198.51.100.7', device: 'Firefox 140 / Linux', country: 'Ireland' }

const users: readonly UserSpec[] = cells.flatMap(({ nth, status, enabled, emailVerified, mfa }) =>
  USER_ACTIONS.map((action) => ({
    username: nameOf(nth, action),
    status,
    enabled,
    mfa,
    attributes: {
      email: `${nameOf(nth, action)}@example.com`,
      email_verified: String(emailVerified),
    },
    groups: ['readers'],
    sessions: action === 'revoke-session' ? [{ id: sessionOf(nth), ...DUBLIN }] : [],
  })),
)

const pool: PoolSpec = {
  id: POOL,
  sessionTracking: 'ENABLED',
  settings: {
    Name: 'staging-cells',
    SchemaAttributes: [
      ...standardAttributes,
      { Name: 'custom:plan', AttributeDataType: 'String', Mutable: true },
    ],
    MfaConfiguration: 'OPTIONAL',
    AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' }] },
  },
  mfa: { SoftwareTokenMfaConfiguration: { Enabled: true } },
  groups: [{ name: 'staff' }, { name: 'readers' }],
  users,
}

const mutations = new Map(
  operations.flatMap((one) => (one.kind === 'mutation' ? [[one.name, one] as const] : [])),
)

let local: Local
beforeAll(async () => {
  local = await localDirectory({ world: { pools: [pool] } })
})
afterAll(() => local.stop())

function formOf(action: UserAction, nth: number): object {
  const username = nameOf(nth, action)
  const values = { pool: POOL, user: username, reason: 'Ticket 7', confirm: username }
  const own = ACTION_FORMS[action].values ?? {}
  return { ...values, ...own, ...(action === 'revoke-session' && { session: sessionOf(nth) }) }
}

const writesOf = (username: string) => writesAbout(local, username)

describe.each(cells)('$status, enabled $enabled, verified $emailVerified, $mfa', ({ nth }) => {
  it.each(USER_ACTIONS)(
    '%s is offered and works, or is refused before any write',
    async (action) => {
      const mutation: Mutation | undefined = mutations.get(ACTION_FORMS[action].operation)
      if (!mutation) return
      const username = nameOf(nth, action)
      const [found, profile] = await Promise.all([
        local.directory.user(POOL, username),
        local.directory.pool(POOL),
      ])
      const offer = helpFor(found, profile, local.clock.ms).actions[action]
      const form = mutation.input.parse(formOf(action, nth))
      const planned = mutation.prepare(form, localLook(local))
      if (!offer.offered) {
        await expect(planned).rejects.toBeInstanceOf(Refusal)
        expect(writesOf(username)).toEqual([])
        return
      }
      const prepared = await planned
      await prepared.apply(local.directory.act(grace, recorder().witness), NO_STEPS)
      expect(writesOf(username).map(({ status }) => status)).toEqual([200])
      const attempted = { request: '', pool: POOL, target: username, since: local.clock.ms }
      const seen = await mutation.resolve(
        prepared.plan.keep ?? form,
        { ...attempted, image: undefined },
        { ...local.directory, now: () => local.clock.ms },
      )
      expect(TELLS_NOTHING.has(action) ? 'applied' : seen).toBe('applied')
    },
  )
})

/** After these a read cannot tell whether they were done. */
const TELLS_NOTHING = new Set<UserAction>([
  'temporary',
  'permanent',
  'resend-invitation',
  'sign-out-user',
])
