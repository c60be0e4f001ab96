import {
  AdminGetUserCommand,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import { lab, poolId, poolWith } from './support.ts'

const json = { 'content-type': 'application/x-amz-json-1.1' }
const target = (operation: string) => ({
  'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
})
const authorization = (scope: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
})
const signed = authorization('AKIAPLAYGROUND/20260101/eu-west-1/cognito-idp/aws4_request')

async function send(url: string, headers: Record<string, string>, body: string) {
  const answer = await fetch(url, { method: 'POST', headers, body })
  const text = await answer.text()
  return {
    status: answer.status,
    requestId: answer.headers.get('x-amzn-requestid'),
    type: answer.headers.get('content-type'),
    error: (text === '' ? {} : JSON.parse(text)) as { __type?: string; message?: string },
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u

test('the real SDK reads dates, booleans and request ids', async () => {
  const { client } = await lab([poolWith([{ username: 'ada' }])])
  const user = await client.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: 'ada' }))
  expect(user.UserLastModifiedDate).toBeInstanceOf(Date)
  expect(user.Enabled).toBe(true)
  expect(user.$metadata.requestId).toMatch(uuid)
})

const body = JSON.stringify({ UserPoolId: poolId })
const refused: [string, Record<string, string>, string, string][] = [
  ['an unsigned request', target('DescribeUserPool'), body, 'MissingAuthenticationTokenException'],
  [
    'a header that is no signature',
    { ...target('DescribeUserPool'), authorization: 'Bearer x' },
    body,
    'IncompleteSignatureException',
  ],
  [
    'a signature for another service',
    {
      ...target('DescribeUserPool'),
      ...authorization('AKIAPLAYGROUND/20260101/eu-west-1/s3/aws4_request'),
    },
    body,
    'InvalidSignatureException',
  ],
  [
    'an access key that nobody handed out',
    {
      ...target('DescribeUserPool'),
      ...authorization('ASIAPLAYGROUND/20260101/eu-west-1/cognito-idp/aws4_request'),
    },
    body,
    'UnrecognizedClientException',
  ],
  [
    'a body that is not JSON',
    { ...target('DescribeUserPool'), ...signed },
    '{',
    'SerializationException',
  ],
  [
    'an operation that is not built',
    { ...target('DeleteUserPool'), ...signed },
    body,
    'UnknownOperationException',
  ],
  [
    'another target',
    { 'x-amz-target': 'Other.DescribeUserPool', ...signed },
    body,
    'UnknownOperationException',
  ],
]

test.for(refused)('%s is refused by name, with a request id', async ([, headers, text, name]) => {
  const { cognito } = await lab()
  const answer = await send(cognito.url, { ...json, ...headers }, text)
  expect(answer).toMatchObject({ status: 400, type: 'application/x-amz-json-1.1' })
  expect(answer.error).toHaveProperty('__type', name)
  expect(answer.requestId).toMatch(uuid)
})

test('an operation that is not built is named in the refusal', async () => {
  const { cognito } = await lab()
  const { error } = await send(
    cognito.url,
    { ...json, ...target('DeleteUserPool'), ...signed },
    body,
  )
  expect(error.message).toContain('DeleteUserPool')
})

test('a pool of another Region does not exist here', async () => {
  const { cognito } = await lab()
  const elsewhere = authorization('AKIAPLAYGROUND/20260101/us-east-1/cognito-idp/aws4_request')
  const { error } = await send(
    cognito.url,
    { ...json, ...target('DescribeUserPool'), ...elsewhere },
    body,
  )
  expect(error).toEqual({
    __type: 'ResourceNotFoundException',
    message: `User pool ${poolId} does not exist.`,
  })
})

test('the log says who called what, where, and how it ended', async () => {
  const { cognito, client } = await lab()
  const { $metadata } = await client.send(new DescribeUserPoolCommand({ UserPoolId: poolId }))
  await client.send(new DescribeUserPoolCommand({ UserPoolId: 'eu-west-1_x' })).catch(() => {})
  expect(cognito.requests).toMatchObject([
    {
      operation: 'DescribeUserPool',
      requestId: $metadata.requestId,
      accessKeyId: 'AKIAPLAYGROUND',
      account: '111111111111',
      region: 'eu-west-1',
      status: 200,
      committed: true,
      input: { UserPoolId: poolId },
    },
    { status: 400, error: 'ResourceNotFoundException', committed: false },
  ])
  cognito.clearRequests()
  expect(cognito.requests).toEqual([])
})
