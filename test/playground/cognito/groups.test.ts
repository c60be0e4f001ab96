import {
  AdminAddUserToGroupCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  GetGroupCommand,
  ListGroupsCommand,
  ListUsersInGroupCommand,
  paginateListGroups,
  paginateListUsersInGroup,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import { crowdedPool, pagedPool } from '../../../playground/cognito/fixtures.ts'
import { customers } from '../../../playground/cognito/seed.ts'
import { goodPassword, lab, poolWith, refusalOf } from './support.ts'

const ada = { UserPoolId: customers.id, Username: 'ada' }

test('a user joins a group and leaves it', async () => {
  const { client } = await lab([customers])
  const groups = async () => {
    const { Groups } = await client.send(new AdminListGroupsForUserCommand(ada))
    return Groups?.map(({ GroupName }) => GroupName)
  }
  expect(await groups()).toEqual(['staff'])
  await client.send(new AdminAddUserToGroupCommand({ ...ada, GroupName: 'admins' }))
  expect(await groups()).toEqual(['admins', 'staff'])
  await client.send(new AdminRemoveUserFromGroupCommand({ ...ada, GroupName: 'staff' }))
  expect(await groups()).toEqual(['admins'])
})

test('a group tells its role and precedence', async () => {
  const { client } = await lab([customers])
  const { Groups } = await client.send(new ListGroupsCommand({ UserPoolId: customers.id }))
  expect(Groups).toMatchObject([
    { GroupName: 'admins', Precedence: 1 },
    { GroupName: 'staff', RoleArn: 'arn:aws:iam::111111111111:role/staff' },
  ])
})

test('a group that does not exist is refused', async () => {
  const { client } = await lab([customers])
  const add = client.send(new AdminAddUserToGroupCommand({ ...ada, GroupName: 'nobody' }))
  expect(await refusalOf(add)).toBe('ResourceNotFoundException: Group not found.')
})

test.for(['accept', 'refuse'] as const)('a repeat: %s', async (repeatedMembership) => {
  const { client } = await lab([customers], { switches: { repeatedMembership } })
  const again = client.send(new AdminAddUserToGroupCommand({ ...ada, GroupName: 'staff' }))
  const never = client.send(new AdminRemoveUserFromGroupCommand({ ...ada, GroupName: 'admins' }))
  const results = await Promise.allSettled([again, never])
  const expected = repeatedMembership === 'accept' ? 'fulfilled' : 'rejected'
  expect(results.map(({ status }) => status)).toEqual([expected, expected])
})

test('groups come in pages', async () => {
  const { client } = await lab([pagedPool], { switches: { emptyPages: true } })
  const sizes: (number | undefined)[] = []
  for await (const page of paginateListGroups({ client }, { UserPoolId: pagedPool.id }))
    sizes.push(page.Groups?.length)
  expect(sizes).toEqual([0, 60, 0, 10])
})

test('one group is asked for by name', async () => {
  const { client } = await lab([customers])
  const { UserPoolId } = ada
  const { Groups } = await client.send(new ListGroupsCommand({ UserPoolId }))
  for (const group of Groups ?? []) {
    const { GroupName } = group
    const { Group } = await client.send(new GetGroupCommand({ UserPoolId, GroupName }))
    expect(Group).toEqual(group)
  }
  const nobody = new GetGroupCommand({ UserPoolId, GroupName: 'nobody' })
  expect(await refusalOf(client.send(nobody))).toBe('ResourceNotFoundException: Group not found.')
})

test('the members of a group come as users, and only they', async () => {
  const { client } = await lab([customers])
  const group = { UserPoolId: customers.id, GroupName: 'staff' }
  const { Users } = await client.send(new ListUsersInGroupCommand(group))
  expect(Users).toMatchObject([{ Username: 'ada', UserStatus: 'CONFIRMED' }, { Username: 'john' }])
  expect(Users?.[0]?.Attributes).toContainEqual({ Name: 'email', Value: 'ada@example.com' })
  const nobody = client.send(new ListUsersInGroupCommand({ ...group, GroupName: 'nobody' }))
  expect(await refusalOf(nobody)).toContain('ResourceNotFoundException')
})

test('members come in pages, each once, though some leave meanwhile', async () => {
  const users = Array.from({ length: 9 }, (_, n) => ({ username: `u${n}`, groups: ['all'] }))
  const pool = { ...poolWith(users), groups: [{ name: 'all' }] }
  const { client } = await lab([pool], { switches: { emptyPages: true } })
  const group = { UserPoolId: pool.id, GroupName: 'all', Limit: 4 }
  const pages: (string | undefined)[][] = []
  for await (const { Users } of paginateListUsersInGroup({ client }, group)) {
    pages.push(Users?.map(({ Username }) => Username) ?? [])
    if (pages.length === 2)
      await client.send(
        new AdminRemoveUserFromGroupCommand({
          UserPoolId: pool.id,
          GroupName: 'all',
          Username: 'u0',
        }),
      )
  }
  expect(pages).toEqual([[], ['u0', 'u1', 'u2', 'u3'], [], ['u4', 'u5', 'u6', 'u7'], [], ['u8']])
})

test('members of a crowd are listed in order, whoever joined first', async () => {
  const pool = { ...crowdedPool(1_000_000), groups: [{ name: 'all' }] }
  const { client } = await lab([pool])
  const UserPoolId = pool.id
  for (const Username of ['member-0999999', 'member-0000007']) {
    await client.send(new AdminAddUserToGroupCommand({ UserPoolId, GroupName: 'all', Username }))
  }
  const other = { UserPoolId, Username: 'member-0000003' }
  await client.send(new AdminSetUserPasswordCommand({ ...other, Password: goodPassword }))
  const list = new ListUsersInGroupCommand({ UserPoolId, GroupName: 'all', Limit: 1 })
  const first = await client.send(list)
  const second = await client.send(
    new ListUsersInGroupCommand({
      ...list.input,
      ...(first.NextToken !== undefined && { NextToken: first.NextToken }),
    }),
  )
  const names = [...(first.Users ?? []), ...(second.Users ?? [])].map(({ Username }) => Username)
  expect(names).toEqual(['member-0000007', 'member-0999999'])
  expect(second.NextToken).toBeUndefined()
})
