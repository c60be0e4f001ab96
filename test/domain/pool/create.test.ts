import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/core/canonical.ts'
import { Refusal } from '../../../src/core/refusal.ts'
import { cloneBase } from '../../../src/domain/pool/clone.ts'
import { creationOf, startValues, USUAL } from '../../../src/domain/pool/create.ts'
import {
  cloneFacts,
  creationDifferences,
  creationFacts,
} from '../../../src/domain/pool/creation-words.ts'
import type { Wish } from '../../../src/domain/pool/create.ts'
import { valueAt } from '../../../src/domain/pool/paths.ts'
import { sectionNamed, SETTINGS } from '../../../src/domain/pool/settings.ts'
import { snapshotOf, valueFor } from './arbitrary.ts'
import { expectReadable, expectSentences, linesOf, wordsOf } from './sentences.ts'

const place = {
  id: 'new',
  name: 'dev-one',
  environment: 'dev',
  account: 'main',
  region: 'eu-west-1',
}
const DAYS = 'Policies.PasswordPolicy.TemporaryPasswordValidityDays'

const wish = (given: Partial<Wish> = {}): Wish => ({
  place,
  requestId: 'r1',
  signIn: 'email',
  authenticatorApps: false,
  secondFactor: 'OFF',
  shown: USUAL,
  values: startValues(USUAL),
  text: undefined,
  clone: undefined,
  ...given,
})

