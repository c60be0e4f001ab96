import { beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../src/core/audit.ts'
import type { JsonObject } from '../../../src/core/canonical.ts'
import type { FoundUser } from '../../../src/core/directory.ts'
import { createUser } from '../../../src/operations/users/create-user.ts'
import { user } from '../../fakes/directory.ts'
import { NO_STEPS } from '../../fakes/look.ts'
import { NOON, POOL, said, SCHEMA, SETTINGS, told, Ward } from './ward.ts'

const ADA = {
  user: undefined,
  username: 'ada',
  email: 'ada@example.com',
  email_verified: true,
  method: 'email',
}
const sent = { email: 'ada@example.com', email_verified: 'true' }

let ward: Ward
beforeEach(() => {
  ward = new Ward()
})

const signIn = (...names: string[]): JsonObject => ({ ...SETTINGS, UsernameAttributes: names })
const aliases = (...names: string[]): JsonObject => ({ ...SETTINGS, AliasAttributes: names })

const requiring = (...names: string[]): JsonObject => ({
  ...SETTINGS,
  SchemaAttributes: SCHEMA.map((one) =>
    names.some((name) => one['Name'] === name) ? { ...one, Required: true } : one,
  ),
})

const holder = (about: object): FoundUser => ({
  ...user('other', about),
  createdAt: undefined,
})

describe('the form', () => {
  const fields = (settings: JsonObject) => {
    ward.settings = settings
    const known = { pool: POOL, user: undefined, snapshots: { pool: ward.snapshot() } }
    return createUser.shows(createUser.prefill({}, known, 'pool'))
  }

  it('asks for what the pool wants', () => {
    const usual = ['email', 'email_verified', 'phone_number', 'phone_number_verified', 'name']
    const last = ['attributes', 'method', 'reason']
    expect(fields(SETTINGS)).toEqual(['pool', 'username', ...usual, ...last])
    expect(fields(signIn('email'))).toEqual(['pool', ...usual, ...last])
    expect(fields(requiring('given_name'))).toContain('given_name')
    expect(createUser.shows({})).toContain('username')
  })

  it('starts with the address marked as verified, and leaves it as somebody wants it', () => {
    const known = { pool: undefined, user: undefined, snapshots: {} }
    expect(createUser.prefill({}, known)).toEqual({ email_verified: true })
    const changed = createUser.prefill({ email_verified: false }, known, 'pool')
    expect(changed['email_verified']).toBe(false)
  })

  it('says what the pool wants', () => {
    ward.settings = { ...signIn('email'), ...requiring('given_name') }
    const known = { pool: POOL, user: undefined, snapshots: { pool: ward.snapshot() } }
    expect(createUser.advise(known, {}).notes.join(' ')).toMatch(/with email;.*given_name/)
  })

  it('proposes the invitation by e-mail, never the text message', () => {
    const { method } = createUser.input.shape
    expect(method).toBeDefined()
    expect(
      createUser.input.safeParse({ ...ADA, pool: POOL.id, reason: 'x y', method: undefined })
        .success,
    ).toBe(false)
  })
})

describe('the plan', () => {
  it('says what is sent and what happens', async () => {
    const prepared = await ward.prepare(createUser, { ...ADA, attributes: 'plan=gold' })
    expect(said(prepared)).toContain('New user: ada@example.com')
    expect(said(prepared)).toContain('Now: Nobody has this name.')
    expect(said(prepared)).toContain(
      'mails a temporary password to ada@example.com. It works for 7 days.',
    )
    expect(said(prepared)).toContain('custom:plan: gold\nemail_verified: true')
    expect(prepared.plan).toMatchObject({ secret: false, target: { emails: ['ada@example.com'] } })
    expect(ward.writes).toEqual([])
  })

  it.each([
    [{ username: undefined }, 'username', 'Give the user a username'],
    [{ username: 'two words' }, 'username', 'no spaces'],
    [{ email: 'ada' }, 'email', 'is an e-mail address'],
    [{ email: undefined }, 'email', 'invitation goes by e-mail'],
    [{ method: 'sms' }, 'phone_number', 'invitation goes by SMS'],
    [{ phone_number: '0871234567' }, 'phone_number', 'country code'],
    [{ attributes: 'plan' }, 'attributes', 'name=value'],
    [{ attributes: 'custom:plan=far-too-long' }, 'attributes', 'custom:plan has at most 8'],
    [{ attributes: 'seats=0' }, 'attributes', 'custom:seats is 1 at least'],
    [{ attributes: 'colour=red' }, 'attributes', 'no attribute colour'],
    [{ attributes: 'sub=1' }, 'attributes', 'no attribute sub'],
    [{ attributes: 'email=b@example.com' }, 'attributes', 'field of its own'],
    [{ attributes: 'email_verified=true' }, 'attributes', 'field of its own'],
    [{ birthdate: '2 May' }, 'birthdate', 'birthdate has at least 10'],
    [{ nickname: 'A' }, 'nickname', 'no attribute nickname'],
  ])('refuses %j', async (values, field, words) => {
    const refusal = ward.prepare(createUser, { ...ADA, ...values })
    await expect(refusal).rejects.toMatchObject({ field })
    await expect(refusal).rejects.toThrow(words)
  })

  it('asks for required attributes under their fields', async () => {
    ward.settings = requiring('given_name', 'custom:role')
    const refusal = ward.prepare(createUser, ADA)
    await expect(refusal).rejects.toMatchObject({ field: 'given_name' })
    const further = ward.prepare(createUser, { ...ADA, given_name: 'Ada' })
    await expect(further).rejects.toMatchObject({ field: 'attributes' })
    const whole = { ...ADA, given_name: 'Ada', attributes: 'role=staff' }
    await expect(ward.prepare(createUser, whole)).resolves.toBeDefined()
  })

  it('lets Cognito make the username up where people sign in with a contact', async () => {
    ward.settings = signIn('email')
    const prepared = await ward.prepare(createUser, { ...ADA, username: undefined })
    expect(prepared.plan.target.name).toBe('ada@example.com')
    expect(said(prepared)).toContain('Username: Made up by Cognito')
    ward.settings = signIn('phone_number')
    await expect(ward.prepare(createUser, ADA)).rejects.toMatchObject({ field: 'phone_number' })
  })

  it('refuses a username that looks like the alias of somebody', async () => {
    ward.settings = aliases('email', 'phone_number')
    for (const username of ['ada@example.com', '+353871234567'])
      await expect(ward.prepare(createUser, { ...ADA, username })).rejects.toMatchObject({
        field: 'username',
      })
  })

  it('explains a contact that another user signs in with, and warns where it is no alias', async () => {
    ward.found = [holder({ email: 'Ada@example.com' })]
    expect(said(await ward.prepare(createUser, ADA))).toContain('Another user has this email too')
    ward.settings = aliases('email')
    const refusal = ward.prepare(createUser, ADA)
    await expect(refusal).rejects.toMatchObject({ field: 'email' })
    await expect(refusal).rejects.toThrow('Ada@example.com (other)')
    ward.whole = false
    await expect(ward.prepare(createUser, ADA)).rejects.toThrow('A•••@e•••.com (other)')
  })

  it('refuses a name that is taken', async () => {
    ward.add('ada')
    await expect(ward.prepare(createUser, ADA)).rejects.toMatchObject({ field: 'username' })
  })

  it.each([
    [{ email_verified: false }, SETTINGS, 'no reset code can be sent there'],
    [{ method: 'temporary' }, SETTINGS, 'Cognito sends no message'],
    [{ method: 'sms', phone_number: '+353871234567' }, SETTINGS, 'cost money'],
    [
      {},
      {
        ...SETTINGS,
        AdminCreateUserConfig: { InviteMessageTemplate: { EmailMessage: 'Welcome!' } },
      },
      'delivers no invitation',
    ],
    [
      {},
      {
        ...SETTINGS,
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
      },
      'without a password',
    ],
  ])('warns: %j', async (values, settings, words) => {
    ward.settings = settings
    const { plan } = await ward.prepare(createUser, { ...ADA, ...values })
    expect(plan.warnings.join('\n')).toContain(words)
  })
})

describe('carrying it out', () => {
  it.each([
    ['email', {}, 'EMAIL', false],
    ['sms', { phone_number: '+353871234567' }, 'SMS', false],
    ['temporary', {}, 'none', true],
  ])('by %s', async (method, more, invitation, secret) => {
    const outcome = await ward.carryOut(createUser, { ...ADA, ...more, method })
    expect(ward.writes).toMatchObject([
      { call: 'AdminCreateUser', username: 'ada', sent: { invitation, secret, attributes: sent } },
    ])
    expect(outcome.secret?.reveal().length).toBe(secret ? 22 : undefined)
    expect(told(outcome)).toContain('Username: ada')
  })

  const begun = (about: Partial<AuditEntry> = {}): AuditEntry => ({
    seq: 1,
    at: new Date(NOON).toISOString(),
    event: 'intent',
    actor: 'U0ADA',
    pool: POOL.id,
    target: 'ada',
    request: ward.request,
    ...about,
  })
  const made = {
    status: 'FORCE_CHANGE_PASSWORD',
    email: 'ada@example.com',
    createdAt: new Date(NOON + 1000),
  }
  const temporary = { ...ADA, method: 'temporary' }

  it('revealed again sets another password for the user it made', async () => {
    const first = await ward.prepare(createUser, temporary)
    ward.add('ada', made)
    ward.history.push(begun())
    const second = await ward.prepare(createUser, temporary)
    expect(second.lasting).toBe(first.lasting)
    const { secret } = await second.apply(ward.act(), NO_STEPS)
    expect(ward.calls).toEqual(['AdminSetUserPassword'])
    expect(secret).toBeDefined()
  })

  it.each([
    ['by another request', {}, { request: 'another-request' }],
    ['before', { createdAt: new Date(NOON - 3_600_000) }, {}],
    ['with other attributes', { email: 'eve@example.com' }, {}],
    ['and has signed in since', { status: 'CONFIRMED' }, {}],
    ['while nothing was begun yet', {}, { event: 'asked' }],
  ] as const)('touches nobody who was made %s', async (_how, about, entry) => {
    ward.add('ada', { ...made, ...about })
    ward.history.push(begun(entry))
    await expect(ward.prepare(createUser, temporary)).rejects.toThrow('of this name')
  })

  it('after a lost answer looks for a user made since, just as asked for', async () => {
    const values = { ...ADA, sent }
    expect(await ward.resolve(createUser, values, 'ada')).toBe('not-applied')
    ward.add('ada', made)
    expect(await ward.resolve(createUser, values, 'ada')).toBe('applied')
    ward.change('ada', { createdAt: new Date(NOON - 3_600_000) })
    expect(await ward.resolve(createUser, values, 'ada')).toBe('not-applied')
    ward.change('ada', { createdAt: new Date(NOON), email: 'eve@example.com' })
    expect(await ward.resolve(createUser, values, 'ada')).toBe('not-applied')
  })
})
