import {
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import { richPool } from '../../../playground/cognito/rich-pool.ts'
import { described, mfaOf, update } from './pool-calls.ts'
import { lab, poolId } from './support.ts'

const richId = richPool.id ?? ''
const minimum = 'Policies.PasswordPolicy.MinimumLength'

test('somebody else changes the pool after the second look', async () => {
  const { cognito, client } = await lab()
  cognito.pools.drift(poolId, { path: minimum, value: 20, afterDescribes: 2 })
  const look = async () => {
    const { Policies, LastModifiedDate } = await described(client, poolId)
    return [Policies?.PasswordPolicy?.MinimumLength, LastModifiedDate]
  }
  const [first, second, third] = [await look(), await look(), await look()]
  expect(second).toEqual(first)
  expect(third[0]).toBe(20)
  expect(third[1]).not.toEqual(first[1])
})

test('somebody else changes the pool right after the second update', async () => {
  const place = await lab()
  place.cognito.pools.drift(poolId, { path: minimum, value: 20, afterUpdates: 2 })
  const length = async () =>
    (await described(place.client, poolId)).Policies?.PasswordPolicy?.MinimumLength
  await update(place, poolId, { PoolName: 'one' })
  expect(await length()).toBe(8)
  await update(place, poolId, { PoolName: 'two' })
  expect(await length()).toBe(20)
  await update(place, poolId, { Policies: { PasswordPolicy: { MinimumLength: 9 } } })
  expect(await length()).toBe(9)
})

test('a member can be taken away, and what only the MFA configuration tells can change', async () => {
  const place = await lab([richPool])
  place.cognito.pools.drift(richId, {
    path: 'DeviceConfiguration',
    value: undefined,
    afterUpdates: 1,
  })
  place.cognito.pools.drift(richId, {
    path: 'mfa:WebAuthnConfiguration.UserVerification',
    value: 'required',
    afterUpdates: 1,
  })
  const before = await mfaOf(place.client, richId)
  await update(place, richId, {})
  expect(await described(place.client, richId)).not.toHaveProperty('DeviceConfiguration')
  expect(await mfaOf(place.client, richId)).toEqual({
    ...before,
    WebAuthnConfiguration: { ...before.WebAuthnConfiguration, UserVerification: 'required' },
  })
})

test('an update that is refused lets nothing drift', async () => {
  const place = await lab()
  place.cognito.pools.drift(poolId, { path: minimum, value: 20, afterUpdates: 1 })
  await expect(update(place, poolId, { MfaConfiguration: 'ON' })).rejects.toThrow('SMS')
  const { Policies } = await described(place.client, poolId)
  expect(Policies?.PasswordPolicy?.MinimumLength).toBe(8)
})

/** The answer as it came over the socket, before the SDK drops what it does not know. */
async function raw(
  client: CognitoIdentityProviderClient,
  command: DescribeUserPoolCommand | GetUserPoolMfaConfigCommand,
): Promise<unknown> {
  let body = ''
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      const { response } = result as { response: { body: AsyncIterable<Uint8Array> } }
      const chunks: Uint8Array[] = []
      for await (const chunk of response.body) chunks.push(chunk)
      const bytes = Buffer.concat(chunks)
      body = bytes.toString()
      Object.assign(response, { body: new Uint8Array(bytes) })
      return result
    },
    { step: 'deserialize', priority: 'low', name: 'keepBody', override: true },
  )
  if (command instanceof DescribeUserPoolCommand) await client.send(command)
  else await client.send(command)
  return JSON.parse(body)
}

/** What stands at a path like `SchemaAttributes[0].X`. */
const at = (value: unknown, path: string): unknown =>
  path
    .split(/[.[\]]+/u)
    .reduce((node, step) => (node as Record<string, unknown> | undefined)?.[step], value)

test.for([
  'X',
  'Policies.X',
  'Policies.PasswordPolicy.X',
  'LambdaConfig.X',
  'LambdaConfig.PreTokenGenerationConfig.X',
  'SmsConfiguration.X',
  'SchemaAttributes[0].X',
  'SchemaAttributes[21].NumberAttributeConstraints.X',
  'AccountRecoverySetting.RecoveryMechanisms[1].X',
  'AcrConfiguration.Level1.X',
  'AcrConfiguration.Level2.X',
  'VerificationMessageTemplate.X',
])('a member that the SDK does not know can appear at %s', async (path) => {
  const { cognito, client } = await lab([richPool])
  const before = await described(client, richId)
  cognito.pools.injectUnknown(richId, { path, value: 'surprise' })
  const answer = await raw(client, new DescribeUserPoolCommand({ UserPoolId: richId }))
  expect(at(answer, `UserPool.${path}`)).toBe('surprise')
  expect(await described(client, richId)).toEqual(before)
  expect(JSON.stringify(cognito.pools.get(richId).settings)).not.toContain('surprise')
})

test.for([
  'X',
  'SoftwareTokenMfaConfiguration.X',
  'SmsMfaConfiguration.X',
  'SmsMfaConfiguration.SmsConfiguration.X',
  'EmailMfaConfiguration.X',
  'WebAuthnConfiguration.X',
])(
  'a member that the SDK does not know can appear at %s of the MFA configuration',
  async (path) => {
    const { cognito, client } = await lab([richPool])
    const before = await mfaOf(client, richId)
    cognito.pools.injectUnknown(richId, {
      operation: 'GetUserPoolMfaConfig',
      path,
      value: { deep: ['surprise'] },
    })
    const answer = await raw(client, new GetUserPoolMfaConfigCommand({ UserPoolId: richId }))
    expect(at(answer, path)).toEqual({ deep: ['surprise'] })
    expect(await mfaOf(client, richId)).toEqual(before)
  },
)

test.for([
  ['reset', 'LambdaConfig.X', undefined],
  ['reset', 'X', undefined],
  ['mixed', 'Policies.PasswordPolicy.X', undefined],
  ['keep', 'LambdaConfig.X', 'surprise'],
  ['reset', 'SchemaAttributes[0].X', 'surprise'],
  ['reset', 'DcrConfiguration.X', 'surprise'],
] as const)('%s: an update that does not carry %s leaves %s of it', async ([mode, path, left]) => {
  const place = await lab([richPool], { switches: { updateOmission: mode } })
  place.cognito.pools.injectUnknown(richId, { path, value: 'surprise' })
  await update(place, richId, { PoolName: 'renamed' })
  const answer = await raw(place.client, new DescribeUserPoolCommand({ UserPoolId: richId }))
  expect(at(answer, `UserPool.${path}`)).toBe(left)
})
