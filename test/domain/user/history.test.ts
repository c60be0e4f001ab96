import { describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../src/core/audit.ts'
import { entryText, entryTitle, passwordSetAt } from '../../../src/domain/user/history.ts'

const AT = '2026-11-26T10:00:00.000Z'
const entry = (about: Partial<AuditEntry>): AuditEntry => ({
  seq: 1,
  at: AT,
  event: 'done',
  actor: 'U0ADA',
  ...about,
})
const calls = (...list: readonly { call: string; error?: string }[]) => ({
  details: { calls: list },
})

describe('when the password was set', () => {
  it.each([
    ['a temporary one', entry(calls({ call: 'AdminSetUserPassword' })), Date.parse(AT)],
    ['with the user', entry(calls({ call: 'AdminCreateUser' })), Date.parse(AT)],
    ['a call that failed', entry(calls({ call: 'AdminCreateUser', error: 'X' })), undefined],
    ['another call', entry(calls({ call: 'AdminEnableUser' })), undefined],
    [
      'only an intent',
      entry({ event: 'intent', ...calls({ call: 'AdminCreateUser' }) }),
      undefined,
    ],
    ['an entry without calls', entry({}), undefined],
  ])('%s', (_what, one, expected) => {
    expect(passwordSetAt([entry({ event: 'asked' }), one])).toBe(expected)
  })

  it('is when it was set last', () => {
    const newer = entry({ at: '2026-11-26T12:00:00.000Z', ...calls({ call: 'AdminCreateUser' }) })
    expect(passwordSetAt([newer, entry(calls({ call: 'AdminCreateUser' }))])).toBe(
      Date.parse(newer.at),
    )
  })
})

describe('an entry in words', () => {
  it('says what and when', () => {
    const one = entry({ operation: 'disable-user', outcome: 'ada@example.com is disabled.' })
    expect(entryTitle(one)).toBe('disable-user: done')
    expect(entryText(one, true)).toBe('2026-11-26 10:00 UTC. ada@example.com is disabled.')
    expect(entryText(one, false)).toBe('2026-11-26 10:00 UTC')
    expect(entryText(entry({ outcome: 'Try `help`.' }), true)).toContain('Try help.')
    expect(entryTitle(entry({ event: 'started' }))).toBe('Lifeguard started')
  })
})
