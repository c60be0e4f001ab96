import { describe, expect, it } from 'vitest'
import type { RecoveryMechanism, UserSummary } from '../../src/core/directory.ts'
import { codeReachable, resetAdvice } from '../../src/domain/user-status.ts'

const ada: UserSummary & { mfa?: readonly string[] } = {
  username: 'ada',
  sub: '00000000-0000-4000-8000-000000000001',
  status: 'CONFIRMED',
  enabled: true,
  email: 'ada@example.com',
  emailVerified: true,
  phone: undefined,
  phoneVerified: false,
  name: 'Ada Lovelace',
}
const byEmail = { recovery: ['verified_email'] } as const
const byEither = { recovery: ['verified_email', 'verified_phone_number'] } as const
const legacy = { recovery: undefined }

const phoned = { phone: '+12025550100', phoneVerified: true }

describe('where a reset code would go', () => {
  it.each<
    [string, Partial<typeof ada>, { recovery: readonly RecoveryMechanism[] | undefined }, unknown]
  >([
    ['to a verified e-mail', {}, byEmail, 'ada@example.com'],
    ['nowhere without an e-mail', { email: undefined }, byEmail, 'There is no e-mail address.'],
    [
      'nowhere with an unverified e-mail',
      { emailVerified: false },
      byEmail,
      'The e-mail address is not verified.',
    ],
    ['not to a phone the pool does not use', { ...phoned, email: undefined }, byEmail, /no e-mail/],
    ['nowhere the e-mail is the second factor', { mfa: ['EMAIL_OTP'] }, byEmail, /second factor/],
    ['to the e-mail when SMS is the second factor', { mfa: ['SMS_MFA'] }, byEmail, ada.email],
    ['to the e-mail when a code app is used', { mfa: ['SOFTWARE_TOKEN_MFA'] }, byEmail, ada.email],
    ['to the first way that works', { ...phoned, emailVerified: false }, byEither, phoned.phone],
    ['in the pool’s order', phoned, byEither, ada.email],
    ['by SMS first in an old pool', phoned, legacy, phoned.phone],
    ['by e-mail next in an old pool', {}, legacy, ada.email],
    [
      'past the second factor to the next way',
      { ...phoned, mfa: ['EMAIL_OTP'] },
      byEither,
      phoned.phone,
    ],
    [
      'nowhere the phone is the second factor',
      { ...phoned, mfa: ['SMS_MFA'], email: undefined },
      legacy,
      /SMS/,
    ],
    [
      'nowhere the phone is unverified',
      { phone: '+12025550100' },
      { recovery: ['verified_phone_number'] },
      /phone number is not verified/,
    ],
    [
      'nowhere in a pool for administrators only',
      {},
      { recovery: ['admin_only'] },
      /administrators/,
    ],
    ['nowhere in a pool without any way', {}, { recovery: [] }, /administrators/],
  ])('%s', (_case, change, pool, expected) => {
    const reach = codeReachable({ ...ada, ...change }, pool)
    if (expected instanceof RegExp) expect(reach.reachable ? '' : reach.why).toMatch(expected)
    else if (reach.reachable) expect(reach.at).toBe(expected)
    else expect(reach.why).toBe(expected)
  })
})

const offered = (change: Partial<typeof ada>, pool = byEmail as typeof byEmail | typeof legacy) => {
  const advice = resetAdvice({ ...ada, ...change }, pool)
  const { methods } = advice
  return {
    ...advice,
    code: methods['email-code'].offered,
    password: methods.temporary.offered && methods.permanent.offered,
  }
}

