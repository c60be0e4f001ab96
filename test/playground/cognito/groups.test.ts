import {
  AdminAddUserToGroupCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  ListGroupsCommand,
  paginateListGroups,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import { pagedPool } from '../../../playground/cognito/fixtures.ts'
import { customers } from '../../../playground/cognito/seed.ts'
import { lab, refusalOf } from './support.ts'

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
