import {
  DescribeRiskConfigurationCommand,
  GetLogDeliveryConfigurationCommand,
  GetUserPoolSessionConfigurationCommand,
  ListUserPoolClientsCommand,
  ListUserPoolReplicasCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import { richPool } from '../../../playground/cognito/rich-pool.ts'
import { lab, poolId, refusalOf } from './support.ts'

const rich = { UserPoolId: richPool.id }
const plain = { UserPoolId: poolId }

test('threat protection is told where it is on, and refused by name where it is not', async () => {
  const { client, cognito } = await lab([richPool, { id: poolId, settings: { Name: 'test' } }])
  const { RiskConfiguration } = await client.send(new DescribeRiskConfigurationCommand(rich))
  expect(RiskConfiguration).toEqual({ ...rich, ...richPool.surroundings?.risk })
  expect(await refusalOf(client.send(new DescribeRiskConfigurationCommand(plain)))).toContain(
    'UserPoolAddOnNotEnabledException: ',
  )
  const ClientId = cognito.pools.get(richPool.id ?? '').clientId
  const own = await client.send(new DescribeRiskConfigurationCommand({ ...rich, ClientId }))
  expect(own.RiskConfiguration).toEqual({ ...rich, ClientId })
  const stranger = new DescribeRiskConfigurationCommand({ ...rich, ClientId: 'nobody' })
  expect(await refusalOf(client.send(stranger))).toContain('ResourceNotFoundException: ')
})

test('where logs go, how sessions are tracked, where replicas are', async () => {
  const { client } = await lab([richPool, { id: poolId, settings: { Name: 'test' } }])
  const { LogDeliveryConfiguration } = await client.send(
    new GetLogDeliveryConfigurationCommand(rich),
  )
  expect(LogDeliveryConfiguration?.LogConfigurations).toEqual(richPool.surroundings?.logDelivery)
  const sessions = await client.send(new GetUserPoolSessionConfigurationCommand(rich))
  expect(sessions).toMatchObject({
    ...rich,
    UserSessionTracking: 'ENABLED',
    TokenSession: { MaxPerUser: 5 },
  })
  const { UserPoolReplicas } = await client.send(new ListUserPoolReplicasCommand(rich))
  expect(UserPoolReplicas).toMatchObject([
    { RegionName: 'eu-west-1', Role: 'PRIMARY', Status: 'ACTIVE' },
    {
      RegionName: 'eu-central-1',
      Role: 'SECONDARY',
      UserPoolArn: `arn:aws:cognito-idp:eu-central-1:111111111111:userpool/${richPool.id}`,
    },
  ])
  const { UserPools } = await client.send(new ListUserPoolsCommand({ MaxResults: 60 }))
  expect(UserPools?.map((pool) => pool.ReplicaRegions)).toEqual([
    ['eu-west-1', 'eu-central-1'],
    undefined,
  ])
})

test('a pool of which nothing of the kind was said has none of it', async () => {
  const { client } = await lab()
  const logs = await client.send(new GetLogDeliveryConfigurationCommand(plain))
  expect(logs.LogDeliveryConfiguration).toEqual({ ...plain, LogConfigurations: [] })
  const sessions = await client.send(new GetUserPoolSessionConfigurationCommand(plain))
  expect([sessions.UserSessionTracking, sessions.TokenSession]).toEqual([
    'DISABLED',
    { MaxPerUser: 20 },
  ])
  expect((await client.send(new ListUserPoolReplicasCommand(plain))).UserPoolReplicas).toEqual([])
})

test('app clients are listed by type, and pages may be empty', async () => {
  const { client, cognito } = await lab()
  const list = async (input: { ClientType?: 'REGULAR' | 'DCR'; NextToken?: string }) => {
    const command = new ListUserPoolClientsCommand({ ...plain, MaxResults: 1, ...input })
    return client.send(command)
  }
  const { clientId: ClientId } = cognito.pools.get(poolId)
  expect((await list({})).UserPoolClients).toEqual([{ ...plain, ClientId, ClientName: 'app' }])
  expect((await list({ ClientType: 'REGULAR' })).UserPoolClients).toHaveLength(1)
  expect((await list({ ClientType: 'DCR' })).UserPoolClients).toEqual([])
  cognito.switches.emptyPages = true
  const { UserPoolClients, NextToken = '' } = await list({})
  expect(UserPoolClients).toEqual([])
  expect((await list({ NextToken })).UserPoolClients).toHaveLength(1)
  expect(await refusalOf(list({ ClientType: 'DCR', NextToken }))).toContain('Invalid pagination')
})
