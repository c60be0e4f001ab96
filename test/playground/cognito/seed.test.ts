import {
  AdminGetUserAuthFactorsCommand,
  AdminListUserSessionsCommand,
  ListGroupsCommand,
  ListUsersInGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import type { PoolSpec } from '../../../playground/cognito/index.ts'
import { customers, playgroundWorld } from '../../../playground/cognito/seed.ts'
import { lab, refusalOf } from './support.ts'

const radia = { UserPoolId: customers.id, Username: 'radia' }

test.for(playgroundWorld.pools)('$settings.Name has somebody for every story', async (pool) => {
  const { cognito, client } = await lab([pool])
  const UserPoolId = pool.id ?? ''
  const { Groups } = await client.send(new ListGroupsCommand({ UserPoolId }))
  expect(Groups?.map(({ GroupName, RoleArn }) => [GroupName, RoleArn !== undefined])).toEqual([
    ['admins', false],
    ['staff', true],
  ])
  const admins = await client.send(new ListUsersInGroupCommand({ UserPoolId, GroupName: 'admins' }))
  expect(admins.Users).toMatchObject([{ Username: 'john' }])
  const app = await client.send(new AdminGetUserAuthFactorsCommand({ ...radia, UserPoolId }))
  expect(app.UserMFASettingList).toEqual(['SOFTWARE_TOKEN_MFA'])
  const statuses = cognito.pools.users(UserPoolId).map(({ status }) => status)
  expect(statuses).toContain('EXTERNAL_PROVIDER')
})

test('production and staging track sessions, and one user has them on two devices', async () => {
  const { client } = await lab(playgroundWorld.pools)
  const { Sessions = [] } = await client.send(new AdminListUserSessionsCommand(radia))
  const kinds = Sessions.map(({ SessionType, OriginSessionId }) => [SessionType, OriginSessionId])
  expect(kinds).toEqual([
    ['SSO', undefined],
    ['TOKEN', Sessions[0]?.SessionId],
    ['TOKEN', undefined],
  ])
  for (const { SessionId } of Sessions) expect(SessionId).toMatch(/^(?:sso|tkn)[a-z0-9]{25}$/u)
  expect(new Set(Sessions.map(({ DeviceType }) => DeviceType)).size).toBe(2)
  const [, staging, dev] = playgroundWorld.pools
  const listIn = (pool: PoolSpec | undefined) =>
    client.send(new AdminListUserSessionsCommand({ ...radia, UserPoolId: pool?.id ?? '' }))
  expect((await listIn(staging)).Sessions).toHaveLength(Sessions.length)
  expect(await refusalOf(listIn(dev))).toContain('OperationNotEnabledException')
})
