import { beforeEach, describe, expect, it } from 'vitest'
import type { UserSession } from '../../../src/core/directory.ts'
import { listSessions } from '../../../src/operations/users/list-sessions.ts'
import { revokeSession } from '../../../src/operations/users/revoke-session.ts'
import { ASKED, NOON, POOL, said, Ward } from './ward.ts'

const phone: UserSession = {
  id: 'tkn0123456789abcdefghijklmno',
  createdAt: new Date(NOON - 3_600_000),
  lastSeenAt: new Date(NOON - 600_000),
  where: 'Phone · Dublin, IE · 192.0.2.7',
}
const page: UserSession = { ...phone, id: 'sso0123456789abcdefghijklmno', lastSeenAt: undefined }

let ward: Ward
beforeEach(() => {
  ward = new Ward()
  ward.add('grace')
  ward.sessions = { tracked: true, rows: [phone, page], complete: true }
})

const list = () => listSessions.answer({ pool: POOL.id, user: 'grace' }, ward.look())
const linked = { session: phone.id, linked: true }

describe('list-sessions', () => {
  it('has a row for each, which leads to ending it', async () => {
    const { rows = [], about } = await list()
    expect(rows.map(({ title }) => title)).toEqual([
      'App, since 2026-11-26 11:00 UTC',
      'Sign-in page, since 2026-11-26 11:00 UTC',
    ])
    expect(rows[0]?.text).toBe('Last used 10 minutes ago · Phone · Dublin, IE · 192.0.2.7')
    expect(rows[0]?.link).toEqual({
      label: 'End it',
      operation: 'revoke-session',
      values: { pool: POOL.id, user: 'sub-of-grace', session: phone.id },
    })
    expect(about).toEqual({ pool: POOL.id, target: 'grace' })
  })

  it('says nothing of places to whoever does not see personal data', async () => {
    ward.whole = false
    const answer = await list()
    expect(JSON.stringify(answer)).not.toMatch(/Dublin|192\.0\.2|grace@/)
  })

  it('leads nowhere for whoever may not end any', async () => {
    ward.may = (operation) => operation !== 'revoke-session'
    expect((await list()).rows?.every(({ link }) => link === undefined)).toBe(true)
  })

  it('says why there are none', async () => {
    ward.sessions = { tracked: false, why: 'Tracking is off.' }
    expect((await list()).facts).toEqual([{ term: 'Sign-ins', text: 'Tracking is off.' }])
    ward.sessions = { tracked: true, rows: [], complete: true }
    expect((await list()).facts[0]?.text).toContain('Nobody is signed in')
  })

  it('counts what finds no room', async () => {
    const rows = Array.from({ length: 43 }, (_, nth) => ({ ...phone, id: `tkn${nth}` }))
    ward.sessions = { tracked: true, rows, complete: false }
    const answer = await list()
    expect(answer.rows).toHaveLength(40)
    expect(answer.note).toContain('3 more')
    expect(answer.note).toContain('not all were read')
    expect(answer.facts[0]?.text).toBe('43 or more sign-ins')
  })
})

describe('revoke-session', () => {
  it('offers the sign-ins of the user', async () => {
    const options = await revokeSession.options('session')?.(ASKED, ward.look(), '')
    expect(options?.map(({ value }) => value)).toEqual([phone.id, page.id])
    const early = revokeSession.options('session')?.({ pool: POOL.id }, ward.look(), '')
    await expect(early).rejects.toThrow('Choose a pool and a user first.')
  })

  it('ends one, linked or not', async () => {
    await ward.carryOut(revokeSession, linked)
    await ward.carryOut(revokeSession, { session: page.id })
    expect(ward.writes.map(({ sent }) => sent)).toEqual([
      { session: phone.id, linked: true },
      { session: page.id, linked: false },
    ])
  })

  it.each([
    [phone.id, false, 'Other sign-ins of the user stay.'],
    [phone.id, true, 'the sign-in page it came from'],
    [page.id, true, 'the apps that were signed in through it'],
  ])('says what ends with %s, linked %s', async (session, also, words) => {
    const text = said(await ward.prepare(revokeSession, { session, linked: also }))
    expect(text).toContain(words)
    expect(text).not.toContain('Dublin')
  })

  it('does not change its plan because the user goes on working', async () => {
    const before = await ward.prepare(revokeSession, linked)
    const later = { ...phone, lastSeenAt: new Date(NOON) }
    ward.sessions = { tracked: true, rows: [later], complete: true }
    expect((await ward.prepare(revokeSession, linked)).digest).toBe(before.digest)
  })

  it('refuses one that has ended, and a pool without any', async () => {
    const gone = ward.prepare(revokeSession, { session: 'tkngone' })
    await expect(gone).rejects.toMatchObject({ field: 'session' })
    ward.sessions = { tracked: false, why: 'Tracking is off.' }
    await expect(ward.prepare(revokeSession, linked)).rejects.toThrow('Tracking is off.')
  })

  it('does not say that one has ended which may not have been read', async () => {
    ward.sessions = { tracked: true, rows: [page], complete: false }
    const refused = ward.prepare(revokeSession, linked)
    await expect(refused).rejects.toMatchObject({ field: 'session' })
    await expect(refused).rejects.toThrow('not among those that were read')
  })

  it('after a lost answer is done once the list does not hold it any more', async () => {
    expect(await ward.resolve(revokeSession, linked)).toBe('unknown')
    ward.sessions = { tracked: true, rows: [page], complete: false }
    expect(await ward.resolve(revokeSession, linked)).toBe('unknown')
    ward.sessions = { tracked: true, rows: [page], complete: true }
    expect(await ward.resolve(revokeSession, linked)).toBe('applied')
  })
})
