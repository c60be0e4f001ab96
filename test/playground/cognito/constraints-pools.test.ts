import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import type { UpdateUserPoolCommandInput } from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'

import { poolRequests } from '../../../playground/cognito/constraints-pools.ts'
import type { Shape } from '../../../playground/cognito/shapes.ts'
import { refused } from './pool-calls.ts'
import { resolve } from './sdk-schema.ts'
import { lab, poolId } from './support.ts'

/** Every member of a request, by its path, as the SDK has it. */
function sdkMembers(schema: unknown, at: string): string[] {
  const plain = resolve(schema)
  if (!Array.isArray(plain)) return []
  if (plain[0] === 1) return sdkMembers(plain[4], `${at}[]`)
  if (plain[0] === 2) return sdkMembers(plain[5], `${at}{}`)
  if (plain[0] !== 3) return []
  const [names, members] = [plain[4] as readonly string[], plain[5] as readonly unknown[]]
  return names.flatMap((name, place) => [
    `${at}.${name}`,
    ...sdkMembers(members[place], `${at}.${name}`),
  ])
}

/** The same, as the local Cognito has it. */
function ownMembers(shape: Shape, at: string): string[] {
  if (shape.kind === 'list') return ownMembers(shape.of, `${at}[]`)
  if (shape.kind === 'map') return ownMembers(shape.of, `${at}{}`)
  if (shape.kind !== 'structure') return []
  return Object.entries(shape.members).flatMap(([name, member]) => [
    `${at}.${name}`,
    ...ownMembers('optional' in member ? member.optional : member, `${at}.${name}`),
  ])
}

test.for(Object.entries(poolRequests))(
  '%s has the members the SDK has, all the way down',
  ([name, shape]) => {
    const operation: unknown = new Map<string, unknown>(Object.entries(sdk)).get(`${name}$`)
    const known = Array.isArray(operation) ? sdkMembers(operation[4], '') : []
    expect(known.length).toBeGreaterThan(0)
    expect(ownMembers(shape, '').toSorted()).toEqual(known.toSorted())
  },
)

test('the requests have as many members as the reference counts', () => {
  const count = (shape: Shape) =>
    shape.kind === 'structure' ? Object.keys(shape.members).length : 0
  expect(count(poolRequests.UpdateUserPool)).toBe(25)
  expect(count(poolRequests.CreateUserPool)).toBe(28)
})

type Change = Partial<UpdateUserPoolCommandInput>
const wrong = (value: unknown) => value as never
const text = (length: number) => `{####}${'a'.repeat(length - 6)}`
const arn = (length: number) => {
  const start = 'arn:aws:ses:eu-west-1:111111111111:'
  return start + 'a'.repeat(length - start.length)
}

const policy = (PasswordPolicy: object): Change => ({ Policies: { PasswordPolicy } })
const factors = (...list: string[]): Change => ({
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: wrong(list) } },
})
const template = (VerificationMessageTemplate: object): Change => ({ VerificationMessageTemplate })
const invite = (InviteMessageTemplate: object): Change => ({
  AdminCreateUserConfig: { InviteMessageTemplate },
})
const mail = (EmailConfiguration: object): Change => ({ EmailConfiguration })
const tags = (UserPoolTags: Record<string, string>): Change => ({ UserPoolTags })
const level = (AcrValue: string, name = 'Level1'): Change => ({
  AcrConfiguration: { [name]: { AcrValue } },
})
const mechanisms = (...list: object[]): Change => ({
  AccountRecoverySetting: { RecoveryMechanisms: wrong(list) },
})

