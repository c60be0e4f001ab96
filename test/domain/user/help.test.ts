import { describe, expect, it } from 'vitest'
import type { User } from '../../../src/core/directory.ts'
import { helpFor, USER_ACTIONS } from '../../../src/domain/user/help.ts'
import type { UserAction } from '../../../src/domain/user/help.ts'
import { STAGING, user } from '../../fakes/directory.ts'

const NOW = Date.UTC(2026, 10, 26)
const DAY_MS = 86_400_000

const help = (about: Partial<User>, pool: Partial<typeof STAGING> = {}) =>
  helpFor(user('ada', about), { ...STAGING, ...pool }, NOW)

const ALWAYS = [
  'list-sessions',
  'revoke-session',
  'sign-out-user',
  'update-user',
  'add-to-group',
  'remove-from-group',
  'delete-user',
] as const
const PASSWORDS = ['temporary', 'permanent'] as const

type Row = readonly [
  string,
  Partial<User>,
  Partial<typeof STAGING>,
  readonly UserAction[],
  readonly UserAction[],
]

/** The rows of the table: what comes first, and what is offered besides what always is. */
const rows: readonly Row[] = [
  ['disabled', { enabled: false }, {}, ['enable-user'], []],
  [
    'disabled and invited',
    { enabled: false, status: 'FORCE_CHANGE_PASSWORD' },
    {},
    ['enable-user'],
    [],
  ],
  ['disabled and unconfirmed', { enabled: false, status: 'UNCONFIRMED' }, {}, ['enable-user'], []],
  [
    'disabled and federated',
    { enabled: false, status: 'EXTERNAL_PROVIDER' },
    {},
    ['enable-user'],
    [],
  ],
  [
    'unconfirmed',
    { status: 'UNCONFIRMED' },
    {},
    ['confirm-user', 'temporary'],
    [...PASSWORDS, 'disable-user'],
  ],
  [
    'invited',
    { status: 'FORCE_CHANGE_PASSWORD' },
    {},
    ['resend-invitation', 'temporary'],
    [...PASSWORDS, 'disable-user'],
  ],
  [
    'invited, without an address',
    { status: 'FORCE_CHANGE_PASSWORD', email: undefined },
    {},
    ['temporary'],
    [...PASSWORDS, 'disable-user'],
  ],
  [
    'active, a code arrives',
    {},
    {},
    ['email-code', 'temporary', 'sign-out-user'],
    [...PASSWORDS, 'disable-user'],
  ],
  [
    'active, unverified',
    { emailVerified: false },
    {},
    ['temporary', 'update-user', 'sign-out-user'],
    [...PASSWORDS, 'disable-user'],
  ],
  [
    'active, e-mail is the second factor',
    { mfa: ['EMAIL_OTP'] },
    {},
    ['temporary', 'sign-out-user'],
    [...PASSWORDS, 'disable-user', 'reset-mfa'],
  ],
  [
    'active, in a pool for administrators',
    {},
    { recovery: ['admin_only'] },
    ['temporary', 'sign-out-user'],
    [...PASSWORDS, 'disable-user'],
  ],
  [
    'active, with an authenticator',
    { mfa: ['SOFTWARE_TOKEN_MFA'] },
    {},
    ['email-code', 'temporary', 'reset-mfa', 'sign-out-user'],
    [...PASSWORDS, 'disable-user'],
  ],
  [
    'asked to reset, a code arrives',
    { status: 'RESET_REQUIRED' },
    {},
    ['email-code', 'temporary', 'sign-out-user'],
    [...PASSWORDS, 'disable-user'],
  ],
  [
    'asked to reset, unverified',
    { status: 'RESET_REQUIRED', emailVerified: false },
    {},
    ['temporary', 'update-user', 'sign-out-user'],
    [...PASSWORDS, 'disable-user'],
  ],
  ['federated', { status: 'EXTERNAL_PROVIDER' }, {}, ['sign-out-user', 'disable-user'], []],
]

describe('the table', () => {
  it.each(rows)('%s', (_state, about, pool, first, also) => {
    const { actions, first: shown } = help(about, pool)
    expect(shown).toEqual(first)
    const offered = USER_ACTIONS.filter((action) => actions[action].offered)
    expect(new Set(offered)).toEqual(new Set([...ALWAYS, ...first, ...also]))
  })

  it.each(['ARCHIVED', 'COMPROMISED', 'UNKNOWN', 'BRAND_NEW'])(
    '%s: look, and ask a person',
    (status) => {
      for (const enabled of [true, false]) {
        const { actions, first } = help({ status, enabled })
        expect(first).toEqual([])
        expect(USER_ACTIONS.filter((action) => actions[action].offered)).toEqual(['list-sessions'])
      }
    },
  )

  it('gives a reason in a sentence with every no, and with every yes', () => {
    for (const [, about, pool] of rows)
      for (const offer of Object.values(help(about, pool).actions))
        expect(offer.offered ? offer.why : offer.reason).toMatch(/^[A-Za-z].*\.$/)
  })
})

describe('the state of an invited user', () => {
  const invited = { status: 'FORCE_CHANGE_PASSWORD', createdAt: new Date(NOW - 9 * DAY_MS) }
  const state = (about: Partial<User>, setAt?: number) =>
    helpFor(user('ada', { ...invited, ...about }), STAGING, NOW, setAt).state

  it.each([
    ['nothing', {}, undefined, /Invited 9 days ago\.$/],
    [
      'an old change',
      { modifiedAt: new Date(NOW - 8 * DAY_MS) },
      undefined,
      /has probably expired\.$/,
    ],
    [
      'a recent change',
      { modifiedAt: new Date(NOW - 2 * DAY_MS) },
      undefined,
      /probably expires in about 5 days\.$/,
    ],
    ['our own record', { modifiedAt: new Date(NOW) }, NOW - 8 * DAY_MS, /password has expired\.$/],
    ['our own fresh record', {}, NOW - DAY_MS, /password expires in about 6 days\.$/],
  ])('by %s', (_what, about, setAt, words) => {
    expect(state(about, setAt)).toMatch(words)
  })

  it('reads alike on any day where a plan shows it', () => {
    const later = helpFor(user('ada', invited), STAGING, NOW + 30 * DAY_MS).standing
    expect(later).toBe(helpFor(user('ada', invited), STAGING, NOW).standing)
    expect(later).toContain('Invited on 2026-11-17.')
  })
})
