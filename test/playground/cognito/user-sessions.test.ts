import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { linkedSessions, surplusSessions } from '../../../playground/cognito/user-sessions.ts'
import type { UserSession } from '../../../playground/cognito/user-sessions.ts'

const [browser, tab, phone] = ['sso1', 'tkn1', 'tkn2'] as const

test('the surplus is never an SSO session, never an ended one, and just enough', () => {
  const session = fc.record({
    id: fc.constantFrom(browser, tab),
    lastActiveAt: fc.nat(100),
    endedAt: fc.option(fc.nat(100), { nil: undefined }),
  })
  fc.assert(
    fc.property(fc.array(session), fc.integer({ min: 1, max: 100 }), (some, max) => {
      const sessions: UserSession[] = some.map((one, seq) => ({
        ...one,
        seq,
        clientId: 'c',
        createdAt: 0,
        expiresAt: Infinity,
        parentId: undefined,
        lastOrigin: { ip: '', device: '', city: undefined, country: '' },
      }))
      const tokens = sessions.filter((one) => one.id === tab && one.endedAt === undefined)
      const gone = surplusSessions(sessions, max, 101)
      const kept = tokens.filter((one) => !gone.includes(one))
      expect(gone.every((one) => tokens.includes(one))).toBe(true)
      expect(kept).toHaveLength(Math.min(tokens.length, max - 1))
      for (const one of gone)
        for (const other of kept) expect(one.lastActiveAt).toBeLessThanOrEqual(other.lastActiveAt)
    }),
  )
})

test('links are mutual', () => {
  const sessions = [browser, tab, phone].map((one) => ({
    id: one,
    parentId: one === tab ? browser : undefined,
  })) as UserSession[]
  const names = sessions.map((one) => linkedSessions(sessions, one).map((other) => other.id))
  expect(names).toEqual([[tab], [browser], []])
})
