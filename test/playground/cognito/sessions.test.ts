import {
  AdminDisableUserCommand,
  AdminListUserSessionsCommand,
  AdminRevokeUserSessionCommand,
  AdminUserGlobalSignOutCommand,
  GetUserPoolSessionConfigurationCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import type { LocalCognito, PoolSpec, SessionSpec } from '../../../playground/cognito/index.ts'
import { goodPassword, lab, poolId, poolWith, refusalOf } from './support.ts'

const who = { UserPoolId: poolId, Username: 'ada' }
const id = (start: string) => start.padEnd(28, '0')
const [browser, tab, otherTab, phone, hers] = ['sso1', 'tkn1', 'tkn2', 'tkn3', 'tkn9'].map(id) as [
  string,
  string,
  string,
  string,
  string,
]
const at = { ip: '192.0.2.7', device: 'Firefox 140 / Linux', city: 'Paris', country: 'France' }
const four: readonly SessionSpec[] = [
  { id: browser, ...at },
  { id: tab, parentId: browser, ...at },
  { id: otherTab, parentId: browser, ...at },
  { id: phone, ip: '198.51.100.4', device: 'unknown', country: 'unknown', activeHoursAgo: 9 },
]

const tracking = (more: Partial<PoolSpec> = {}): PoolSpec => ({
  ...poolWith([
    { username: 'ada', password: goodPassword, sessions: four },
    { username: 'grace', sessions: [{ id: hers, ...at }] },
  ]),
  sessionTracking: 'ENABLED',
  ...more,
})

async function listed(client: CognitoIdentityProviderClient, name = 'ada') {
  const input = { UserPoolId: poolId, Username: name }
  const { Sessions = [] } = await client.send(new AdminListUserSessionsCommand(input))
  return Sessions.map(({ SessionId }) => SessionId)
}

async function signIn(cognito: LocalCognito, client: CognitoIdentityProviderClient) {
  const ClientId = cognito.pools.get(poolId).clientId
  const AuthParameters = { USERNAME: 'ada', PASSWORD: goodPassword }
  const { AuthenticationResult } = await client.send(
    new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
  )
  const REFRESH_TOKEN = AuthenticationResult?.RefreshToken ?? ''
  const refresh = () =>
    client.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN },
      }),
    )
  const started = cognito.pools.user(poolId, 'ada').sessions.at(-1)
  return { refresh, sessionId: started?.id ?? '' }
}

const revoke = (SessionId: string, RevokeAssociatedSessions?: 'NONE' | 'LINKED') =>
  new AdminRevokeUserSessionCommand({
    ...who,
    SessionId,
    ...(RevokeAssociatedSessions && { RevokeAssociatedSessions }),
  })

test.for([
  ['by default', {}, 'DISABLED', 20],
  ['when told so', { sessionTracking: 'ENABLED', maxSessionsPerUser: 3 }, 'ENABLED', 3],
] as const)('a pool says whether it tracks: %s', async ([, settings, tracks, MaxPerUser]) => {
  const { client } = await lab([{ ...poolWith([]), ...settings }])
  const { $metadata, ...answer } = await client.send(
    new GetUserPoolSessionConfigurationCommand({ UserPoolId: poolId }),
  )
  expect($metadata.httpStatusCode).toBe(200)
  expect(answer).toEqual({
    UserPoolId: poolId,
    UserSessionTracking: tracks,
    TokenSession: { MaxPerUser },
  })
})

test('a session tells when and where, and through what it came', async () => {
  const { cognito, client } = await lab([tracking()], { now: () => 1_800_000_000_000 })
  const { Sessions } = await client.send(new AdminListUserSessionsCommand(who))
  expect(Sessions?.[1]).toEqual({
    SessionId: tab,
    SessionType: 'TOKEN',
    ClientId: cognito.pools.get(poolId).clientId,
    CreateDate: new Date(1_800_000_000_000 - 24 * 3_600_000),
    LastActiveDate: new Date(1_800_000_000_000 - 3_600_000),
    DeviceType: 'Firefox 140 / Linux',
    LastIPAddress: '192.0.2.7',
    LastLocation: { City: 'Paris', Country: 'France' },
    OriginSessionId: browser,
    IsCurrentSession: false,
  })
  expect(Sessions?.[0]).toMatchObject({ SessionId: browser, SessionType: 'SSO' })
  expect(Sessions?.[0]).not.toHaveProperty('OriginSessionId')
  expect(Sessions?.[3]?.LastLocation).toEqual({ Country: 'unknown' })
})

