import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  PoolSpec,
  SessionSpec,
  Switches,
  UserSpec,
} from '../../../playground/cognito/index.ts'
import type { Mutation, Prepared } from '../../../src/core/operation.ts'
import { listSessions } from '../../../src/operations/users/list-sessions.ts'
import { resetMfa } from '../../../src/operations/users/reset-mfa.ts'
import { revokeSession } from '../../../src/operations/users/revoke-session.ts'
import { grace, localDirectory, recorder } from '../../cognito/local.ts'
import { NO_STEPS } from '../../fakes/look.ts'
import { localLook, writesAbout } from './local-look.ts'
import type { Local } from './local-look.ts'

const [TRACKED, UNTRACKED, LITE, STERN] = ['TRACK', 'UNTRK', 'LITE0', 'STERN'].map(
  (name) => `eu-west-1_${name}0001`,
) as [string, string, string, string]

const idOf = (start: string) => start.padEnd(28, '0')
const [page, app, phone, foreign] = ['sso1', 'tkn1', 'tkn2', 'tkn9'].map(idOf) as [
  string,
  string,
  string,
  string,
]
const at = { ip: '192.0.2.7', device: 'Firefox 140 / Linux', city: 'Paris', country: 'France' }
const sessions: readonly SessionSpec[] = [
  { id: page, ...at },
  { id: app, parentId: page, ...at },
  { id: phone, ...at },
]

const reachable = {
  email: 'ada@example.com',
  email_verified: 'true',
  phone_number: '+12025550100',
  phone_number_verified: 'true',
}
const users: readonly UserSpec[] = [
  { username: 'ada', attributes: reachable, mfa: ['SOFTWARE_TOKEN_MFA', 'SMS_MFA'], sessions },
  { username: 'grace', sessions: [{ id: foreign, ...at }] },
  { username: 'texted', attributes: reachable, mfa: ['SMS_MFA'] },
  { username: 'idle', attributes: reachable, softwareToken: true },
  {
    username: 'asked',
    attributes: reachable,
    mfa: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'],
    status: 'RESET_REQUIRED',
  },
]

const pool = (id: string, more: Partial<PoolSpec> = {}): PoolSpec => ({
  id,
  settings: {
    Name: id,
    MfaConfiguration: 'OPTIONAL',
    SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::111111111111:role/sms' },
  },
  mfa: { SoftwareTokenMfaConfiguration: { Enabled: true } },
  users,
  ...more,
})

const pools = [
  pool(TRACKED, { sessionTracking: 'ENABLED' }),
  pool(UNTRACKED),
  pool(LITE, { sessionTracking: 'ENABLED', settings: { Name: LITE, UserPoolTier: 'LITE' } }),
  pool(STERN, { settings: { Name: STERN, MfaConfiguration: 'ON' } }),
]

const open = (switches: Partial<Switches> = {}) => localDirectory({ world: { pools }, switches })

const prepare = (local: Local, operation: Mutation, values: object): Promise<Prepared> =>
  operation.prepare(
    operation.input.parse({ reason: 'Ticket 7', verified: 'Called back', ...values }),
    localLook(local),
  )

const carryOut = (local: Local, prepared: Prepared) =>
  prepared.apply(local.directory.act(grace, recorder().witness), NO_STEPS)

const readBack = ({ directory, clock }: Local, operation: Mutation, values: { pool: string }) =>
  operation.resolve(
    { ...values },
    { request: '', pool: values.pool, target: 'ada', since: clock.ms, image: undefined },
    { ...directory, now: () => clock.ms },
  )

const list = (local: Local, where: string) =>
  listSessions.answer({ pool: where, user: 'ada' }, localLook(local))

const both = <T>(one: T, other: T) => [one, other]
/** Every setting of every switch that these operations meet. */
const settings: readonly Partial<Switches>[] = both(false, true).flatMap((emptyPages) =>
  both(0, 5000).flatMap((sessionLagMs) =>
    both('refuse' as const, 'empty' as const).flatMap((untrackedSessions) =>
      both('refuse' as const, 'untracked' as const).flatMap((liteSessions) =>
        both('not-found' as const, 'not-authorized' as const).map((foreignSession) => ({
          emptyPages,
          sessionLagMs,
          untrackedSessions,
          liteSessions,
          foreignSession,
        })),
      ),
    ),
  ),
)