describe('the advice on a reset', () => {
  it.each([
    ['an active user: the code first', {}, { code: true, password: true, first: 'email-code' }],
    [
      'an active user no code reaches: a temporary password',
      { emailVerified: false },
      { code: false, password: true, first: 'temporary' },
    ],
    [
      'an invited user: a temporary password',
      { status: 'FORCE_CHANGE_PASSWORD' },
      { code: false, password: true, first: 'temporary' },
    ],
    [
      'a user asked to reset: the code again',
      { status: 'RESET_REQUIRED' },
      { code: true, password: true, first: 'email-code' },
    ],
    [
      'a user asked to reset whom no code reaches: a temporary password',
      { status: 'RESET_REQUIRED', email: undefined },
      { code: false, password: true, first: 'temporary' },
    ],
    [
      'an unconfirmed user: a temporary password',
      { status: 'UNCONFIRMED' },
      { code: false, password: true, first: 'temporary' },
    ],
    [
      'a federated user: nothing',
      { status: 'EXTERNAL_PROVIDER' },
      { code: false, password: false, first: undefined },
    ],
    [
      'an archived user: nothing',
      { status: 'ARCHIVED' },
      { code: false, password: false, first: undefined },
    ],
    [
      'a compromised user: nothing',
      { status: 'COMPROMISED' },
      { code: false, password: false, first: undefined },
    ],
    [
      'a state that did not exist before: nothing',
      { status: 'BRAND_NEW' },
      { code: false, password: false, first: undefined },
    ],
    [
      'a disabled user: nothing',
      { enabled: false },
      { code: false, password: false, first: undefined },
    ],
    [
      'a disabled federated user: nothing',
      { enabled: false, status: 'EXTERNAL_PROVIDER' },
      { code: false, password: false, first: undefined },
    ],
    [
      'a disabled user in an unknown state: nothing',
      { enabled: false, status: 'UNKNOWN' },
      { code: false, password: false, first: undefined },
    ],
  ])('%s', (_case, change, expected) => {
    expect(offered(change)).toMatchObject(expected)
  })

  it('says where the code goes', () => {
    expect(offered({}).methods['email-code']).toEqual({
      offered: true,
      note: 'Cognito sends the code by e-mail to ada@example.com.',
    })
    expect(offered(phoned, legacy).methods['email-code']).toEqual({
      offered: true,
      note: 'Cognito sends the code by SMS to +12025550100.',
    })
  })

  it('explains an invited user in words of the trade’s customers', () => {
    expect(offered({ status: 'FORCE_CHANGE_PASSWORD' }).explanation).toBe(
      'ada@example.com was invited and has not signed in yet. A reset code cannot be sent in this state; set a temporary password instead.',
    )
  })

  it('warns that a password also confirms an unconfirmed user', () => {
    expect(offered({ status: 'UNCONFIRMED' }).warnings).toEqual([
      expect.stringContaining('also confirms the account'),
    ])
    expect(offered({}).warnings).toEqual([])
  })

  it('says that a disabled user has to be enabled first, whatever their status', () => {
    for (const status of ['CONFIRMED', 'UNCONFIRMED', 'FORCE_CHANGE_PASSWORD', 'RESET_REQUIRED']) {
      const advice = offered({ enabled: false, status })
      expect(advice.state).toBe('ada@example.com is disabled.')
      expect(advice.explanation).toContain('Enable the user first')
    }
  })

  it('sends whoever asks for a federated user to the identity provider', () => {
    expect(offered({ status: 'EXTERNAL_PROVIDER' }).explanation).toContain('identity provider')
  })

  it('gives a reason with each method it does not offer, and an explanation always', () => {
    const statuses = [
      'CONFIRMED',
      'RESET_REQUIRED',
      'FORCE_CHANGE_PASSWORD',
      'UNCONFIRMED',
      'EXTERNAL_PROVIDER',
      'NEW',
    ]
    for (const status of statuses)
      for (const enabled of [true, false])
        for (const emailVerified of [true, false]) {
          const advice = resetAdvice({ ...ada, status, enabled, emailVerified }, byEmail)
          expect(advice.explanation).toMatch(/\.$/)
          for (const offer of Object.values(advice.methods))
            if (!offer.offered) expect(offer.reason).toMatch(/\w\.$/)
          if (advice.first) expect(advice.methods[advice.first].offered).toBe(true)
        }
  })
})