function refusalOf(given: Partial<Wish>): Refusal {
  try {
    creationOf(wish(given))
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('It was not refused.')
}

describe('a new pool from the form', () => {
  it('leaves nothing to Cognito’s own defaults, and carries the request’s tag', () => {
    expect(creationOf(wish())).toEqual({
      request: {
        PoolName: 'dev-one',
        Policies: {
          PasswordPolicy: {
            MinimumLength: 12,
            RequireUppercase: true,
            RequireLowercase: true,
            RequireNumbers: true,
            RequireSymbols: true,
            TemporaryPasswordValidityDays: 7,
          },
        },
        DeletionProtection: 'ACTIVE',
        UserPoolTier: 'ESSENTIALS',
        AutoVerifiedAttributes: ['email'],
        AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
        UsernameConfiguration: { CaseSensitive: false },
        UsernameAttributes: ['email'],
        UserPoolTags: { 'lifeguard:request': 'r1' },
      },
      mfa: undefined,
    })
  })

  it.each([
    ['email', { UsernameAttributes: ['email'] }],
    ['email_or_phone', { UsernameAttributes: ['email', 'phone_number'] }],
    ['username_or_email', { AliasAttributes: ['email'] }],
    ['username', {}],
  ])('people sign in with %s', (signIn, members) => {
    const { request } = creationOf(wish({ signIn }))
    const { AliasAttributes, UsernameAttributes } = request
    expect({
      ...(AliasAttributes && { AliasAttributes }),
      ...(UsernameAttributes && { UsernameAttributes }),
    }).toEqual(members)
  })

  it('holds every setting of a section that is filled in', () => {
    // The name and MFA have fields of their own; what belongs together is not filled in alone.
    const alone = [...SETTINGS.values()].filter(
      ({ path }) =>
        !/^(Name|MfaConfiguration|AutoVerifiedAttributes|LambdaConfig|SmsConfiguration|UserPoolAddOns|EmailConfiguration|KeyConfiguration|UserPoolTags|UserPoolTier)/.test(
          path,
        ),
    )
    fc.assert(
      fc.property(
        fc
          .constantFrom(...alone)
          .chain((setting) => valueFor(setting).map((value) => ({ setting, value }))),
        ({ setting, value }) => {
          const values = { [setting.name]: setting.kind.toForm(value) }
          const { request } = creationOf(wish({ shown: [setting], values }))
          const asked = setting.kind.fromForm(setting.kind.toForm(value))
          expect(valueAt(request, setting.path)).toEqual(asked)
        },
      ),
    )
  })

  it('keeps tags beside the request’s own', () => {
    const values = { ...startValues(USUAL), tags: 'env=dev\nteam=identity' }
    expect(creationOf(wish({ values })).request['UserPoolTags']).toEqual({
      env: 'dev',
      team: 'identity',
      'lifeguard:request': 'r1',
    })
  })

  it('may have SMS as its second factor where its delivery is set up', () => {
    const SnsCallerArn = 'arn:aws:iam::111111111111:role/sms'
    const text = JSON.stringify({
      SmsConfiguration: { SnsCallerArn },
      SmsAuthenticationMessage: 'Code {####}',
    })
    expect(creationOf(wish({ secondFactor: 'ON', text })).mfa).toEqual({
      MfaConfiguration: 'ON',
      SmsMfaConfiguration: {
        SmsConfiguration: { SnsCallerArn },
        SmsAuthenticationMessage: 'Code {####}',
      },
    })
    expect(creationOf(wish({ text })).mfa).toBeUndefined()
  })

  it('sets the second factor up in a second step', () => {
    const { request, mfa } = creationOf(wish({ secondFactor: 'OPTIONAL', authenticatorApps: true }))
    expect(request).not.toHaveProperty('MfaConfiguration')
    expect(mfa).toEqual({
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    })
  })
})

describe('settings as text', () => {
  it('win over the form, member by member', () => {
    const text = [
      'Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 30 } }',
      'UserPoolTags: { env: dev }',
      'Schema: [{ Name: plan, AttributeDataType: String }]',
    ].join('\n')
    const { request } = creationOf(wish({ text }))
    expect(valueAt(request, DAYS)).toBe(30)
    expect(valueAt(request, 'Policies.PasswordPolicy.MinimumLength')).toBe(12)
    expect(request['Schema']).toEqual([{ Name: 'plan', AttributeDataType: 'String' }])
    expect(request['UserPoolTags']).toEqual({ env: 'dev', 'lifeguard:request': 'r1' })
  })

  it('win over how people sign in by the form, too', () => {
    const { request } = creationOf(
      wish({ signIn: 'email', text: 'AliasAttributes: [phone_number]' }),
    )
    expect(request['AliasAttributes']).toEqual(['phone_number'])
    expect(request).not.toHaveProperty('UsernameAttributes')
  })

  it('never bring both validity settings', () => {
    const text = 'AdminCreateUserConfig: { UnusedAccountValidityDays: 30 }'
    expect(refusalOf({ text })).toMatchObject({
      field: 'settings',
      message: `AdminCreateUserConfig.UnusedAccountValidityDays is out of use: write ${DAYS}. No pool was created.`,
    })
  })

  it('are refused with the first faults, and how many more there are', () => {
    const names = ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon', 'Zeta', 'Eta']
    const text = names.map((name) => `${name}: 1`).join('\n')
    const { message } = refusalOf({ text })
    expect(message).toMatch(
      /^Alpha is no member .* Epsilon is no member of CreateUserPool\. And 2 more\. No pool was created\.$/,
    )
    expect(message).not.toContain('Zeta')
  })
})

describe('what cannot be', () => {
  it.each<[string, Partial<Wish>, string, string]>([
    [
      'a required second factor without one',
      { secondFactor: 'ON' },
      'second_factor',
      'A second factor that is asked for has to be there: tick authenticator apps, set up SMS delivery, or leave it off. No pool was created.',
    ],
    [
      'two answers to how people sign in',
      { text: 'AliasAttributes: [email]\nUsernameAttributes: [email]' },
      'settings',
      'People sign in with an e-mail or phone number instead of a username, or beside it, not both: give AliasAttributes or UsernameAttributes. No pool was created.',
    ],
    [
      'a value out of range, under its field',
      { values: { ...startValues(USUAL), minimum_length: 5 } },
      'minimum_length',
      'Minimum length is a whole number from 6 to 99. No pool was created.',
    ],
    [
      'a feature that the tier lacks, under its field where the form shows it',
      {
        shown: [...USUAL, ...(sectionNamed('add_ons')?.settings ?? [])],
        values: { ...startValues(USUAL), advanced_security_mode: 'AUDIT' },
      },
      'advanced_security_mode',
      'Threat protection needs the tier Plus. Choose Plus first, or turn it off. No pool was created.',
    ],
    [
      'the same under the text, when it came from there',
      { text: 'UserPoolAddOns: { AdvancedSecurityMode: AUDIT }' },
      'settings',
      'Threat protection needs the tier Plus. Choose Plus first, or turn it off. No pool was created.',
    ],
    [
      'codes as a first factor beside a required second',
      {
        secondFactor: 'ON',
        authenticatorApps: true,
        text: 'Policies: { SignInPolicy: { AllowedFirstAuthFactors: [PASSWORD, EMAIL_OTP] } }',
      },
      'settings',
      'With a required second factor people can begin with a password or a passkey only. Take the codes out, or make the second factor optional. No pool was created.',
    ],
    [
      'a tag without a value',
      { values: { ...startValues(USUAL), tags: 'env' } },
      'tags',
      'Tags needs a value for “env”. No pool was created.',
    ],
  ])('%s', (_what, given, field, message) => {
    expect(refusalOf(given)).toMatchObject({ field, message })
    expectSentences([message])
  })
})

const SOURCE = snapshotOf(
  {
    Id: 'eu-west-1_A1',
    Name: 'customers',
    MfaConfiguration: 'OFF',
    Policies: { PasswordPolicy: { MinimumLength: 10 } },
    UserPoolTags: { env: 'prod' },
    UsernameAttributes: ['email'],
    LambdaConfig: { PreSignUp: 'arn:aws:lambda:eu-west-1:111111111111:function:one' },
    SchemaAttributes: [{ Name: 'custom:plan', AttributeDataType: 'String' }],
  },
  { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } },
)

