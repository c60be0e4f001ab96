import { beforeEach, describe, expect, it } from 'vitest'
import { confirmUser } from '../../../src/operations/users/confirm-user.ts'
import { disableUser } from '../../../src/operations/users/disable-user.ts'
import { enableUser } from '../../../src/operations/users/enable-user.ts'
import { resendInvitation } from '../../../src/operations/users/resend-invitation.ts'
import { signOutUser } from '../../../src/operations/users/sign-out-user.ts'
import { NOON, POOL, said, told, Ward } from './ward.ts'

const simple = [enableUser, disableUser, signOutUser, resendInvitation, confirmUser]

/** A user for whom each of them makes sense. */
const fitting = {
  'enable-user': { enabled: false },
  'disable-user': {},
  'sign-out-user': {},
  'resend-invitation': { status: 'FORCE_CHANGE_PASSWORD' },
  'confirm-user': { status: 'UNCONFIRMED', emailVerified: false },
} as const

const CALLS = {
  'enable-user': 'AdminEnableUser',
  'disable-user': 'AdminDisableUser',
  'sign-out-user': 'AdminUserGlobalSignOut',
  'resend-invitation': 'AdminCreateUser',
  'confirm-user': 'AdminConfirmSignUp',
} as const

const named = (name: string) => name as keyof typeof fitting

let ward: Ward
beforeEach(() => {
  ward = new Ward()
})

describe.each(simple.map((one) => [one.name, one] as const))('%s', (name, operation) => {
  it('says who, how they stand and what happens, and sends one call', async () => {
    ward.add('grace', fitting[named(name)])
    const prepared = await ward.prepare(operation, {})
    expect(prepared.plan.target).toEqual({
      name: 'grace',
      id: 'sub-of-grace',
      label: 'grace@example.com',
      emails: ['grace@example.com'],
    })
    expect(said(prepared)).toMatch(
      /User: grace@example.com \(grace\)\nNow: .*\nWhat happens: [A-Z]/,
    )
    expect(ward.writes).toEqual([])

    const outcome = await prepared.apply(ward.act(), { steps: new Map(), run: unexpected })
    expect(ward.writes).toEqual([{ call: CALLS[named(name)], username: 'grace' }])
    expect(outcome.sentence).toMatch(/grace@example\.com.*\.$/)
    expect(outcome.links?.[0]).toMatchObject({
      operation: 'show-user',
      values: { pool: POOL.id, user: 'sub-of-grace' },
    })
  })

  it('has another digest once the user is another one, or stands otherwise', async () => {
    ward.add('grace', fitting[named(name)])
    const before = await ward.prepare(operation, {})
    ward.change('grace', { sub: 'sub-of-another' })
    expect((await ward.prepare(operation, {})).digest).not.toBe(before.digest)
    ward.change('grace', { sub: 'sub-of-grace' })
    expect((await ward.prepare(operation, {})).digest).toBe(before.digest)
  })

  it('reads alike a day later: what was approved still runs', async () => {
    ward.add('grace', { ...fitting[named(name)], createdAt: new Date(NOON - 9 * 86_400_000) })
    const before = await ward.prepare(operation, {})
    ward.now += 86_400_000
    expect((await ward.prepare(operation, {})).digest).toBe(before.digest)
  })

  it('shows no contact and no name to whoever may not see them', async () => {
    ward.whole = false
    ward.add('grace', { ...fitting[named(name)], name: 'Grace Hopper', phone: '+12025550100' })
    const prepared = await ward.prepare(operation, {})
    const outcome = await ward.carryOut(operation, {})
    for (const words of [said(prepared), told(outcome), prepared.plan.target.label])
      expect(words).not.toMatch(/grace@|example\.com|Hopper|2025550/)
    expect(prepared.plan.target.emails).toEqual(['grace@example.com'])
  })

  it('passes a failure on', async () => {
    ward.add('grace', fitting[named(name)])
    ward.mishaps.push({ call: CALLS[named(name)], kind: 'unknown' })
    await expect(ward.carryOut(operation, {})).rejects.toMatchObject({ kind: 'unknown' })
  })

  it('gives advice in its form, with the reason where it makes no sense', () => {
    const known = { pool: POOL, snapshots: {} }
    const unfit = new Ward().add('grace', { status: 'ARCHIVED' })
    expect(operation.advise({ ...known, user: unfit }, {}).notes.join(' ')).toContain('ARCHIVED')
    const fit = new Ward().add('grace', fitting[named(name)])
    expect(operation.advise({ ...known, user: fit }, {}).notes).toHaveLength(1)
    expect(operation.advise({ ...known, user: undefined }, {}).notes).toEqual([])
  })
})