/** Each value just inside its constraint, beside values just outside. */
const edges: [member: string, inside: Change, outside: readonly Change[]][] = [
  ['poolName', { PoolName: 'a'.repeat(128) }, [{ PoolName: '' }, { PoolName: 'a'.repeat(129) }]],
  ['poolName', { PoolName: 'a b+=,.@-_\t9' }, [{ PoolName: 'a!' }, { PoolName: 'a\u00A0b' }]],
  ['minimumLength', policy({ MinimumLength: 6 }), [policy({ MinimumLength: 5 })]],
  ['minimumLength', policy({ MinimumLength: 99 }), [policy({ MinimumLength: 100 })]],
  [
    'passwordHistorySize',
    policy({ PasswordHistorySize: 24 }),
    [policy({ PasswordHistorySize: -1 }), policy({ PasswordHistorySize: 25 })],
  ],
  [
    'temporaryPasswordValidityDays',
    policy({ TemporaryPasswordValidityDays: 365 }),
    [policy({ TemporaryPasswordValidityDays: 366 }), policy({ TemporaryPasswordValidityDays: -1 })],
  ],
  [
    'allowedFirstAuthFactors',
    factors('PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'),
    [factors(), factors('PASSWORD', 'SOFTWARE_TOKEN')],
  ],
  [
    'deletionProtection',
    { DeletionProtection: 'ACTIVE' },
    [{ DeletionProtection: wrong('active') }],
  ],
  [
    'smsMessage',
    template({ SmsMessage: text(140) }),
    [
      template({ SmsMessage: text(141) }),
      template({ SmsMessage: 'no code' }),
      template({ SmsMessage: '{###}' }),
    ],
  ],
  [
    'emailMessage',
    template({ EmailMessage: text(20_000) }),
    [template({ EmailMessage: text(20_001) }), template({ EmailMessage: 'no code' })],
  ],
  [
    'emailMessageByLink',
    template({ EmailMessageByLink: 'Go {##there##} now' }),
    [template({ EmailMessageByLink: 'Go {#there#} now' })],
  ],
  [
    'emailSubject',
    template({ EmailSubject: 'a'.repeat(140) }),
    [template({ EmailSubject: '' }), template({ EmailSubject: 'a'.repeat(141) })],
  ],
  [
    'defaultEmailOption',
    template({ DefaultEmailOption: 'CONFIRM_WITH_LINK' }),
    [template({ DefaultEmailOption: 'CONFIRM_WITH_STAMP' })],
  ],
  [
    'smsAuthenticationMessage',
    { SmsAuthenticationMessage: text(6) },
    [{ SmsAuthenticationMessage: '123456' }],
  ],
  ['sMSMessage', invite({ SMSMessage: 'no code is needed' }), [invite({ SMSMessage: 'short' })]],
  ['emailMessage', invite({ EmailMessage: 'no code' }), [invite({ EmailMessage: 'short' })]],
  [
    'sourceArn',
    mail({ SourceArn: arn(2048) }),
    [mail({ SourceArn: arn(2049) }), mail({ SourceArn: 'arn:aws:ses:a:1' })],
  ],
  [
    'replyToEmailAddress',
    mail({ ReplyToEmailAddress: 'a@b' }),
    [mail({ ReplyToEmailAddress: 'a' }), mail({ ReplyToEmailAddress: 'a b@c' })],
  ],
  [
    'configurationSet',
    mail({ ConfigurationSet: 'a-b_9' }),
    [mail({ ConfigurationSet: 'a b' }), mail({ ConfigurationSet: 'a'.repeat(65) })],
  ],
  [
    'snsRegion',
    { SmsConfiguration: { SnsCallerArn: arn(60), SnsRegion: 'abcde' } },
    [{ SmsConfiguration: { SnsCallerArn: arn(60), SnsRegion: 'abcd' } }],
  ],
  [
    'callerArn',
    { SmsConfiguration: { EumsSms: { CallerArn: arn(60) } } },
    [{ SmsConfiguration: { EumsSms: { CallerArn: wrong(undefined) } } }],
  ],
  [
    'userPoolTags.key',
    tags({ ['k'.repeat(128)]: '' }),
    [tags({ ['k'.repeat(129)]: '' }), tags({ '': 'v' })],
  ],
  ['userPoolTags', tags({ k: 'v'.repeat(256) }), [tags({ k: 'v'.repeat(257) })]],
  [
    'userPoolTags',
    tags(Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, '']))),
    [tags(Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, ''])))],
  ],
  [
    'autoVerifiedAttributes',
    { AutoVerifiedAttributes: ['email'] },
    [{ AutoVerifiedAttributes: [wrong('name')] }],
  ],
  ['mfaConfiguration', { MfaConfiguration: 'OFF' }, [{ MfaConfiguration: wrong('REQUIRED') }]],
  [
    'recoveryMechanisms',
    mechanisms({ Priority: 2, Name: 'verified_email' }),
    [
      mechanisms(),
      mechanisms({ Priority: 3, Name: 'verified_email' }),
      mechanisms({ Priority: 1, Name: 'email' }),
      mechanisms({ Name: 'verified_email' }),
    ],
  ],
  [
    'advancedSecurityMode',
    { UserPoolAddOns: { AdvancedSecurityMode: 'OFF' } },
    [{ UserPoolAddOns: wrong({}) }],
  ],
  [
    'lambdaVersion',
    { LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V3_0', LambdaArn: arn(60) } } },
    [
      { LambdaConfig: { InboundFederation: { LambdaVersion: wrong('V2_0'), LambdaArn: arn(60) } } },
      { LambdaConfig: { PreTokenGenerationConfig: wrong({ LambdaArn: arn(60) }) } },
    ],
  ],
  [
    'acrValue',
    level('a'.repeat(64)),
    [level('a'.repeat(65)), level(''), level('a b'), level('a"b'), level('a\\b')],
  ],
  ['acrConfiguration.key', level('a', 'Level4'), [level('a', 'Level5')]],
  ['userPoolTier', { UserPoolTier: 'PLUS' }, [{ UserPoolTier: wrong('FREE') }]],
  [
    'keyType',
    { KeyConfiguration: { KeyType: 'AWS_OWNED_KEY' } },
    [{ KeyConfiguration: { KeyType: wrong('MINE') } }],
  ],
  [
    'type',
    { IssuerConfiguration: { Type: 'UPDATED' } },
    [{ IssuerConfiguration: { Type: wrong('NEW') } }],
  ],
  [
    'enableStatus',
    { DcrConfiguration: { EnableStatus: 'Disabled' } },
    [{ DcrConfiguration: { EnableStatus: wrong('DISABLED') } }],
  ],
  [
    'allowedScopes',
    { DcrConfiguration: { AllowedScopes: ['a'.repeat(256)] } },
    [
      { DcrConfiguration: { AllowedScopes: ['a'.repeat(257)] } },
      { DcrConfiguration: { AllowedScopes: ['a b'] } },
    ],
  ],
]

test.for(edges)('%s has its edges where the API has them', async ([member, inside, outside]) => {
  const { client } = await lab()
  await client.send(new sdk.UpdateUserPoolCommand({ UserPoolId: poolId, ...inside }))
  for (const change of outside) {
    const place = await lab()
    const words = await refused(place, poolId, change)
    expect(words).toMatch(/^InvalidParameterException: \d+ validation errors? detected: /u)
    expect(words).toContain(member)
  }
})

test('wrong types are told from wrong values', async () => {
  const change = policy({ MinimumLength: '8' })
  expect(await refused(await lab(), poolId, change)).toBe(
    'SerializationException: STRING_VALUE can not be converted to Integer',
  )
})
