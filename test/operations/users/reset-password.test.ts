import { beforeEach, describe, expect, it } from 'vitest'
import type { User } from '../../../src/core/directory.ts'
import type { CallWitness, Look } from '../../../src/core/ports.ts'
import type { Known } from '../../../src/core/operation.ts'
import { Refusal } from '../../../src/core/refusal.ts'
import { resetPassword } from '../../../src/operations/users/reset-password.ts'
import { FakeDirectory, STAGING, user } from '../../fakes/directory.ts'
import type { Mishap } from '../../fakes/directory.ts'
import { lookWith, NO_STEPS } from '../../fakes/look.ts'
import { member } from '../../fakes/people.ts'

const ada = member('U0ADA')
const asked = { pool: STAGING.id, user: 'grace', verified: 'Called back', reason: 'Ticket 7' }
const unwitnessed: CallWitness = { before: async () => undefined, after: () => undefined }

let directory: FakeDirectory
beforeEach(() => {
  directory = new FakeDirectory(() => 0)
})

function look(): Look {
  return lookWith({
    pool: async (id) => directory.pool(id),
    user: async (pool, name) => directory.user(pool, name),
  })
}

const prepare = async (values: object, about: Partial<User> = {}) => {
  directory.add(user('grace', about))
  return resetPassword.prepare({ ...asked, ...values }, look())
}

const carryOut = async (values: object, ...mishaps: readonly Mishap[]) => {
  const prepared = await prepare(values)
  directory.mishaps.push(...mishaps)
  return prepared.apply(directory.act(ada, unwitnessed), NO_STEPS)
}

const callsMade = () => directory.writes.map(({ call }) => call)

describe('the plan', () => {
  it('says in lines what will happen to whom', async () => {
    const { plan } = await prepare({ method: 'temporary', sign_out: true })
    expect(plan.target).toEqual({
      name: 'grace',
      id: 'sub-of-grace',
      emails: ['grace@example.com'],
      label: 'grace@example.com',
    })
    const lines = plan.facts.map(({ term, text }) => `${term}: ${text}`).join('\n')
    expect(lines).toContain('User: grace@example.com')
    expect(lines).toMatch(/What happens: .*It works for 7 days/)
    expect(lines).toContain('Signed out everywhere: Yes')
    expect(directory.writes).toEqual([])
  })

  it('writes to the username, whatever name the user was asked for by', async () => {
    const { plan } = await prepare({ method: 'temporary', user: 'grace@example.com' })
    expect(plan.target.name).toBe('grace')
  })

  it.each([
    ['another method', { method: 'email-code' }, {}],
    ['signing out', { sign_out: true }, {}],
    ['another status', {}, { status: 'FORCE_CHANGE_PASSWORD' }],
    ['a user of the same name who was created anew', {}, { sub: 'sub-of-another-grace' }],
    ['a user who was asked to reset meanwhile', {}, { status: 'RESET_REQUIRED' }],
  ])('has another digest for %s', async (_what, values, about) => {
    const before = await prepare({ method: 'temporary' })
    directory = new FakeDirectory(() => 0)
    const after = await prepare({ method: 'temporary', ...values }, about)
    expect(after.digest).not.toBe(before.digest)
  })

  it('shows no address to whoever does not see personal data', async () => {
    directory.add(user('grace'))
    const blind = { ...look(), seesPersonalData: () => false }
    const { plan } = await resetPassword.prepare({ ...asked, method: 'email-code' }, blind)
    expect(JSON.stringify([plan.facts, plan.warnings, plan.target.label])).not.toContain('grace@')
    expect(plan.target.emails).toEqual(['grace@example.com'])
  })

  it('has the same digest when nothing has changed', async () => {
    const before = await prepare({ method: 'temporary' })
    directory = new FakeDirectory(() => 0)
    expect((await prepare({ method: 'temporary' })).digest).toBe(before.digest)
  })

  it.each([
    ['federated', 'temporary', { status: 'EXTERNAL_PROVIDER' }, 'user', 'identity provider'],
    ['archived', 'temporary', { status: 'ARCHIVED' }, 'user', 'ARCHIVED'],
    ['of a status nobody knows', 'permanent', { status: 'NEW_ONE' }, 'user', 'NEW_ONE'],
    ['unverified', 'email-code', { emailVerified: false }, 'method', 'not verified'],
    ['unconfirmed', 'email-code', { status: 'UNCONFIRMED' }, 'method', 'unconfirmed'],
    ['disabled', 'email-code', { enabled: false }, 'user', 'Enable the user first'],
    ['disabled', 'temporary', { enabled: false }, 'user', 'Enable the user first'],
    ['disabled', 'permanent', { enabled: false }, 'user', 'Enable the user first'],
    ['with e-mail as second factor', 'email-code', { mfa: ['EMAIL_OTP'] }, 'method', 'factor'],
  ])('refuses for a user who is %s: %s', async (_who, method, about, field, says) => {
    const refusal = prepare({ method }, about)
    await expect(refusal).rejects.toBeInstanceOf(Refusal)
    await expect(refusal).rejects.toMatchObject({ field })
    await expect(refusal).rejects.toThrow(says)
  })

  it('refuses a user who is not there, under the field of the user', async () => {
    const refusal = prepare({ method: 'temporary', user: 'nobody' })
    await expect(refusal).rejects.toMatchObject({ field: 'user' })
  })
})

