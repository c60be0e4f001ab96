import {
  AdminGetUserCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers'
import { expect, test } from 'vitest'

import { operateRole, readRole } from '../../../playground/cognito/fixtures.ts'
import type { PoolSpec } from '../../../playground/cognito/index.ts'
import { startCognito } from '../../../playground/cognito/index.ts'
import { clientOf, lab, refusalOf } from './support.ts'
import type { Lab } from './support.ts'

const here: PoolSpec = { id: 'eu-west-1_HERE00001', settings: { Name: 'here' } }
const there: PoolSpec = {
  id: 'eu-west-1_THERE0001',
  account: '222222222222',
  settings: { Name: 'there' },
}
const world = { pools: [here, there], roles: [operateRole, readRole] }

type Params = Parameters<typeof fromTemporaryCredentials>[0]['params']
const operate: Params = {
  RoleArn: operateRole.arn,
  RoleSessionName: 'lifeguard.U0ADA',
  ExternalId: 'lifeguard-example',
  SourceIdentity: 'slack.T0123.U0ADA',
  Tags: [{ Key: 'slackUser', Value: 'U0ADA' }],
}

function assumed({ cognito }: Lab, params: Params) {
  const credentials = fromTemporaryCredentials({
    masterCredentials: { accessKeyId: 'AKIAPLAYGROUND', secretAccessKey: 'playground' },
    params,
    clientConfig: { endpoint: cognito.url, region: 'eu-west-1', maxAttempts: 1 },
  })
  return clientOf(cognito, { credentials })
}

const listed = async (client: ReturnType<typeof assumed>) => {
  const { UserPools } = await client.send(new ListUserPoolsCommand({ MaxResults: 60 }))
  return UserPools?.map(({ Name }) => Name)
}

test('static keys see the base account, an assumed role sees its own', async () => {
  const place = await lab([], { world })
  expect(await listed(place.client)).toEqual(['here'])
  expect(await listed(assumed(place, operate))).toEqual(['there'])
})

test('a pool of another account does not exist', async () => {
  const { client } = await lab([], { world })
  const get = client.send(new AdminGetUserCommand({ UserPoolId: there.id, Username: 'ada' }))
  expect(await refusalOf(get)).toContain('ResourceNotFoundException')
})

test('the log knows the human behind an assumed role, and no external id', async () => {
  const place = await lab([], { world })
  await listed(assumed(place, operate))
  expect(place.cognito.requests).toMatchObject([
    { operation: 'AssumeRole', account: '111111111111' },
    { operation: 'ListUserPools', account: '222222222222', sourceIdentity: 'slack.T0123.U0ADA' },
  ])
  const log = JSON.stringify(place.cognito.requests)
  expect(log).not.toContain('lifeguard-example')
  expect(log).toContain(place.cognito.digest('lifeguard-example'))
})

const { SourceIdentity: _, ...anonymous } = operate
const { ExternalId: __, ...unsaid } = operate
test.for<[string, Params, string]>([
  ['a wrong external id', { ...operate, ExternalId: 'guessed' }, 'AccessDenied'],
  ['no external id', unsaid, 'AccessDenied'],
  ['no source identity where the role wants one', anonymous, 'AccessDenied'],
  [
    'a role nobody made',
    { ...operate, RoleArn: 'arn:aws:iam::222222222222:role/other' },
    'AccessDenied',
  ],
  ['an ARN that is none', { ...operate, RoleArn: 'lifeguard-operate-role' }, 'ValidationError'],
  ['a session name with a space', { ...operate, RoleSessionName: 'Ada L' }, 'ValidationError'],
  ['a quarter of an hour less a second', { ...operate, DurationSeconds: 899 }, 'ValidationError'],
])('assuming a role is refused for %s', async ([, params, name]) => {
  const place = await lab([], { world })
  expect(await refusalOf(listed(assumed(place, params)))).toContain(`${name}: `)
})

test('a plain role needs neither', async () => {
  const place = await lab([], { world })
  const params = { RoleArn: readRole.arn, RoleSessionName: 'lifeguard' }
  expect(await listed(assumed(place, params))).toEqual(['there'])
})

test('credentials end by the clock', async () => {
  const place = await lab([], { world })
  const client = assumed(place, operate)
  await listed(client)
  place.cognito.advance(3_600_001)
  expect(await refusalOf(listed(client))).toContain('ExpiredTokenException')
})

test('credentials of another local Cognito are worth nothing', async () => {
  const place = await lab([], { world })
  const other = await startCognito({ world })
  const client = assumed({ ...place, cognito: other }, operate)
  const credentials = await client.config.credentials()
  await other.close()
  const stranger = clientOf(place.cognito, { credentials })
  expect(await refusalOf(listed(stranger))).toContain('UnrecognizedClientException')
})

test('GetCallerIdentity says who signs', async () => {
  const { cognito } = await lab([], { world })
  const answer = await fetch(cognito.url, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=AKIAPLAYGROUND/20260101/eu-west-1/sts/aws4_request, SignedHeaders=host, Signature=${'a'.repeat(64)}`,
    },
    body: new URLSearchParams({ Action: 'GetCallerIdentity', Version: '2011-06-15' }),
  })
  expect(answer.headers.get('x-amzn-requestid')).toBeTypeOf('string')
  expect(await answer.text()).toContain('<Account>111111111111</Account>')
})