describe.each(settings)('sign-ins of a user with %o', (switches) => {
  let local: Local
  beforeAll(async () => {
    local = await open(switches)
  })
  afterAll(() => local.stop())

  it('are listed, or why they are not', async () => {
    const { rows = [], facts } = await list(local, TRACKED)
    expect(rows.map(({ link }) => link?.values['session'])).toEqual([page, app, phone])
    expect(facts[0]?.text).toBe('3 sign-ins')
    expect((await list(local, UNTRACKED)).facts[0]?.text).toContain('session tracking is off')
    expect((await list(local, LITE)).facts[0]?.text).toContain(
      switches.liteSessions === 'refuse' ? 'The tier of this pool' : 'session tracking is off',
    )
  })

  it.each([UNTRACKED, LITE])('are not ended where none are known: %s', async (where) => {
    const refused = prepare(local, revokeSession, { pool: where, user: 'ada', session: app })
    await expect(refused).rejects.toMatchObject({ name: 'Refusal', field: 'session' })
    expect(writesAbout(local, 'ada')).toEqual([])
  })

  it('are not ended for somebody else, and Cognito says so too', async () => {
    const values = { pool: TRACKED, user: 'ada', session: foreign }
    const refused = prepare(local, revokeSession, values)
    await expect(refused).rejects.toThrow('is not one of this user’s')
    expect(writesAbout(local, 'ada')).toEqual([])
    const act = local.directory.act(grace, recorder().witness)
    const forced = act.revokeSession(await local.directory.user(TRACKED, 'ada'), foreign, false)
    await expect(forced).rejects.toMatchObject({ kind: 'refused' })
    await expect(forced).rejects.toThrow('is not one of this user’s')
  })

  it('end with what they belong to, once, and the list shows it in the end', async () => {
    const values = { pool: TRACKED, user: 'ada', session: app, linked: true }
    const [first, second] = [
      await prepare(local, revokeSession, values),
      await prepare(local, revokeSession, values),
    ]
    await carryOut(local, first)
    expect(await readBack(local, revokeSession, values)).toBe(
      switches.sessionLagMs === 0 ? 'applied' : 'unknown',
    )
    await expect(carryOut(local, second)).rejects.toThrow('has ended already')
    local.clock.ms += 5000
    expect(await readBack(local, revokeSession, values)).toBe('applied')
    const { rows = [] } = await list(local, TRACKED)
    expect(rows.map(({ link }) => link?.values['session'])).toEqual([phone])
  })
})

describe.each(both('accept' as const, 'refuse' as const))(
  'second factors, where the deletion of no app is: %s',
  (absentSoftwareToken) => {
    let local: Local
    beforeAll(async () => {
      local = await open({ absentSoftwareToken })
    })
    afterAll(() => local.stop())

    const factorsOf = (where: string, username: string) => {
      const { mfa, softwareToken } = local.cognito.pools.user(where, username)
      return { mfa, softwareToken }
    }
    const settle = (values: { pool: string; user: string }) =>
      resetMfa.resolve(
        values,
        { request: '', pool: values.pool, target: values.user, since: 0, image: undefined },
        { ...local.directory, now: () => local.clock.ms },
      )

    it('lose the app alone; a second time changes nothing', async () => {
      const values = { pool: TRACKED, user: 'ada' }
      const [first, second] = [
        await prepare(local, resetMfa, values),
        await prepare(local, resetMfa, values),
      ]
      await carryOut(local, first)
      const left = { mfa: ['SMS_MFA'], softwareToken: false }
      expect(factorsOf(TRACKED, 'ada')).toEqual(left)
      const again = carryOut(local, second)
      if (absentSoftwareToken === 'accept') await again
      else await expect(again).rejects.toThrow('no authenticator app any more')
      expect(factorsOf(TRACKED, 'ada')).toEqual(left)
      expect(await settle(values)).toBe('applied')
    })

    it('are turned off by naming those the user has', async () => {
      const values = { pool: UNTRACKED, user: 'ada', turn_off: true }
      await carryOut(local, await prepare(local, resetMfa, values))
      expect(factorsOf(UNTRACKED, 'ada')).toEqual({ mfa: [], softwareToken: false })
      expect(await settle(values)).toBe('applied')
      const asked = writesAbout(local, 'ada').find(
        ({ operation }) => operation === 'AdminSetUserMFAPreference',
      )
      expect(Object.keys(asked?.input as object)).not.toContain('EmailMfaSettings')
    })

    it('are turned off where there is no app', async () => {
      const values = { pool: TRACKED, user: 'texted', turn_off: true }
      await carryOut(local, await prepare(local, resetMfa, values))
      expect(factorsOf(TRACKED, 'texted').mfa).toEqual([])
      expect(writesAbout(local, 'texted').map(({ operation }) => operation)).toEqual([
        'AdminSetUserMFAPreference',
      ])
    })

    it('lose an app that is registered and not in use, which a sign-in asks for all the same', async () => {
      const values = { pool: STERN, user: 'idle' }
      await carryOut(local, await prepare(local, resetMfa, values))
      expect(factorsOf(STERN, 'idle').softwareToken).toBe(false)
      expect(await settle(values)).toBe('applied')
      await expect(prepare(local, resetMfa, values)).rejects.toThrow('no second factor')
    })

    it('stay whole when Cognito refuses to turn one off', async () => {
      const values = { pool: TRACKED, user: 'asked', turn_off: true }
      const refused = carryOut(local, await prepare(local, resetMfa, values))
      await expect(refused).rejects.toThrow('choose a new password first. Nothing was changed.')
      expect(factorsOf(TRACKED, 'asked')).toEqual({
        mfa: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'],
        softwareToken: true,
      })
    })

    it('that the pool demands are not turned off, and no call tries', async () => {
      const refused = prepare(local, resetMfa, { pool: STERN, user: 'texted', turn_off: true })
      await expect(refused).rejects.toMatchObject({ field: 'turn_off' })
      const before = writesAbout(local, 'texted').length
      const act = local.directory.act(grace, recorder().witness)
      await act.clearMfaPreference(await local.directory.user(STERN, 'texted'), ['SMS_MFA'])
      expect(writesAbout(local, 'texted')).toHaveLength(before + 1)
      expect(factorsOf(STERN, 'texted').mfa).toEqual(['SMS_MFA'])
    })
  },
)
