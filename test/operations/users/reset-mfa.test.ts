import { beforeEach, describe, expect, it } from 'vitest'
import { resetMfa } from '../../../src/operations/users/reset-mfa.ts'
import { fault, said, SETTINGS, told, Ward } from './ward.ts'

const VERIFIED = { verified: 'Called back' }
const APP = ['SOFTWARE_TOKEN_MFA']

let ward: Ward
beforeEach(() => {
  ward = new Ward()
})

describe('the plan', () => {
  it('asks how the caller was verified', () => {
    expect(
      resetMfa.input.safeParse({ pool: 'eu-west-1_A', user: 'ada', reason: 'x y z' }).success,
    ).toBe(false)
  })

  it('says what is removed and what remains', async () => {
    ward.add('grace', { mfa: [...APP, 'SMS_MFA'] })
    const words = said(await ward.prepare(resetMfa, VERIFIED))
    expect(words).toContain('Second factors now: authenticator app, codes by SMS')
    expect(words).toContain('What happens: The authenticator app is removed.')
    expect(words).toContain('What remains: codes by SMS')
    expect(words).toContain('The user is still asked for codes by SMS.')
    expect(words).toContain('Passkeys stay')
  })

  it('turns the others off too when asked', async () => {
    ward.add('grace', { mfa: [...APP, 'SMS_MFA', 'EMAIL_OTP'] })
    const prepared = await ward.prepare(resetMfa, { ...VERIFIED, turn_off: true })
    expect(said(prepared)).toContain('Turned off as second factors: codes by SMS, codes by e-mail.')
    expect(said(prepared)).toContain('What remains: none')
  })

  it('counts an app that is registered and not in use', async () => {
    ward.add('grace', { mfa: [] })
    ward.factors = { configured: ['PASSWORD', 'SOFTWARE_TOKEN'], mfa: [], preferred: undefined }
    const words = said(await ward.prepare(resetMfa, VERIFIED))
    expect(words).toContain('Second factors now: authenticator app')
    expect(words).toContain('The user can sign in with the password alone')
    expect(await ward.resolve(resetMfa, VERIFIED)).toBe('not-applied')
  })

  it('says that a pool which asks everybody will ask again', async () => {
    ward.settings = { ...SETTINGS, MfaConfiguration: 'ON' }
    ward.add('grace', { mfa: APP })
    expect(said(await ward.prepare(resetMfa, VERIFIED))).toContain('sets a new one up at the next')
  })

  it.each([
    ['nobody has set one up', [], false, 'OPTIONAL', 'user', 'has set up no second factor'],
    ['there is no app', ['SMS_MFA'], false, 'OPTIONAL', 'turn_off', 'no authenticator app'],
    [
      'Cognito would say yes and change nothing',
      ['SMS_MFA'],
      true,
      'ON',
      'turn_off',
      'update-user',
    ],
    ['part of it would not work', [...APP, 'SMS_MFA'], true, 'ON', 'turn_off', 'does not turn'],
  ])('refuses when %s', async (_why, mfa, turnOff, required, field, words) => {
    ward.settings = { ...SETTINGS, MfaConfiguration: required }
    ward.add('grace', { mfa })
    const refusal = ward.prepare(resetMfa, { ...VERIFIED, turn_off: turnOff })
    await expect(refusal).rejects.toMatchObject({ field })
    await expect(refusal).rejects.toThrow(words)
  })

  it('falls back on what the user itself tells where the pool cannot list factors', async () => {
    ward.add('grace', { mfa: APP })
    ward.factors = fault('refused', 'AdminGetUserAuthFactors')
    expect(said(await ward.prepare(resetMfa, VERIFIED))).toContain('authenticator app is removed')
    ward.factors = fault('not-sent', 'AdminGetUserAuthFactors')
    await expect(ward.prepare(resetMfa, VERIFIED)).rejects.toMatchObject({ kind: 'not-sent' })
  })
})

describe('carrying it out', () => {
  it('removes the app, then leaves the result to be read back', async () => {
    ward.add('grace', { mfa: APP })
    const outcome = await ward.carryOut(resetMfa, VERIFIED)
    expect(ward.calls).toEqual(['AdminDeleteSoftwareToken'])
    expect(outcome.as).toBe('unknown')
    expect(told(outcome)).toContain('What remains: none')
  })

  it('turns codes off alone where there is no app', async () => {
    ward.add('grace', { mfa: ['SMS_MFA'] })
    await ward.carryOut(resetMfa, { ...VERIFIED, turn_off: true })
    expect(ward.calls).toEqual(['AdminSetUserMFAPreference'])
  })

  it('turns codes off first, those that there are', async () => {
    ward.add('grace', { mfa: [...APP, 'EMAIL_OTP'] })
    await ward.carryOut(resetMfa, { ...VERIFIED, turn_off: true })
    expect(ward.calls).toEqual(['AdminSetUserMFAPreference', 'AdminDeleteSoftwareToken'])
    expect(ward.writes[0]?.sent).toEqual(['EMAIL_OTP'])
  })

  it.each([
    [[], false, 'applied'],
    [['SMS_MFA'], false, 'applied'],
    [APP, false, 'not-applied'],
    [[...APP, 'SMS_MFA'], true, 'not-applied'],
    [['SMS_MFA'], true, 'unknown'],
    [[], true, 'applied'],
  ])('reading back %j, codes too %s: %s', async (mfa, turnOff, expected) => {
    ward.add('grace', { mfa })
    expect(await ward.resolve(resetMfa, { turn_off: turnOff })).toBe(expected)
  })
})
