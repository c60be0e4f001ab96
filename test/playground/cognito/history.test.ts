import {
  AdminListDevicesCommand,
  AdminListUserAuthEventsCommand,
  AdminResetUserPasswordCommand,
  paginateAdminListUserAuthEvents,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import type { PoolSpec } from '../../../playground/cognito/index.ts'
import { goodPassword, lab, poolId, poolWith, refusalOf } from './support.ts'

const who = { UserPoolId: poolId, Username: 'ada' }
const attributes = { email: 'ada@example.com', email_verified: 'true' }
const devices = [
  { name: 'Phone', ip: '192.0.2.1' },
  { name: 'Laptop', ip: '198.51.100.2' },
]

const pool = (settings: Partial<PoolSpec['settings']> = {}): PoolSpec =>
  poolWith([{ username: 'ada', password: goodPassword, attributes, devices }], settings)
const watched = pool({ UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } })

test.for([
  ['without add-ons', pool()],
  ['with threat protection off', pool({ UserPoolAddOns: { AdvancedSecurityMode: 'OFF' } })],
] as const)('a pool %s keeps no history', async ([, spec]) => {
  const { cognito, client } = await lab([spec])
  await cognito.signIn(poolId, 'ada', goodPassword)
  expect(await refusalOf(client.send(new AdminListUserAuthEventsCommand(who)))).toBe(
    'UserPoolAddOnNotEnabledException: User pool add-ons are not enabled for this user pool.',
  )
  expect(cognito.pools.user(poolId, 'ada').events).toEqual([])
})

test('the history tells each attempt and its end', async () => {
  const { cognito, client } = await lab([watched], { now: () => 1_800_000_000_000 })
  await cognito.signIn(poolId, 'ada', 'wrong')
  await cognito.signIn(poolId, 'nobody', goodPassword)
  await cognito.signIn(poolId, 'ada', goodPassword)
  await client.send(new AdminResetUserPasswordCommand(who))
  const code = cognito.outbox[0]?.secret ?? ''
  await cognito.enterCode(poolId, 'ada', code, 'short')
  await cognito.enterCode(poolId, 'ada', code, 'Chosen-by-ada-2')
  const { AuthEvents = [] } = await client.send(new AdminListUserAuthEventsCommand(who))
  expect(AuthEvents.map(({ EventType, EventResponse }) => [EventType, EventResponse])).toEqual([
    ['SignIn', 'Fail'],
    ['SignIn', 'Pass'],
    ['ForgotPassword', 'Fail'],
    ['ForgotPassword', 'Pass'],
  ])
  expect(AuthEvents[0]).toEqual({
    EventId: AuthEvents[0]?.EventId,
    EventType: 'SignIn',
    CreationDate: new Date(1_800_000_000_000),
    EventResponse: 'Fail',
    EventRisk: { RiskDecision: 'NoRisk', CompromisedCredentialsDetected: false },
    ChallengeResponses: [{ ChallengeName: 'Password', ChallengeResponse: 'Failure' }],
    EventContextData: { IpAddress: '127.0.0.1', DeviceName: 'unknown', Country: 'unknown' },
  })
  expect(new Set(AuthEvents.map(({ EventId }) => EventId)).size).toBe(4)
})

test('a sign-in that is asked for more is in progress', async () => {
  const spec: PoolSpec = {
    ...watched,
    users: [{ username: 'ada', password: goodPassword, status: 'FORCE_CHANGE_PASSWORD' }],
  }
  const { cognito, client } = await lab([spec])
  await cognito.signIn(poolId, 'ada', goodPassword)
  const { AuthEvents } = await client.send(new AdminListUserAuthEventsCommand(who))
  expect(AuthEvents).toMatchObject([{ EventResponse: 'InProgress' }])
})

test('a long history comes in pages', async () => {
  const { cognito, client } = await lab([watched])
  for (let n = 0; n < 7; n++) await cognito.signIn(poolId, 'ada', 'wrong')
  const sizes: (number | undefined)[] = []
  const chain = paginateAdminListUserAuthEvents({ client }, { ...who, MaxResults: 3 })
  for await (const { AuthEvents } of chain) sizes.push(AuthEvents?.length)
  expect(sizes).toEqual([3, 3, 1])
})

test('a pool that remembers no devices has none to list', async () => {
  const { client } = await lab([pool()])
  expect(await refusalOf(client.send(new AdminListDevicesCommand(who)))).toBe(
    'InvalidUserPoolConfigurationException: Device tracking is not configured for this user pool.',
  )
})

test('remembered devices come in pages, each with its name and its key', async () => {
  const { client } = await lab([pool({ DeviceConfiguration: {} })])
  const first = await client.send(new AdminListDevicesCommand({ ...who, Limit: 1 }))
  expect(first.Devices).toHaveLength(1)
  expect(first.Devices?.[0]?.DeviceKey).toMatch(/^[\w-]+_[0-9a-f-]+$/u)
  expect(first.Devices?.[0]?.DeviceAttributes).toContainEqual({
    Name: 'device_name',
    Value: 'Phone',
  })
  const PaginationToken = first.PaginationToken ?? ''
  const second = await client.send(
    new AdminListDevicesCommand({ ...who, Limit: 1, PaginationToken }),
  )
  expect(second.Devices?.[0]?.DeviceAttributes).toContainEqual({
    Name: 'last_ip_used',
    Value: '198.51.100.2',
  })
  expect(second.Devices?.[0]?.DeviceKey).not.toBe(first.Devices?.[0]?.DeviceKey)
  expect(second.PaginationToken).toBeUndefined()
})
