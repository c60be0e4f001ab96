import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import type { PoolSpec } from '../../../playground/cognito/index.ts'
import { operations } from '../../../playground/cognito/operations.ts'
import { richPool } from '../../../playground/cognito/rich-pool.ts'
import { customers } from '../../../playground/cognito/seed.ts'
import { callPoolOperations } from './pool-calls.ts'
import { resolve } from './sdk-schema.ts'
import { goodPassword, lab, refusalOf } from './support.ts'

/**
 * Names in `raw` that the SDK's schema does not have. Schemas are arrays: a structure is
 * [3, ns, name, traits, names, members], a list [1, .., element], a map [2, .., key, value];
 * a member may be a function or [schema, traits].
 */
function unknownMembers(schema: unknown, raw: unknown, at: string): string[] {
  const plain = resolve(schema)
  if (raw === null || typeof raw !== 'object' || !Array.isArray(plain)) return []
  if (plain[0] === 3) {
    const names = plain[4] as readonly string[]
    const members = plain[5] as readonly unknown[]
    return Object.entries(raw).flatMap(([name, value]) => {
      const place = names.indexOf(name)
      return place < 0 ? [`${at}.${name}`] : unknownMembers(members[place], value, `${at}.${name}`)
    })
  }
  if (plain[0] === 1 && Array.isArray(raw))
    return raw.flatMap((item, n) => unknownMembers(plain[4], item, `${at}[${n}]`))
  if (plain[0] === 2)
    return Object.entries(raw).flatMap(([key, value]) =>
      unknownMembers(plain[5], value, `${at}.${key}`),
    )
  return []
}

const secret = 'Temporary-secret-7'
const next = 'Chosen-secret-number-8'
const UserPoolId = customers.id ?? ''

/** The pool with everything on that answers can tell about. */
const eager: PoolSpec = {
  ...customers,
  settings: {
    ...customers.settings,
    UserPoolTier: 'PLUS',
    UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
  },
  users: (customers.users ?? []).map((user) =>
    user.username === 'ada' ? { ...user, devices: [{ name: 'Phone', ip: '192.0.2.1' }] } : user,
  ),
}

