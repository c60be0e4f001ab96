import {
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListUserPoolsCommand,
  UserPoolType$,
  paginateListUserPools,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, onTestFinished, test } from 'vitest'

import { legacyDaysPool, litePool } from '../../../playground/cognito/fixtures.ts'
import { startCognito } from '../../../playground/cognito/index.ts'
import type { PoolSpec } from '../../../playground/cognito/index.ts'
import { richPool } from '../../../playground/cognito/rich-pool.ts'
import { clientOf, lab, poolId } from './support.ts'

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

test('somebody else changes the pool after the second look', async () => {
  const { cognito, client } = await lab()
  cognito.pools.drift(poolId, {
    path: 'Policies.PasswordPolicy.MinimumLength',
    value: 20,
    afterDescribes: 2,
  })
  const look = async () => {
    const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId: poolId }))
    return [UserPool?.Policies?.PasswordPolicy?.MinimumLength, UserPool?.LastModifiedDate]
  }
  const [first, second, third] = [await look(), await look(), await look()]
  expect(second).toEqual(first)
  expect(third[0]).toBe(20)
  expect(third[1]).not.toEqual(first[1])
})

test.for([
  'X',
  'Policies.PasswordPolicy.X',
  'LambdaConfig.X',
  'SchemaAttributes[0].X',
  'AccountRecoverySetting.RecoveryMechanisms[0].X',
  'AcrConfiguration.Level1.X',
])('a member that the SDK does not know can appear at %s', async (path) => {
  const { cognito, client } = await lab([richPool])
  cognito.pools.injectUnknown(richPool.id ?? '', { path, value: 'surprise' })
  const raw = await rawAnswer(client, richPool.id)
  expect(raw).toContain('"X":"surprise"')
  expect(cognito.pools.get(richPool.id ?? '').settings).not.toHaveProperty(path)
})

async function rawAnswer(client: Awaited<ReturnType<typeof lab>>['client'], id?: string) {
  const texts: string[] = []
  const command = new DescribeUserPoolCommand({ UserPoolId: id })
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      const { response } = result as { response: { body: AsyncIterable<Uint8Array> } }
      const chunks: Uint8Array[] = []
      for await (const chunk of response.body) chunks.push(chunk)
      const bytes = Buffer.concat(chunks)
      texts.push(bytes.toString())
      Object.assign(response, { body: new Uint8Array(bytes) })
      return result
    },
    { step: 'deserialize', priority: 'low' },
  )
  await client.send(command)
  return texts.join('')
}

test('a member that the SDK does not know can appear in the MFA configuration too', async () => {
  const { cognito, client } = await lab([richPool])
  cognito.pools.injectUnknown(richPool.id ?? '', {
    operation: 'GetUserPoolMfaConfig',
    path: 'SoftwareTokenMfaConfiguration.X',
    value: 1,
  })
  const mfa = await client.send(new GetUserPoolMfaConfigCommand({ UserPoolId: richPool.id }))
  expect(mfa.SoftwareTokenMfaConfiguration).toEqual({ Enabled: true })
})