test('signing in begins a session, refreshing keeps it young', async () => {
  const { cognito, client } = await lab([tracking()], { now: () => 1_800_000_000_000 })
  const { refresh, sessionId } = await signIn(cognito, client)
  const mine = async () => {
    const { Sessions } = await client.send(new AdminListUserSessionsCommand(who))
    return Sessions?.find(({ SessionId }) => SessionId === sessionId)
  }
  expect(sessionId).toMatch(/^tkn[a-z0-9]{25}$/u)
  const first = await mine()
  expect(first).toMatchObject({ SessionType: 'TOKEN', LastIPAddress: '127.0.0.1' })
  cognito.advance(60_000)
  await refresh()
  expect(await mine()).toEqual({ ...first, LastActiveDate: new Date(1_800_000_060_000) })
})

test('a session ends with its refresh token, after 30 days', async () => {
  const { cognito, client } = await lab([tracking()])
  const { sessionId } = await signIn(cognito, client)
  expect(await listed(client)).toContain(sessionId)
  cognito.advance(30 * 86_400_000 + 1)
  expect(await listed(client)).toEqual([browser])
})

test('one session too many ends the one that was used longest ago', async () => {
  const { cognito, client } = await lab([tracking({ maxSessionsPerUser: 3 })])
  const first = await signIn(cognito, client)
  expect(await listed(client)).toEqual([browser, tab, otherTab, first.sessionId])
  cognito.pools.changeSettings(poolId, (pool) => {
    pool.maxSessionsPerUser = 1
  })
  expect(await listed(client)).toHaveLength(4)
  const second = await signIn(cognito, client)
  expect(await listed(client)).toEqual([browser, second.sessionId])
  expect(await refusalOf(first.refresh())).toContain('Refresh Token has been revoked')
  await second.refresh()
})

test('revoking kills the refresh token of that session alone', async () => {
  const { cognito, client } = await lab([tracking()])
  const [lost, kept] = [await signIn(cognito, client), await signIn(cognito, client)]
  await client.send(revoke(lost.sessionId))
  expect(await refusalOf(lost.refresh())).toBe(
    'NotAuthorizedException: Refresh Token has been revoked',
  )
  await kept.refresh()
  expect(await listed(client)).toEqual([browser, tab, otherTab, phone, kept.sessionId])
})

test.for([
  ['a token session alone', tab, 'NONE', [browser, otherTab, phone]],
  ['an SSO session alone', browser, undefined, [tab, otherTab, phone]],
  ['a token session and its parent, but no sister', tab, 'LINKED', [otherTab, phone]],
  ['an SSO session and all under it', browser, 'LINKED', [phone]],
  ['a token session of an app without a browser', phone, 'LINKED', [browser, tab, otherTab]],
] as const)('revoking %s', async ([, session, cascade, rest]) => {
  const { client } = await lab([tracking()])
  await client.send(revoke(session, cascade))
  expect(await listed(client)).toEqual(rest)
  expect(await listed(client, 'grace')).toEqual([hers])
  expect(await refusalOf(client.send(revoke(session)))).toBe(
    'ResourceNotFoundException: Session not found.',
  )
})

test.for([
  ['not-found', 'ResourceNotFoundException: Session not found.'],
  ['not-authorized', 'NotAuthorizedException: The session does not belong to the user.'],
] as const)('somebody else’s session stays: %s', async ([foreignSession, refusal]) => {
  const { client } = await lab([tracking()], { switches: { foreignSession } })
  expect(await refusalOf(client.send(revoke(hers)))).toBe(refusal)
  expect(await refusalOf(client.send(revoke(id('tkn8'))))).toContain('Session not found')
  expect(await listed(client, 'grace')).toEqual([hers])
})

