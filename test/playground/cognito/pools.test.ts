import {
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListUserPoolsCommand,
  UserPoolType$,
  paginateListUserPools,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, onTestFinished, test } from 'vitest'

import { legacyDaysPool, litePool, manyPools } from '../../../playground/cognito/fixtures.ts'
import { startCognito } from '../../../playground/cognito/index.ts'
import type { PoolSpec } from '../../../playground/cognito/index.ts'
import { richPool } from '../../../playground/cognito/rich-pool.ts'
import { clientOf, lab } from './support.ts'

test('the playground starts with three pools, one for each environment', async () => {
  const cognito = await startCognito()
  onTestFinished(() => cognito.close())
  const client = clientOf(cognito)
  const { UserPools } = await client.send(new ListUserPoolsCommand({ MaxResults: 60 }))
  expect(UserPools?.map(({ Id, Name }) => [Id, Name])).toEqual([
    ['eu-west-1_PROD00001', 'customers'],
    ['eu-west-1_STAGE0001', 'staging-customers'],
    ['eu-west-1_DEV000001', 'dev-customers'],
  ])
})

test('pools are listed in pages, each Region and account for itself', async () => {
  const many = Array.from({ length: 7 }, (_, n) => ({ settings: { Name: `pool-${n}` } }))
  const elsewhere: PoolSpec[] = [
    { settings: { Name: 'far' }, region: 'us-east-1' },
    { settings: { Name: 'foreign' }, account: '222222222222' },
  ]
  const { cognito, client } = await lab([...many, ...elsewhere])
  const names = async (sender: typeof client) => {
    const found: (string | undefined)[] = []
    const pages = paginateListUserPools({ client: sender }, { MaxResults: 3 })
    for await (const page of pages) found.push(...(page.UserPools?.map(({ Name }) => Name) ?? []))
    return found
  }
  expect(await names(client)).toEqual(many.map(({ settings }) => settings.Name))
  expect(await names(clientOf(cognito, { region: 'us-east-1' }))).toEqual(['far'])
})

test('the rich pool has every member the SDK knows', async () => {
  const { client } = await lab([richPool])
  const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId: richPool.id }))
  // A pool has alias attributes or username attributes, never both.
  const known = (UserPoolType$[4] as readonly string[]).filter((x) => x !== 'UsernameAttributes')
  expect(Object.keys(UserPool ?? {}).toSorted()).toEqual(known.toSorted())
  expect(UserPool?.EstimatedNumberOfUsers).toBe(1)
  expect(UserPool?.SchemaAttributes).toHaveLength(22)
})

test('both answers agree on the MFA configuration', async () => {
  const { client } = await lab([richPool, litePool])
  for (const { id } of [richPool, litePool]) {
    const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId: id }))
    const mfa = await client.send(new GetUserPoolMfaConfigCommand({ UserPoolId: id }))
    expect(mfa.MfaConfiguration).toBe(UserPool?.MfaConfiguration)
  }
})

test('a legacy pool keeps its days in the old place alone', async () => {
  const { client } = await lab([legacyDaysPool])
  const { UserPool } = await client.send(
    new DescribeUserPoolCommand({ UserPoolId: legacyDaysPool.id }),
  )
  expect(UserPool?.AdminCreateUserConfig?.UnusedAccountValidityDays).toBe(2)
  expect(UserPool?.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays).toBeUndefined()
})

test('ten thousand pools are listed in pages, each once and in order', async () => {
  const pools = manyPools(10_000)
  const { client } = await lab(pools)
  const found: (string | undefined)[] = []
  for await (const page of paginateListUserPools({ client }, { MaxResults: 60 }))
    found.push(...(page.UserPools?.map(({ Id }) => Id) ?? []))
  expect(found).toEqual(pools.map(({ id }) => id))
})

test('each of many pools is a whole one, and none shares what a change touches', async () => {
  const { cognito, client } = await lab(manyPools(3))
  const [first = '', second = ''] = cognito.pools.all().map(({ id }) => id)
  const before = await client.send(new DescribeUserPoolCommand({ UserPoolId: second }))
  cognito.pools.changeSettings(first, ({ settings }) => {
    Object.assign(settings.Policies?.PasswordPolicy ?? {}, { MinimumLength: 30 })
    Object.assign(settings.UserPoolTags ?? {}, { env: 'changed' })
  })
  expect((await client.send(new DescribeUserPoolCommand({ UserPoolId: second }))).UserPool).toEqual(
    before.UserPool,
  )
  expect(before.UserPool?.SchemaAttributes).toHaveLength(20)
})
