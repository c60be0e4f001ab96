import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { Json, JsonObject } from '../../../src/core/canonical.ts'
import { withValue } from '../../../src/domain/pool/paths.ts'
import { parseSettings } from '../../../src/domain/pool/settings-text.ts'
import { SETTINGS } from '../../../src/domain/pool/settings.ts'
import { valueFor } from './arbitrary.ts'
import { legalValue, membersOf } from './sdk-schema.ts'
import { expectSentences } from './sentences.ts'

const creatable = membersOf('CreateUserPoolRequest$')
const written = (path: string, value: Json): JsonObject => withValue({}, path, value)
const faultsOf = (value: Json) => parseSettings(JSON.stringify(value)).faults

/** A value that Cognito takes for what only a new pool can be given. */
const CREATE_VALUES: Readonly<Record<string, Json>> = {
  AliasAttributes: ['email', 'preferred_username'],
  UsernameAttributes: ['phone_number'],
  'UsernameConfiguration.CaseSensitive': false,
  Schema: [{ Name: 'plan', AttributeDataType: 'String' }],
}

/** Members that the text does not take, and what is said of them. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  PoolName: 'PoolName has a field of its own: leave it out.',
  MfaConfiguration: 'MfaConfiguration is chosen in the form as the second factor: leave it out.',
  SmsVerificationMessage:
    'SmsVerificationMessage is out of use: write VerificationMessageTemplate.SmsMessage.',
  EmailVerificationMessage:
    'EmailVerificationMessage is out of use: write VerificationMessageTemplate.EmailMessage.',
  EmailVerificationSubject:
    'EmailVerificationSubject is out of use: write VerificationMessageTemplate.EmailSubject.',
  'AdminCreateUserConfig.UnusedAccountValidityDays':
    'AdminCreateUserConfig.UnusedAccountValidityDays is out of use: write Policies.PasswordPolicy.TemporaryPasswordValidityDays.',
}

function legal(path: string): Json {
  const setting = SETTINGS.get(path)
  return setting ? legalValue(setting) : (CREATE_VALUES[path] ?? 'no value is known')
}

const taken = creatable.filter((path) => !(path in ELSEWHERE))

describe('every member of CreateUserPool', () => {
  it('is either taken or said to be elsewhere', () => {
    expect(Object.keys(ELSEWHERE).filter((path) => !creatable.includes(path))).toEqual([])
    expect(creatable.length).toBeGreaterThan(80)
  })

  it.each(taken)('%s is taken with a value that Cognito takes, in JSON and YAML', (path) => {
    const settings = written(path, legal(path))
    expect(parseSettings(JSON.stringify(settings))).toEqual({ settings })
    expect(parseSettings(stringify(settings))).toEqual({ settings })
  })

  it.each(taken)('%s is refused by its path with anything else', (path) => {
    // What no member can be, so that each has to look at its value.
    for (const wrong of [{ unheard: 7 }, 1e9, [17], null]) {
      const faults = faultsOf(written(path, wrong)) ?? []
      expect(faults, JSON.stringify(wrong)).not.toEqual([])
      for (const fault of faults) expect(fault.startsWith(path), fault).toBe(true)
      expectSentences(faults)
    }
  })

  it.each(Object.entries(ELSEWHERE))('%s: %s', (path, sentence) => {
    expect(faultsOf(written(path, 'x'))).toEqual([sentence])
  })

  it('is taken with whatever value the form could give it', () => {
    const anyOne = fc
      .constantFrom(
        ...[...SETTINGS.values()].filter(({ path }) => !(path in ELSEWHERE) && path !== 'Name'),
      )
      .chain((setting) => valueFor(setting).map((value) => written(setting.path, value)))
    fc.assert(
      fc.property(anyOne, (settings) => {
        expect(parseSettings(JSON.stringify(settings))).toEqual({ settings })
      }),
    )
  })
})

const days = 'Policies.PasswordPolicy.TemporaryPasswordValidityDays'

describe('what is wrong, in words', () => {
  it.each<[string, Json, string]>([
    [
      'out of range',
      { Policies: { PasswordPolicy: { MinimumLength: 5 } } },
      'Policies.PasswordPolicy.MinimumLength is a whole number from 6 to 99.',
    ],
    [
      'a number in quotes',
      { Policies: { PasswordPolicy: { MinimumLength: '8' } } },
      'Policies.PasswordPolicy.MinimumLength is a whole number from 6 to 99.',
    ],
    [
      'no days',
      { Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 0 } } },
      `${days} is a whole number from 1 to 365. Cognito takes 0 for not set: then UnusedAccountValidityDays counts if the pool has it, else 7 days.`,
    ],
    [
      'too many days',
      { Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 366 } } },
      `${days} is a whole number from 1 to 365. Cognito takes 0 for not set: then UnusedAccountValidityDays counts if the pool has it, else 7 days.`,
    ],
    [
      'a word for a switch',
      { Policies: { PasswordPolicy: { RequireNumbers: 'yes' } } },
      'Policies.PasswordPolicy.RequireNumbers is yes or no: write true or false.',
    ],
    [
      'not one of the values',
      { UserPoolTier: 'BASIC' },
      'UserPoolTier is one of LITE, ESSENTIALS, PLUS.',
    ],
    [
      'twice the same',
      { AutoVerifiedAttributes: ['email', 'email'] },
      'AutoVerifiedAttributes is a list of email, phone_number, each once.',
    ],
    [
      'none where one is needed',
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: [] } } },
      'Policies.SignInPolicy.AllowedFirstAuthFactors is a list of PASSWORD, EMAIL_OTP, SMS_OTP, WEB_AUTHN, each once, and at least one.',
    ],
    [
      'a number for a text',
      { EmailConfiguration: { From: 7 } },
      'EmailConfiguration.From is a text: put it in quotes.',
    ],
    [
      'too long',
      { SmsAuthenticationMessage: `{####}${'x'.repeat(140)}` },
      'SmsAuthenticationMessage has 6 to 140 characters.',
    ],
    [
      'without its placeholder',
      { SmsAuthenticationMessage: 'Your code' },
      'SmsAuthenticationMessage has to hold {####}, where the code goes.',
    ],
    [
      'no ARN',
      { LambdaConfig: { PreSignUp: 'my-function-of-old-days' } },
      'LambdaConfig.PreSignUp is an ARN, such as arn:aws:lambda:eu-west-1:123456789012:function:name.',
    ],
    ['no map', { UserPoolTags: ['env'] }, 'UserPoolTags is a map of keys and values.'],
    [
      'a number for a tag',
      { UserPoolTags: { cost: 4711 } },
      'UserPoolTags needs a text for “cost”: put it in quotes.',
    ],
    [
      'a tag without a value',
      { UserPoolTags: { env: null } },
      'UserPoolTags needs a value for “env”.',
    ],
    [
      'a tag that is too long',
      { UserPoolTags: { env: 'x'.repeat(257) } },
      'UserPoolTags has keys of 1 to 128 characters and values of up to 256: “env” does not fit.',
    ],
    [
      'a tag of AWS',
      { UserPoolTags: { 'aws:x': '1' } },
      'UserPoolTags has a key of AWS itself, “aws:x”: leave it out.',
    ],
    [
      'a level that is none',
      { AcrConfiguration: { Level5: { AcrValue: 'gold' } } },
      'AcrConfiguration gives each of Level1 to Level4 a name of its own (AcrValue) of 1 to 256 characters.',
    ],
    [
      'one name for two levels',
      { AcrConfiguration: { Level1: { AcrValue: 'gold' }, Level2: { AcrValue: 'gold' } } },
      'AcrConfiguration gives each of Level1 to Level4 a name of its own (AcrValue) of 1 to 256 characters.',
    ],
    [
      'a structure without its members',
      { Policies: 8 },
      'Policies has members of its own: write them below it.',
    ],
    [
      'an empty line',
      { Policies: { PasswordPolicy: null } },
      'Policies.PasswordPolicy has members of its own: write them below it.',
    ],
    [
      'misspelt',
      { DeletionProtecion: 'ACTIVE' },
      'DeletionProtecion is no member of CreateUserPool. Did you mean "DeletionProtection"?',
    ],
    [
      'misspelt inside',
      { Policies: { PasswordPolicy: { MinimumLenght: 8 } } },
      'Policies.PasswordPolicy.MinimumLenght is no member of CreateUserPool. Did you mean "Policies.PasswordPolicy.MinimumLength"?',
    ],
    ['an empty structure of no name', { Nothing: {} }, 'Nothing is no member of CreateUserPool.'],
    [
      'a member of every object in JavaScript',
      { constructor: 'x' },
      'constructor is no member of CreateUserPool.',
    ],
    [
      'the prototype',
      JSON.parse('{"__proto__": {"a": 1}}') as Json,
      '__proto__ is no member of CreateUserPool.',
    ],
  ])('%s', (_what, value, sentence) => {
    expect(faultsOf(value)).toEqual([sentence])
  })

  it.each([
    [[{ Name: 'verified_email' }]],
    [[{ Name: 'verified_email', Priority: 2 }]],
    [[{ Name: 'verified_email', Priority: 1, More: 1 }]],
    [['verified_email']],
    [['x', { Name: 'verified_email', Priority: 1 }]],
    [
      [
        { Name: 'admin_only', Priority: 1 },
        { Name: 'verified_email', Priority: 2 },
      ],
    ],
    [[{ Name: 'by_post', Priority: 1 }]],
    [[]],
  ])('ways to recover an account that are none: %j', (ways) => {
    expect(faultsOf({ AccountRecoverySetting: { RecoveryMechanisms: ways } })).toEqual([
      'AccountRecoverySetting.RecoveryMechanisms is a list of verified_email, verified_phone_number or both, or of admin_only alone, each as a Name with a Priority from 1.',
    ])
  })

  it('ways to recover an account may stand in any order', () => {
    const RecoveryMechanisms = [
      { Priority: 2, Name: 'verified_email' },
      { Name: 'verified_phone_number', Priority: 1 },
    ]
    expect(faultsOf({ AccountRecoverySetting: { RecoveryMechanisms } })).toBeUndefined()
  })

  it('everything that is wrong, each once, in the order of the text', () => {
    expect(faultsOf({ UserPoolTier: 1, Foo: 2, Schema: 3, DeletionProtection: 'ACTIVE' })).toEqual([
      'UserPoolTier is one of LITE, ESSENTIALS, PLUS.',
      'Foo is no member of CreateUserPool.',
      'Schema is a list of attributes, each with a Name.',
    ])
  })

  it.each(['', '# later', 'DeletionProtection', '- a', '[]', '7'])(
    'no members at all: %j',
    (text) => {
      expect(parseSettings(text)).toEqual({
        faults: ['Write members of CreateUserPool, such as DeletionProtection: ACTIVE.'],
      })
    },
  )

  it('a text that cannot be read, by its line', () => {
    expect(parseSettings('UserPoolTier: PLUS\nUserPoolTier: LITE').faults).toEqual([
      'Line 2 cannot be read: this member is there twice. Keep one.',
    ])
  })

  it('structures that are empty are nothing to complain about', () => {
    expect(parseSettings('LambdaConfig: {}\nUserPoolTags: {}').faults).toBeUndefined()
  })
})