describe('carrying it out', () => {
  it.each([
    ['temporary', ['AdminSetUserPassword'], 22],
    ['permanent', ['AdminSetUserPassword'], 22],
    ['email-code', ['AdminResetUserPassword'], undefined],
  ])('with method %s sends %j', async (method, calls, length) => {
    const outcome = await carryOut({ method })
    expect(callsMade()).toEqual(calls)
    expect(outcome.secret?.reveal().length).toBe(length)
  })

  it('makes another password each time', async () => {
    const secrets = await Promise.all([1, 2, 3].map(async () => carryOut({ method: 'temporary' })))
    expect(new Set(secrets.map(({ secret }) => secret?.reveal())).size).toBe(3)
  })

  it('signs out after the reset when asked to', async () => {
    const { notes } = await carryOut({ method: 'temporary', sign_out: true })
    expect(callsMade()).toEqual(['AdminSetUserPassword', 'AdminUserGlobalSignOut'])
    expect(notes?.join(' ')).toContain('Signed out everywhere.')
  })

  it('reports a reset that happened, and a signing out that did not', async () => {
    const outcome = await carryOut(
      { method: 'temporary', sign_out: true },
      { call: 'AdminUserGlobalSignOut', kind: 'refused' },
    )
    expect(outcome.secret).toBeDefined()
    expect(outcome.notes?.join(' ')).toContain('Signing out did not work, the reset did.')
  })

  it.each(['refused', 'throttled', 'unknown'] as const)(
    'signs nobody out when the reset itself is %s',
    async (kind) => {
      const attempt = carryOut(
        { method: 'temporary', sign_out: true },
        { call: 'AdminSetUserPassword', kind },
      )
      await expect(attempt).rejects.toMatchObject({ kind })
      expect(directory.writes).toEqual([])
    },
  )
})

const advise = (known: Pick<Known, 'pool' | 'user'>) =>
  resetPassword.advise({ ...known, snapshots: {} }, {})

describe('the advice of the form', () => {
  it('proposes the code first where it arrives', () => {
    const { notes, offers } = advise({ pool: STAGING, user: user('grace') })
    expect(offers?.['method']).toEqual(['email-code', 'temporary', 'permanent'])
    expect(notes.join(' ')).toContain('grace@example.com')
  })

  it('leaves out what makes no sense', () => {
    const advised = advise({
      pool: STAGING,
      user: user('grace', { status: 'FORCE_CHANGE_PASSWORD' }),
    })
    expect(advised.offers?.['method']).toEqual(['temporary', 'permanent'])
  })

  it('has nothing to say before a pool and a user are known', () => {
    expect(advise({ pool: STAGING, user: undefined })).toEqual({ notes: [] })
  })
})
