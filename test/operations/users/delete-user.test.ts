import { beforeEach, describe, expect, it } from 'vitest'
import { deleteUser } from '../../../src/operations/users/delete-user.ts'
import { NOON, POOL, said, Ward } from './ward.ts'

const confirmed = { confirm: 'grace' }

let ward: Ward
beforeEach(() => {
  ward = new Ward()
})

describe('the plan', () => {
  it('holds everything that is lost', async () => {
    const createdAt = new Date(NOON)
    ward.add('grace', { createdAt, attributes: { 'custom:plan': 'gold' } }, { name: 'staff' })
    const prepared = await ward.prepare(deleteUser, confirmed)
    expect(said(prepared)).toMatch(
      /Created: 2026-11-26 12:00 UTC\nGroups: staff\ncustom:plan: gold\nemail: grace@example.com/,
    )
    expect(said(prepared)).toContain('cannot be taken back')
    expect(prepared.plan.least).toBe(2)
  })

  it('masks it for whoever does not see personal data', async () => {
    ward.whole = false
    ward.add('grace', { name: 'Grace Hopper' })
    const words = said(await ward.prepare(deleteUser, confirmed))
    expect(words).toContain('email: g•••@e•••.com')
    expect(words).not.toContain('Hopper')
  })

  it('offers disabling first, and no longer once that is done', async () => {
    const user = ward.add('grace')
    expect(said(await ward.prepare(deleteUser, confirmed))).toContain('disable-user')
    const known = { pool: POOL, snapshots: {} }
    expect(deleteUser.advise({ ...known, user }, {}).notes.join()).toContain('disable-user')
    ward.change('grace', { enabled: false })
    expect(said(await ward.prepare(deleteUser, confirmed))).not.toContain('disable-user')
  })

  it.each(['grace', 'GRACE', 'grace@example.com', 'Grace@Example.com'])(
    'takes %s for a confirmation',
    async (confirm) => {
      ward.add('grace')
      await expect(ward.prepare(deleteUser, { confirm })).resolves.toBeDefined()
    },
  )

  it.each(['gracf', 'delete', 'yes'])('does not take %s for one', async (confirm) => {
    ward.add('grace')
    const refusal = ward.prepare(deleteUser, { confirm })
    await expect(refusal).rejects.toMatchObject({ field: 'confirm' })
  })

  it('is another plan once something more would be lost', async () => {
    ward.add('grace')
    const before = await ward.prepare(deleteUser, confirmed)
    ward.groupsOf.set('grace', [{ name: 'staff' }])
    expect((await ward.prepare(deleteUser, confirmed)).digest).not.toBe(before.digest)
  })
})

describe('carrying it out', () => {
  it('deletes', async () => {
    ward.add('grace')
    expect((await ward.carryOut(deleteUser, confirmed)).sentence).toContain('is deleted')
    expect(ward.calls).toEqual(['AdminDeleteUser'])
  })

  it('after a lost answer is done once nobody has the name', async () => {
    expect(await ward.resolve(deleteUser, confirmed)).toBe('applied')
    ward.add('grace', { createdAt: new Date(NOON - 86_400_000) })
    expect(await ward.resolve(deleteUser, confirmed)).toBe('not-applied')
    ward.change('grace', { createdAt: new Date(NOON + 5_000) })
    expect(await ward.resolve(deleteUser, confirmed)).toBe('unknown')
  })
})
