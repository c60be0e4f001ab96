import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  ListUserPoolsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import { goodPassword, lab, poolId, poolWith, refusalOf } from './support.ts'

const who = { UserPoolId: poolId, Username: 'ada' }
const one = (rule: string) => `InvalidParameterException: 1 validation error detected: ${rule}`

/** What a caller without types could send. */
const wrong = (value: unknown) => value as never

type Send = (client: CognitoIdentityProviderClient) => Promise<unknown>
const cases: [name: string, send: Send, refusal: string][] = [
  [
    'a pool id without its Region',
    (c) => c.send(new AdminGetUserCommand({ UserPoolId: 'nopool', Username: 'ada' })),
    one(
      String.raw`Value 'nopool' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+`,
    ),
  ],
  [
    'a pool id of 56 characters',
    (c) =>
      c.send(new AdminGetUserCommand({ UserPoolId: `eu-west-1_${'a'.repeat(46)}`, Username: 'x' })),
    one(
      `Value 'eu-west-1_${'a'.repeat(46)}' at 'userPoolId' failed to satisfy constraint: Member must have length less than or equal to 55`,
    ),
  ],
  [
    'a username with a space, which is sensitive and not echoed',
    (c) => c.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: 'ada lovelace' })),
    one(
      String.raw`Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}]+`,
    ),
  ],
  [
    'a missing member',
    (c) => c.send(new AdminGetUserCommand({ UserPoolId: wrong(undefined), Username: 'ada' })),
    one("Value null at 'userPoolId' failed to satisfy constraint: Member must not be null"),
  ],
  [
    'a missing password',
    (c) => c.send(new AdminSetUserPasswordCommand({ ...who, Password: wrong(undefined) })),
    one("Value at 'password' failed to satisfy constraint: Member must not be null"),
  ],
  [
    'a password with white space',
    (c) => c.send(new AdminSetUserPasswordCommand({ ...who, Password: 'Correct horse 1!' })),
    one(
      String.raw`Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: [\S]+`,
    ),
  ],
  [
    'a password of 257 characters',
    (c) => c.send(new AdminSetUserPasswordCommand({ ...who, Password: `Aa1!${'a'.repeat(253)}` })),
    one(
      "Value at 'password' failed to satisfy constraint: Member must have length less than or equal to 256",
    ),
  ],
  [
    'a page of none',
    (c) => c.send(new ListUserPoolsCommand({ MaxResults: 0 })),
    one(
      "Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ),
  ],
  [
    'a page of 61',
    (c) => c.send(new ListUsersCommand({ UserPoolId: poolId, Limit: 61 })),
    one(
      "Value '61' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 60",
    ),
  ],
  [
    'a filter of 257 characters',
    (c) =>
      c.send(new ListUsersCommand({ UserPoolId: poolId, Filter: `email ^= "${'a'.repeat(246)}"` })),
    one(
      `Value 'email ^= "${'a'.repeat(246)}"' at 'filter' failed to satisfy constraint: Member must have length less than or equal to 256`,
    ),
  ],
  [
    'an enumeration value that does not exist',
    (c) => c.send(new AdminCreateUserCommand({ ...who, MessageAction: wrong('AGAIN') })),
    one(
      "Value 'AGAIN' at 'messageAction' failed to satisfy constraint: Member must satisfy enum value set: [RESEND, SUPPRESS]",
    ),
  ],
  [
    'a member of a list, by its place',
    (c) =>
      c.send(new AdminCreateUserCommand({ ...who, DesiredDeliveryMediums: ['SMS', wrong('FAX')] })),
    one(
      "Value 'FAX' at 'desiredDeliveryMediums.2.member' failed to satisfy constraint: Member must satisfy enum value set: [SMS, EMAIL]",
    ),
  ],
  [
    'an attribute value of 2049 characters',
    (c) =>
      c.send(
        new AdminUpdateUserAttributesCommand({
          ...who,
          UserAttributes: [{ Name: 'name', Value: 'a'.repeat(2049) }],
        }),
      ),
    one(
      "Value at 'userAttributes.1.member.value' failed to satisfy constraint: Member must have length less than or equal to 2048",
    ),
  ],
  [
    'a text where a number belongs',
    (c) => c.send(new ListUsersCommand({ UserPoolId: poolId, Limit: wrong('9') })),
    'SerializationException: STRING_VALUE can not be converted to Integer',
  ],
  [
    'a text where a flag belongs',
    (c) =>
      c.send(
        new AdminSetUserPasswordCommand({ ...who, Password: goodPassword, Permanent: wrong('no') }),
      ),
    'SerializationException: STRING_VALUE can not be converted to Boolean',
  ],
  [
    'two faults at once',
    (c) => c.send(new AdminGetUserCommand({ UserPoolId: 'x_', Username: '' })),
    String.raw`InvalidParameterException: 3 validation errors detected: Value 'x_' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+; Value at 'username' failed to satisfy constraint: Member must have length greater than or equal to 1; Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}]+`,
  ],
]

test.for(cases)('%s is refused in the words of AWS', async ([, send, refusal]) => {
  const { client } = await lab([poolWith([{ username: 'ada' }])])
  expect(await refusalOf(send(client))).toBe(refusal)
})

test('a member that the operation does not know is refused, though AWS would ignore it', async () => {
  const { cognito } = await lab()
  const answer = await fetch(cognito.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.DescribeUserPool',
      authorization: `AWS4-HMAC-SHA256 Credential=AKIAPLAYGROUND/20260101/eu-west-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=${'a'.repeat(64)}`,
    },
    body: JSON.stringify({ UserPoolId: poolId, Surprise: true }),
  })
  expect(await answer.json()).toMatchObject({
    __type: 'InvalidParameterException',
    message: "1 validation error detected: Member 'surprise' is not known to this operation",
  })
})

test('JSON null counts as absent, as it does at AWS', async () => {
  const { client } = await lab([poolWith([{ username: 'ada' }])])
  const found = await client.send(
    new ListUsersCommand({ UserPoolId: poolId, Filter: wrong(null), Limit: wrong(null) }),
  )
  expect(found.Users).toHaveLength(1)
})