/** Calls every operation that is built, over the socket, and keeps the raw answers. */
async function everyAnswer() {
  const { cognito, client } = await lab([eager, richPool])
  const { clientId } = cognito.pools.get(UserPoolId)
  const raw: { operation: string; body: unknown }[] = []
  const names: string[] = []
  client.middlewareStack.add(
    (forward, context) => async (args) => {
      const result = await forward(args)
      const { response } = result as { response: { body: AsyncIterable<Uint8Array> } }
      const chunks: Uint8Array[] = []
      for await (const chunk of response.body) chunks.push(chunk)
      const bytes = Buffer.concat(chunks)
      const operation = String(context['commandName']).replace(/Command$/u, '')
      names.push(operation)
      if (bytes.length > 0) raw.push({ operation, body: JSON.parse(bytes.toString()) })
      Object.assign(response, { body: new Uint8Array(bytes) })
      return result
    },
    { step: 'deserialize', priority: 'low' },
  )
  const who = { UserPoolId, Username: 'ada' }
  const linked = { ...who, GroupName: 'admins' }
  const fresh = { UserPoolId, Username: 'new' }
  await callPoolOperations(client)
  await client.send(new sdk.ListUsersCommand({ UserPoolId, Limit: 5 }))
  await client.send(new sdk.AdminGetUserCommand({ UserPoolId, Username: 'evelyn' }))
  await client.send(
    new sdk.AdminCreateUserCommand({
      ...fresh,
      TemporaryPassword: secret,
      UserAttributes: [{ Name: 'email', Value: 'new@example.com' }],
    }),
  )
  await client.send(
    new sdk.AdminUpdateUserAttributesCommand({
      ...who,
      UserAttributes: [{ Name: 'name', Value: 'Ada King' }],
    }),
  )
  await client.send(
    new sdk.AdminDeleteUserAttributesCommand({ ...who, UserAttributeNames: ['name'] }),
  )
  await client.send(new sdk.ListGroupsCommand({ UserPoolId, Limit: 1 }))
  await client.send(new sdk.AdminAddUserToGroupCommand(linked))
  await client.send(new sdk.AdminListGroupsForUserCommand(who))
  const group = { UserPoolId, GroupName: 'admins' }
  await client.send(new sdk.GetGroupCommand(group))
  await client.send(new sdk.ListUsersInGroupCommand(group))
  await client.send(new sdk.AdminRemoveUserFromGroupCommand(linked))
  await client.send(new sdk.AdminDisableUserCommand(who))
  await client.send(new sdk.AdminEnableUserCommand(who))
  await client.send(new sdk.AdminUserGlobalSignOutCommand(who))
  await client.send(new sdk.AdminConfirmSignUpCommand({ UserPoolId, Username: 'joan' }))
  await client.send(new sdk.AdminResetUserPasswordCommand(who))
  const code = cognito.outbox.at(-1)?.secret ?? ''
  await client.send(
    new sdk.ConfirmForgotPasswordCommand({
      ClientId: clientId,
      Username: 'ada',
      ConfirmationCode: code,
      Password: next,
    }),
  )
  await client.send(new sdk.AdminSetUserPasswordCommand({ ...who, Password: secret }))
  const asked = await client.send(
    new sdk.InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD: secret },
    }),
  )
  const { AuthenticationResult } = await client.send(
    new sdk.RespondToAuthChallengeCommand({
      ClientId: clientId,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session: asked.Session ?? '',
      ChallengeResponses: { USERNAME: 'ada', NEW_PASSWORD: `${next}+` },
    }),
  )
  await client.send(new sdk.AdminListUserAuthEventsCommand(who))
  await client.send(new sdk.AdminListDevicesCommand(who))
  await client.send(new sdk.GetUserPoolSessionConfigurationCommand({ UserPoolId }))
  await client.send(
    new sdk.AdminSetUserMFAPreferenceCommand({ ...who, EmailMfaSettings: { Enabled: true } }),
  )
  await client.send(new sdk.AdminGetUserAuthFactorsCommand(who))
  cognito.pools.change(UserPoolId, 'ada', (user) => {
    user.softwareToken = true
  })
  await client.send(new sdk.AdminDeleteSoftwareTokenCommand(who))
  const { Sessions = [] } = await client.send(new sdk.AdminListUserSessionsCommand(who))
  expect(Sessions).toHaveLength(1)
  const SessionId = Sessions[0]?.SessionId ?? ''
  await client.send(new sdk.AdminRevokeUserSessionCommand({ ...who, SessionId }))
  await client.send(new sdk.AdminDeleteUserCommand(fresh))
  await refusalOf(client.send(new sdk.AdminSetUserPasswordCommand({ ...who, Password: 'weak' })))
  const sessions = [asked.Session ?? '', AuthenticationResult?.RefreshToken ?? '']
  return { cognito, raw, names, secrets: [secret, next, code, ...sessions, '"weak"'] }
}

test('no answer of any operation has a member that the SDK does not know', async () => {
  const { raw, names } = await everyAnswer()
  expect(Object.keys(operations).filter((name) => !names.includes(name))).toEqual([])
  const exports = new Map<string, unknown>(Object.entries(sdk))
  for (const { operation, body } of raw) {
    const operationSchema = exports.get(`${operation}$`)
    const answer: unknown = Array.isArray(operationSchema) ? operationSchema[5] : undefined
    if (isError(body)) continue
    expect(answer).toBeDefined()
    expect(unknownMembers(answer, body, operation)).toEqual([])
  }
})

const isError = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && '__type' in body

test('the walk itself finds strangers at every depth', () => {
  const raw = {
    UserPool: { X: 1, SchemaAttributes: [{ Y: 1 }], AcrConfiguration: { a: { Z: 1 } } },
  }
  expect(unknownMembers(sdk.DescribeUserPoolResponse$, raw, '')).toEqual([
    '.UserPool.X',
    '.UserPool.SchemaAttributes[0].Y',
    '.UserPool.AcrConfiguration.a.Z',
  ])
})

test('the request log holds no secret, and shows when one is used twice', async () => {
  const { cognito, secrets } = await everyAnswer()
  const log = JSON.stringify(cognito.requests)
  for (const value of secrets) expect(log).not.toContain(value)
  expect(log.split(cognito.digest(secret))).toHaveLength(4)
})

test('the digests of two local Cognitos differ', async () => {
  const [one, other] = [await lab(), await lab()]
  expect(one.cognito.digest(goodPassword)).not.toBe(other.cognito.digest(goodPassword))
})