function unexpected(): never {
  throw new Error('It works in one step.')
}

describe('after a lost answer', () => {
  it.each([
    [enableUser, { enabled: true }, 'applied'],
    [enableUser, { enabled: false }, 'not-applied'],
    [disableUser, { enabled: false }, 'applied'],
    [disableUser, { enabled: true }, 'not-applied'],
    [signOutUser, {}, 'unknown'],
    [resendInvitation, { status: 'FORCE_CHANGE_PASSWORD' }, 'unknown'],
    [confirmUser, { status: 'CONFIRMED' }, 'applied'],
    [confirmUser, { status: 'UNCONFIRMED' }, 'not-applied'],
    [confirmUser, { status: 'FORCE_CHANGE_PASSWORD' }, 'unknown'],
  ] as const)('$name with %j is %s', async (operation, about, expected) => {
    ward.add('grace', about)
    expect(await ward.resolve(operation, {})).toBe(expected)
  })

  it('confirming with an address to verify is done only when both are', async () => {
    ward.add('grace', { emailVerified: false })
    expect(await ward.resolve(confirmUser, { verify_email: true })).toBe('unknown')
    ward.change('grace', { emailVerified: true })
    expect(await ward.resolve(confirmUser, { verify_email: true })).toBe('applied')
  })
})

describe('what each says besides', () => {
  it('signing out names what it does not end, before and after', async () => {
    ward.add('grace')
    const words = /check tokens without asking Cognito[^]*sign-in cookie/
    expect(said(await ward.prepare(signOutUser, {}))).toMatch(words)
    expect(told(await ward.carryOut(signOutUser, {}))).toMatch(words)
  })

  it('an invitation names where it goes and how long it works', async () => {
    ward.add('grace', { status: 'FORCE_CHANGE_PASSWORD', emailVerified: false })
    const words = said(await ward.prepare(resendInvitation, {}))
    expect(words).toContain('to grace@example.com. It works for 7 days')
    expect(words).toContain('Nobody has verified this e-mail address')
  })

  it('an invitation without an address is refused with what to do instead', async () => {
    ward.add('grace', { status: 'FORCE_CHANGE_PASSWORD', email: undefined })
    await expect(ward.prepare(resendInvitation, {})).rejects.toThrow('Set a temporary password')
  })
})

describe('confirming', () => {
  const unconfirmed = { status: 'UNCONFIRMED', emailVerified: false } as const

  it('leaves the address as it is unless that is asked for', async () => {
    ward.add('grace', unconfirmed)
    expect(said(await ward.prepare(confirmUser, {}))).toContain('does not verify the e-mail')
    await ward.carryOut(confirmUser, {})
    expect(ward.calls).toEqual(['AdminConfirmSignUp'])
  })

  it('marks it as verified in a second step', async () => {
    ward.add('grace', unconfirmed)
    const outcome = await ward.carryOut(confirmUser, { verify_email: true })
    expect(ward.writes).toEqual([
      { call: 'AdminConfirmSignUp', username: 'grace' },
      { call: 'AdminUpdateUserAttributes', username: 'grace', sent: { email_verified: 'true' } },
    ])
    expect(told(outcome)).toContain('is marked as verified')
  })

  it('reports a confirmation that happened, and a second step that did not', async () => {
    ward.add('grace', unconfirmed)
    ward.mishaps.push({ call: 'AdminUpdateUserAttributes', kind: 'refused' })
    const outcome = await ward.carryOut(confirmUser, { verify_email: true })
    expect(outcome.sentence).toContain('is confirmed')
    expect(outcome.alarm).toContain('was not marked as verified')
  })

  it('refuses to verify an address that is not there', async () => {
    ward.add('grace', { ...unconfirmed, email: undefined })
    const refusal = ward.prepare(confirmUser, { verify_email: true })
    await expect(refusal).rejects.toMatchObject({ field: 'verify_email' })
  })

  it('sends no second call for an address that is verified already', async () => {
    ward.add('grace', { status: 'UNCONFIRMED' })
    await ward.carryOut(confirmUser, { verify_email: true })
    expect(ward.calls).toEqual(['AdminConfirmSignUp'])
  })
})
