import { beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../src/core/audit.ts'
import type { Answer } from '../../../src/core/operation.ts'
import { showUser } from '../../../src/operations/users/show-user.ts'
import { INVENTORY } from '../../fakes/look.ts'
import { fault, NOON, POOL, Ward } from './ward.ts'

const DAY_MS = 86_400_000

let ward: Ward
beforeEach(() => {
  ward = new Ward()
})

const show = () => showUser.answer({ pool: POOL.id, user: 'grace' }, ward.look())
const fact = ({ facts }: Answer, term: string) => facts.find((one) => one.term === term)?.text
const linked = ({ links = [] }: Answer) => links.map(({ label }) => label)

const entry = (about: Partial<AuditEntry>): AuditEntry => ({
  seq: 7,
  at: new Date(NOON - 2 * DAY_MS).toISOString(),
  event: 'done',
  operation: 'resend-invitation',
  actor: 'U0ADA',
  pool: POOL.id,
  target: 'grace',
  outcome: 'Cognito has mailed a new invitation to grace@example.com.',
  ...about,
})

describe('the state in words', () => {
  const invited = {
    status: 'FORCE_CHANGE_PASSWORD',
    createdAt: new Date(NOON - 9 * DAY_MS),
    modifiedAt: new Date(NOON - 9 * DAY_MS),
  }

  it('guesses when a temporary password ends', async () => {
    ward.add('grace', invited)
    expect(fact(await show(), 'State')).toBe(
      'grace@example.com was invited and has not signed in yet. Invited 9 days ago. The temporary password has probably expired.',
    )
  })

  it('knows it where our own record says when it was set', async () => {
    ward.add('grace', invited)
    ward.history.push(entry({ details: { calls: [{ call: 'AdminCreateUser' }] } }))
    expect(fact(await show(), 'State')).toContain('The temporary password expires in about 5 days.')
  })
})

describe('what is shown', () => {
  it('is contacts, factors, groups, sign-ins, attributes and what was done lately', async () => {
    ward.add(
      'grace',
      {
        mfa: ['SOFTWARE_TOKEN_MFA', 'SMS_MFA'],
        preferredMfa: 'SMS_MFA',
        phone: '+12025550100',
        attributes: { 'custom:plan': 'gold' },
      },
      { name: 'staff', roleArn: 'arn:aws:iam::111111111111:role/staff' },
      { name: 'admins' },
    )
    ward.inventory = { ...INVENTORY, protectedGroups: ['admins'] }
    ward.sessions = {
      tracked: true,
      complete: true,
      rows: [{ id: 'tkn1', createdAt: undefined, lastSeenAt: undefined, where: '' }],
    }
    ward.history.push(entry({}), entry({ event: 'intent', outcome: 'Not this one.' }))
    const answer = await show()
    expect(answer.heading).toBe('grace@example.com')
    expect(fact(answer, 'E-mail address')).toBe('grace@example.com (verified)')
    expect(fact(answer, 'Phone number')).toBe('+12025550100 (not verified)')
    expect(fact(answer, 'Second factors')).toBe(
      'authenticator app, codes by SMS; asked for first: codes by SMS',
    )
    expect(fact(answer, 'Groups')).toBe(
      'admins, staff (role staff). Protected: changes need approval.',
    )
    expect(fact(answer, 'Sign-ins')).toBe('1 sign-in')
    expect(answer.parts).toEqual([
      {
        heading: 'Attributes',
        facts: [
          { term: 'custom:plan', text: 'gold' },
          { term: 'sub', text: 'sub-of-grace' },
        ],
      },
      {
        heading: 'Lately, through Lifeguard',
        facts: [
          {
            term: 'resend-invitation: done',
            text: '2026-11-24 12:00 UTC. Cognito has mailed a new invitation to grace@example.com.',
            by: 'U0ADA',
          },
        ],
      },
    ])
    expect(answer.about).toEqual({ pool: POOL.id, target: 'grace' })
  })

  it('names nobody to whoever does not see personal data', async () => {
    ward.whole = false
    ward.add('grace', {
      name: 'Grace Hopper',
      phone: '+12025550100',
      attributes: { address: '1 Navy Way', 'custom:plan': 'gold' },
    })
    ward.history.push(entry({}))
    const answer = await show()
    expect(JSON.stringify(answer)).not.toMatch(/grace@|Hopper|2025550|Navy|gold/)
    expect(fact(answer, 'E-mail address')).toBe('g•••@e•••.com (verified)')
    expect(fact(answer, 'Phone number')).toBe('+•••00 (not verified)')
  })

  it('goes on when a part cannot be read', async () => {
    ward.add('grace')
    ward.factors = fault('refused', 'AdminGetUserAuthFactors')
    const answer = await show()
    expect(fact(answer, 'Signs in with')).toBe('Could not be read. The sentence for refused.')
    expect(fact(answer, 'Groups')).toBe('none')
  })

  it('is no answer for a user who is not there', async () => {
    await expect(show()).rejects.toMatchObject({ field: 'user' })
  })
})

describe('the buttons', () => {
  it.each([
    ['active', {}, ['Send a code', 'Temporary password', 'Sign out']],
    [
      'active, no code arrives',
      { emailVerified: false },
      ['Temporary password', 'Mark the e-mail as verified', 'Sign out'],
    ],
    [
      'active, without an address',
      { email: undefined },
      ['Temporary password', 'Give an e-mail address', 'Sign out'],
    ],
    [
      'active, e-mail is the second factor',
      { mfa: ['EMAIL_OTP'] },
      ['Temporary password', 'Sign out'],
    ],
    [
      'active, with an authenticator',
      { mfa: ['SOFTWARE_TOKEN_MFA'] },
      ['Send a code', 'Temporary password', 'Reset second factors', 'Sign out'],
    ],
    ['disabled', { enabled: false }, ['Enable']],
    ['unconfirmed', { status: 'UNCONFIRMED' }, ['Confirm', 'Temporary password']],
    ['invited', { status: 'FORCE_CHANGE_PASSWORD' }, ['Invite again', 'Temporary password']],
    [
      'asked to reset',
      { status: 'RESET_REQUIRED' },
      ['Send a code', 'Temporary password', 'Sign out'],
    ],
    ['federated', { status: 'EXTERNAL_PROVIDER' }, ['Sign out', 'Disable']],
    ['archived', { status: 'ARCHIVED' }, []],
  ])('for a user who is %s', async (_how, about, labels) => {
    ward.add('grace', about)
    const answer = await show()
    expect(linked(answer)).toEqual(labels)
    if (labels.length === 0) expect(answer.note).toContain('Nothing here can help')
    for (const { values } of answer.links ?? [])
      expect(values).toMatchObject({ pool: POOL.id, user: 'sub-of-grace' })
  })

  it('lead to a reset where an authenticator is registered, in use or not', async () => {
    ward.add('grace')
    ward.factors = { configured: ['PASSWORD', 'SOFTWARE_TOKEN'], mfa: [], preferred: undefined }
    const { links = [] } = await show()
    expect(links.map(({ label }) => label)).toContain('Reset second factors')
  })

  it('lead to the form with the way chosen', async () => {
    ward.add('grace', { emailVerified: false })
    const { links = [] } = await show()
    expect(links[0]).toMatchObject({ operation: 'reset-password', values: { method: 'temporary' } })
    expect(links[1]).toMatchObject({
      operation: 'update-user',
      values: { attribute: 'email_verified', value: 'true' },
    })
  })

  it('lead to the sign-ins where there are some', async () => {
    ward.add('grace')
    const row = { id: 'tkn1', createdAt: undefined, lastSeenAt: undefined, where: '' }
    ward.sessions = { tracked: true, complete: true, rows: [row] }
    expect(linked(await show())).toContain('Sign-ins')
  })
})