test.for([
  ['refuse', 'OperationNotEnabledException'],
  ['empty', 'ResourceNotFoundException'],
] as const)('a pool that does not track: %s', async ([untrackedSessions, error]) => {
  const { cognito, client } = await lab([tracking({ sessionTracking: 'DISABLED' })], {
    switches: { untrackedSessions },
  })
  await signIn(cognito, client)
  if (untrackedSessions === 'empty') expect(await listed(client)).toEqual([])
  else expect(await refusalOf(listed(client))).toContain(error)
  expect(await refusalOf(client.send(revoke(tab)))).toContain(error)
  expect(cognito.pools.user(poolId, 'ada').sessions).toHaveLength(four.length)
})

test.for([
  ['refuse', 'FeatureUnavailableInTierException'],
  ['untracked', 'OperationNotEnabledException'],
] as const)('the LITE tier has no sessions, even with tracking on: %s', async ([lite, error]) => {
  const pool = tracking()
  const { cognito, client } = await lab(
    [{ ...pool, settings: { ...pool.settings, UserPoolTier: 'LITE' } }],
    { switches: { liteSessions: lite } },
  )
  await signIn(cognito, client)
  const asked = client.send(new GetUserPoolSessionConfigurationCommand({ UserPoolId: poolId }))
  if (lite === 'refuse') expect(await refusalOf(asked)).toContain(error)
  else expect((await asked).UserSessionTracking).toBe('DISABLED')
  expect(await refusalOf(listed(client))).toContain(error)
  expect(await refusalOf(client.send(revoke(tab)))).toContain(error)
  expect(cognito.pools.user(poolId, 'ada').sessions).toHaveLength(four.length)
})

test('the list lags behind, the refresh token does not', async () => {
  const { cognito, client } = await lab([tracking()], { switches: { sessionLagMs: 5000 } })
  const { refresh, sessionId } = await signIn(cognito, client)
  expect(await listed(client)).not.toContain(sessionId)
  cognito.advance(5000)
  expect(await listed(client)).toContain(sessionId)
  await client.send(revoke(sessionId))
  expect(await listed(client)).toContain(sessionId)
  expect(await refusalOf(refresh())).toContain('Refresh Token has been revoked')
  expect(await refusalOf(client.send(revoke(sessionId)))).toContain('Session not found')
  cognito.advance(5000)
  expect(await listed(client)).not.toContain(sessionId)
})

test.for([
  ['sign-out', new AdminUserGlobalSignOutCommand(who)],
  ['disabling', new AdminDisableUserCommand(who)],
] as const)('%s ends token sessions, not the browser’s cookie', async ([, command]) => {
  const { client } = await lab([tracking()])
  await client.send(command)
  expect(await listed(client)).toEqual([browser])
  expect(await listed(client, 'grace')).toEqual([hers])
})

test('all sessions come in one page, which may be preceded by an empty one', async () => {
  const sessions = Array.from({ length: 125 }, (_, n) => ({ id: id(`tkn${n}x`), ...at }))
  const { cognito, client } = await lab([{ ...tracking(), users: [{ username: 'ada', sessions }] }])
  const list = (NextToken?: string) =>
    client.send(new AdminListUserSessionsCommand({ ...who, ...(NextToken && { NextToken }) }))
  const whole = await list()
  expect(whole.Sessions).toHaveLength(125)
  expect(whole.NextToken).toBeUndefined()
  cognito.switches.emptyPages = true
  const empty = await list()
  expect(empty.Sessions).toEqual([])
  expect((await list(empty.NextToken)).Sessions).toHaveLength(125)
  expect(await refusalOf(list('made-up'))).toContain('Invalid pagination token')
})

test.for([
  ['too short', 'tkn1', 'length greater than or equal to 28'],
  ['too long', 'tkn1'.padEnd(29, '0'), 'length less than or equal to 28'],
  ['of no known kind', 'abc1'.padEnd(28, '0'), 'regular expression pattern'],
  ['in capitals', 'tkn1'.padEnd(28, 'A'), 'regular expression pattern'],
] as const)('a session id %s is refused', async ([, session, rule]) => {
  const { client } = await lab([tracking()])
  expect(await refusalOf(client.send(revoke(session)))).toContain(rule)
})
