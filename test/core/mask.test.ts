import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskedUser, maskedUsername } from '../../src/core/mask.ts'
import { user } from '../fakes/directory.ts'

describe('a masked user', () => {
  it('shows no more than the beginnings', () => {
    const whole = user('ada.l@example.com', {
      email: 'ada.l@example.com',
      phone: '+353871234567',
      name: 'Ada Lovelace',
      attributes: {
        sub: '1-2-3',
        email: 'ada.l@example.com',
        email_verified: 'true',
        phone_number: '+353871234567',
        birthdate: '1815-12-10',
        'custom:contact': 'ada@home.example',
      },
    })
    expect(maskedUser(whole)).toMatchObject({
      username: 'a•••@e•••.com',
      email: 'a•••@e•••.com',
      phone: '+•••67',
      name: 'A••• L•••',
      attributes: {
        sub: '1-2-3',
        email: 'a•••@e•••.com',
        email_verified: 'true',
        phone_number: '+•••67',
        birthdate: '1•••',
        'custom:contact': 'a•••@h•••.example',
      },
    })
  })

  it('keeps what decides about help', () => {
    const whole = user('ada', { mfa: ['SMS_MFA'], emailVerified: false })
    const { status, enabled, emailVerified, mfa, sub, username } = maskedUser(whole)
    expect({ status, enabled, emailVerified, mfa, sub, username }).toEqual({
      status: 'CONFIRMED',
      enabled: true,
      emailVerified: false,
      mfa: ['SMS_MFA'],
      sub: whole.sub,
      username: 'ada',
    })
  })

  it('never shows an address, whatever it looks like', () => {
    fc.assert(
      fc.property(fc.emailAddress({ size: 'medium' }), (email) => {
        const shown = JSON.stringify(maskedUser(user(email, { email, attributes: { email } })))
        const [name = ''] = email.split('@')
        fc.pre(name.length > 8)
        return !shown.replace(`sub-of-${email}`, '').includes(name)
      }),
    )
  })

  it('masks usernames that are contacts', () => {
    expect(maskedUsername('ada')).toBe('ada')
    expect(maskedUsername('+353871234567')).toBe('+•••67')
    expect(maskedUsername('@')).toBe('•••')
  })
})
