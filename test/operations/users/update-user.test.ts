import { beforeEach, describe, expect, it } from 'vitest'
import { updateUser } from '../../../src/operations/users/update-user.ts'
import { user } from '../../fakes/directory.ts'
import { POOL, said, SETTINGS, told, Ward } from './ward.ts'

const proof = { verified: 'Called back' }
const newMail = { attribute: 'email', value: 'new@example.com', ...proof }
const VERIFY_FIRST = {
  ...SETTINGS,
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
}

let ward: Ward
beforeEach(() => {
  ward = new Ward()
})

describe('a new e-mail address', () => {
  it('is sent with its mark, so that it does not drop to a stale one', async () => {
    ward.add('grace')
    await ward.carryOut(updateUser, newMail)
    await ward.carryOut(updateUser, { ...newMail, mark_verified: true })
    expect(ward.writes.map(({ sent }) => sent)).toEqual([
      { email: 'new@example.com', email_verified: 'false' },
      { email: 'new@example.com', email_verified: 'true' },
    ])
  })

  it('shows old and new, warns, takes an approval, and concerns both addresses', async () => {
    ward.add('grace')
    const prepared = await ward.prepare(updateUser, newMail)
    expect(said(prepared)).toContain('Until now: grace@example.com\nFrom now on: new@example.com')
    expect(said(prepared)).toContain('not verified: no reset code')
    expect(prepared.plan.least).toBe(1)
    expect(prepared.plan.target.emails).toEqual(['grace@example.com', 'new@example.com'])
    const marked = await ward.prepare(updateUser, { ...newMail, mark_verified: true })
    expect(said(marked)).toContain('can take the account over')
  })

  it('waits for the user in a pool that verifies first, unless it is marked', async () => {
    ward.settings = VERIFY_FIRST
    ward.add('grace')
    expect(said(await ward.prepare(updateUser, newMail))).toContain('the old one stays')
    const outcome = await ward.carryOut(updateUser, newMail)
    expect(ward.writes[0]?.sent).toEqual({ email: 'new@example.com' })
    expect(told(outcome)).toContain('has to verify the new email first')
    await ward.carryOut(updateUser, { ...newMail, mark_verified: true })
    expect(ward.writes[1]?.sent).toEqual({ email: 'new@example.com', email_verified: 'true' })
  })

  it('is refused when another user signs in with it', async () => {
    ward.settings = { ...SETTINGS, AliasAttributes: ['email'] }
    ward.add('grace')
    ward.found = [{ ...user('eve', { email: 'new@example.com' }), createdAt: undefined }]
    const refusal = ward.prepare(updateUser, newMail)
    await expect(refusal).rejects.toMatchObject({ field: 'value' })
    await expect(refusal).rejects.toThrow('new@example.com (eve)')
  })

  it('is refused while nobody says how the person was verified', async () => {
    ward.add('grace')
    const refusal = ward.prepare(updateUser, { ...newMail, verified: undefined })
    await expect(refusal).rejects.toMatchObject({ field: 'verified' })
  })
})

describe('any attribute', () => {
  it('is found without its prefix, and kept with it', async () => {
    ward.add('grace')
    const { plan } = await ward.prepare(updateUser, { attribute: 'plan', value: 'gold' })
    expect(plan.keep).toMatchObject({ attribute: 'custom:plan' })
    expect(plan.least).toBe(0)
  })

  it('takes an approval where it may decide about rights', async () => {
    ward.add('grace')
    const prepared = await ward.prepare(updateUser, { attribute: 'custom:role', value: 'admin' })
    expect(prepared.plan.least).toBe(1)
    expect(said(prepared)).toContain('may decide what this user is allowed to do')
  })

  it('is taken away by an empty value', async () => {
    ward.add('grace', { attributes: { 'custom:plan': 'gold' } })
    const outcome = await ward.carryOut(updateUser, { attribute: 'custom:plan' })
    expect(ward.writes).toEqual([
      { call: 'AdminDeleteUserAttributes', username: 'grace', sent: ['custom:plan'] },
    ])
    expect(outcome.sentence).toContain('no longer has custom:plan')
  })

  it.each([
    ['sub', 'x', 'attribute', 'Cognito writes sub itself'],
    ['identities', '[]', 'attribute', 'no attribute identities'],
    ['custom:origin', 'web', 'attribute', 'cannot be changed later'],
    ['colour', 'red', 'attribute', 'no attribute colour'],
    ['custom:plan', undefined, 'value', 'nothing to take away'],
    ['custom:plan', 'far-too-long', 'value', 'has at most 8 characters'],
    ['custom:seats', 'many', 'value', 'is a number'],
    ['email_verified', 'yes', 'value', 'is true or false'],
    ['phone_number_verified', 'true', 'value', 'has no phone_number'],
    ['email', 'grace@example.com', 'value', 'has this value already'],
    ['email', 'grace', 'value', 'is an e-mail address'],
  ])('%s = %s is refused', async (attribute, value, field, words) => {
    ward.add('grace')
    const refusal = ward.prepare(updateUser, { ...proof, attribute, value })
    await expect(refusal).rejects.toMatchObject({ field })
    await expect(refusal).rejects.toThrow(words)
  })

  it('stays when people sign in with it or the pool requires it', async () => {
    ward.settings = { ...SETTINGS, UsernameAttributes: ['email'] }
    ward.add('grace')
    const refusal = ward.prepare(updateUser, { ...proof, attribute: 'email' })
    await expect(refusal).rejects.toThrow('People sign in to this pool with email')
  })

  it('of a federated user comes from elsewhere, but for those of the pool alone', async () => {
    ward.add('grace', { status: 'EXTERNAL_PROVIDER' })
    await expect(ward.prepare(updateUser, newMail)).rejects.toThrow('identity provider')
    const own = await ward.prepare(updateUser, { attribute: 'custom:plan', value: 'gold' })
    expect(said(own)).toContain('comes back at the next sign-in')
  })

  it('can be picked from those that can be changed', async () => {
    const options = await updateUser.options('attribute')?.({ pool: POOL.id }, ward.look(), '')
    const names = options?.map(({ value }) => value)
    expect(names).toContain('custom:plan')
    expect(names).not.toContain('sub')
    expect(names).not.toContain('custom:origin')
  })

  it('masks the old value, never the new one, which has just been typed', async () => {
    ward.whole = false
    ward.add('grace')
    const words = said(await ward.prepare(updateUser, newMail))
    expect(words).toContain('Until now: g•••@e•••.com\nFrom now on: new@example.com')
  })
})

describe('after a lost answer', () => {
  it.each([
    ['custom:plan', 'gold', { 'custom:plan': 'gold' }, 'applied'],
    ['custom:plan', 'gold', { 'custom:plan': 'tin' }, 'not-applied'],
    ['custom:plan', undefined, {}, 'applied'],
    ['custom:plan', undefined, { 'custom:plan': 'tin' }, 'not-applied'],
    ['email', 'grace@example.com', {}, 'applied'],
    // A pool may hold it back until the user has verified it.
    ['email', 'new@example.com', {}, 'unknown'],
  ])('%s = %s with %j: %s', async (attribute, value, attributes, expected) => {
    ward.add('grace', { attributes })
    expect(await ward.resolve(updateUser, { attribute, value })).toBe(expected)
  })
})