describe('a clone', () => {
  const base = cloneBase(SOURCE, place, { triggers: false })
  const made = (given: Partial<Wish>) =>
    creationOf(wish({ clone: base, shown: [], values: {}, ...given }))

  it('is what the source is, and its second factor', () => {
    const { request, mfa } = made({})
    expect(request).toMatchObject({
      PoolName: 'dev-one',
      UsernameAttributes: ['email'],
      Schema: [{ Name: 'plan', AttributeDataType: 'String' }],
      UserPoolTags: { env: 'prod', 'lifeguard:request': 'r1' },
    })
    expect(mfa).toEqual(SOURCE.mfa)
  })

  it('says what is different from the source', () => {
    const text = 'Policies: { PasswordPolicy: { MinimumLength: 14 } }\nUserPoolTags: { env: dev }'
    expect(linesOf(cloneFacts('customers', base, made({ text })))).toEqual([
      'Different from customers: Minimum length: 10 characters → 14 characters',
      'Different from customers: Tags: env=prod → env=dev',
    ])
  })

  it('has none of what is emptied in the form, and keeps what no form can show', () => {
    const shown = sectionNamed('tags')?.settings ?? []
    expect(made({ shown }).request['UserPoolTags']).toEqual({ 'lifeguard:request': 'r1' })
    const odd = { ...SOURCE, settings: { ...SOURCE.settings, UserPoolTags: { 'a=b': 'c' } } }
    const clone = cloneBase(odd, place, { triggers: false })
    expect(made({ shown, clone }).request['UserPoolTags']).toEqual({
      'a=b': 'c',
      'lifeguard:request': 'r1',
    })
  })

  it('is carried as it is, and checked where it is changed', () => {
    const odd = {
      ...SOURCE.settings,
      UserPoolTier: 'ULTRA',
      AdminCreateUserConfig: { InviteMessageTemplate: { EmailMessage: 'Welcome, all of you' } },
    }
    const clone = cloneBase({ ...SOURCE, settings: odd }, place, { triggers: false })
    expect(made({ clone }).request).toMatchObject({ UserPoolTier: 'ULTRA' })
    const text = 'UserPoolTier: MEGA'
    expect(refusalOf({ clone, shown: [], values: {}, text }).message).toMatch(
      /^UserPoolTier is one of/,
    )
  })

  it('says so when nothing else is different', () => {
    expect(linesOf(cloneFacts('customers', base, made({})))).toEqual([
      'Different from customers: The name, and what is not cloned.',
    ])
  })
})

describe('a new pool in words', () => {
  it('tells everything that is sent', () => {
    const text = 'Schema: [{ Name: plan, AttributeDataType: String, Mutable: false }]'
    const creation = creationOf(
      wish({ text, secondFactor: 'ON', authenticatorApps: true, values: startValues(USUAL) }),
    )
    const lines = linesOf(creationFacts(creation))
    expect(lines).toContain('Temporary password validity: 7 days')
    expect(lines).toContain('Letter case counts in names: no')
    expect(lines).toContain('Tags: lifeguard:request=r1')
    expect(lines).toContain('Attribute plan: text, cannot be changed later')
    expect(lines).toContain('Second factor, in a second step: Required, with authenticator apps')
    expectReadable(wordsOf(creationFacts(creation)))
  })
})

describe('what came of it', () => {
  const { request } = creationOf(wish())

  it('is as it was asked for when Cognito adds more', () => {
    const found: JsonObject = {
      ...request,
      Name: 'dev-one',
      AutoVerifiedAttributes: ['email'],
      UserPoolTags: { ...(request['UserPoolTags'] as JsonObject), 'aws:x': '1' },
      EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
    }
    expect(creationDifferences(request, found)).toEqual([])
  })

  it('is told where it differs', () => {
    const found = { ...request, DeletionProtection: 'INACTIVE', UserPoolTags: {} }
    expect(linesOf(creationDifferences(request, found))).toEqual([
      'Deletion protection: On asked for, Off found',
      'Tags: lifeguard:request=r1 asked for, none found',
    ])
  })
})
