import { beforeEach, describe, expect, it } from 'vitest'
import { addToGroup } from '../../../src/operations/users/add-to-group.ts'
import { removeFromGroup } from '../../../src/operations/users/remove-from-group.ts'
import { INVENTORY } from '../../fakes/look.ts'
import { ASKED, POOL, said, Ward } from './ward.ts'

const readers = { name: 'readers', description: 'May read', precedence: 20 }
const staff = { name: 'staff', roleArn: 'arn:aws:iam::111111111111:role/staff', precedence: 10 }
const admins = { name: 'admins' }

let ward: Ward
beforeEach(() => {
  ward = new Ward()
  ward.groups = [readers, staff, admins]
  ward.inventory = { ...INVENTORY, protectedGroups: ['admins'] }
})

describe('add-to-group', () => {
  it.each([
    [readers, 0],
    [staff, 1],
    [admins, 2],
  ])('%j takes at least %s approvals', async ({ name }, least) => {
    ward.add('grace')
    expect((await ward.prepare(addToGroup, { group: name })).plan.least).toBe(least)
  })

  it('shows the role, the precedence and the groups there are', async () => {
    ward.add('grace', {}, readers)
    const words = said(await ward.prepare(addToGroup, { group: 'staff' }))
    expect(words).toContain('Role in AWS: arn:aws:iam::111111111111:role/staff')
    expect(words).toContain('Precedence: 10. The lowest number')
    expect(words).toContain('Groups now: readers')
    expect(words).toContain('gets the rights of a role in AWS: staff')
  })

  it('has another plan once the group has a role', async () => {
    ward.add('grace')
    const before = await ward.prepare(addToGroup, { group: 'readers' })
    ward.groups = [{ ...readers, roleArn: staff.roleArn }]
    expect((await ward.prepare(addToGroup, { group: 'readers' })).digest).not.toBe(before.digest)
  })

  it('adds', async () => {
    ward.add('grace')
    await ward.carryOut(addToGroup, { group: 'readers' })
    expect(ward.writes).toEqual([
      { call: 'AdminAddUserToGroup', username: 'grace', sent: 'readers' },
    ])
  })

  it('refuses a group that is not there, or that the user is in', async () => {
    ward.add('grace', {}, readers)
    for (const group of ['nowhere', 'readers'])
      await expect(ward.prepare(addToGroup, { group })).rejects.toMatchObject({ field: 'group' })
  })

  it('offers the groups of the pool', async () => {
    const options = await addToGroup.options('group')?.({ pool: POOL.id }, ward.look(), '')
    expect(options).toEqual([
      { value: 'readers', label: 'readers', description: 'May read' },
      { value: 'staff', label: 'staff (has a role in AWS)' },
      { value: 'admins', label: 'admins' },
    ])
    await expect(addToGroup.options('group')?.({}, ward.look(), '')).rejects.toThrow('pool first')
  })

  it('after a lost answer tells by the groups', async () => {
    ward.add('grace', {}, readers)
    expect(await ward.resolve(addToGroup, { group: 'readers' })).toBe('applied')
    expect(await ward.resolve(addToGroup, { group: 'staff' })).toBe('not-applied')
  })
})

describe('remove-from-group', () => {
  it.each([
    [readers, 0],
    [staff, 1],
    [admins, 2],
  ])('%j takes at least %s approvals', async (group, least) => {
    ward.add('grace', {}, group)
    const { plan } = await ward.prepare(removeFromGroup, { group: group.name })
    expect(plan.least).toBe(least)
  })

  it('removes, and refuses a group that the user is not in', async () => {
    ward.add('grace', {}, staff)
    expect(said(await ward.prepare(removeFromGroup, { group: 'staff' }))).toContain(
      'loses the rights',
    )
    await ward.carryOut(removeFromGroup, { group: 'staff' })
    expect(ward.writes).toEqual([
      { call: 'AdminRemoveUserFromGroup', username: 'grace', sent: 'staff' },
    ])
    const refusal = ward.prepare(removeFromGroup, { group: 'readers' })
    await expect(refusal).rejects.toMatchObject({ field: 'group' })
  })

  it('offers the groups of the user', async () => {
    ward.add('grace', {}, staff)
    const options = await removeFromGroup.options('group')?.(ASKED, ward.look(), '')
    expect(options?.map(({ value }) => value)).toEqual(['staff'])
    ward.groupsOf.set('grace', [])
    const none = removeFromGroup.options('group')?.(ASKED, ward.look(), '')
    await expect(none).rejects.toThrow('in no group')
  })

  it('after a lost answer tells by the groups', async () => {
    ward.add('grace', {}, readers)
    expect(await ward.resolve(removeFromGroup, { group: 'readers' })).toBe('not-applied')
    expect(await ward.resolve(removeFromGroup, { group: 'staff' })).toBe('applied')
  })
})
