import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/core/canonical.ts'
import type { PoolSnapshot } from '../../../src/core/directory.ts'
import { Refusal } from '../../../src/core/refusal.ts'
import { cloneBase } from '../../../src/domain/pool/clone.ts'
import { leavesOf, valueAt } from '../../../src/domain/pool/paths.ts'
import { EXCEPTIONS, modern } from '../../../src/domain/pool/round-trip.ts'
import { schemaToCreate } from '../../../src/domain/pool/schema.ts'
import { anySnapshot, snapshotOf } from './arbitrary.ts'
import { membersOf, withEveryMember } from './sdk-schema.ts'
import { expectReadable } from './sentences.ts'

const HERE = { id: 'new', name: 'twin', environment: 'prod', account: 'main', region: 'eu-west-1' }
const ELSEWHERE = { ...HERE, region: 'us-east-1' }
const OTHER_ACCOUNT = { ...HERE, account: 'second' }
const FACTORS = 'Policies.SignInPolicy.AllowedFirstAuthFactors'
const NOT_PART =
  'Users, groups, app clients, domains, identity providers, resource servers, branding, risk and log settings are not part of a pool’s settings and are not cloned.'

const FUNCTION = 'arn:aws:lambda:eu-west-1:111111111111:function:one'
const ROLE = 'arn:aws:iam::111111111111:role/sms'
const IDENTITY = 'arn:aws:ses:eu-west-1:111111111111:identity/example.com'

const source = (settings: JsonObject = {}, mfa?: JsonObject): PoolSnapshot =>
  snapshotOf({ Id: 'eu-west-1_A1', Name: 'one', MfaConfiguration: 'OFF', ...settings }, mfa)
const clone = (from: PoolSnapshot, place = HERE, triggers = false) =>
  cloneBase(from, place, { triggers })

/** Members that say which pool it is or how it fares: no clone has them. */
const NEVER = new Set(
  Object.entries(EXCEPTIONS)
    .filter(([, why]) => /read-only|of its own|renamed/.test(why))
    .map(([name]) => name),
)

describe('every member of a pool', () => {
  it('comes along, or is named as left, or belongs to the one pool alone', () => {
    fc.assert(
      fc.property(anySnapshot, fc.boolean(), (from, triggers) => {
        const { request, left } = clone(from, HERE, triggers)
        const kept = leavesOf(request)
        for (const [path, value] of leavesOf(modern(from.settings))) {
          const [member = ''] = path.split('.')
          if (NEVER.has(member) || member === 'MfaConfiguration') continue
          const named = left.some((one) => LEFT[member]?.test(one) ?? LEFT[path]?.test(one))
          expect(named || JSON.stringify(kept.get(path)) === JSON.stringify(value), path).toBe(true)
        }
      }),
    )
  })

  it('of the SDK’s schema has its place too', () => {
    const from = snapshotOf(withEveryMember('UserPoolType$'), {
      ...withEveryMember('GetUserPoolMfaConfigResponse$'),
      MfaConfiguration: 'OFF',
    })
    const { request } = clone(
      { ...from, settings: { ...from.settings, UserPoolTags: { a: 'b' } } },
      HERE,
      true,
    )
    const created = new Set(Object.keys(request))
    const absent = membersOf('CreateUserPoolRequest$')
      .map((path) => path.split('.')[0] ?? '')
      .filter((name) => !created.has(name))
    expect([...new Set(absent)].toSorted()).toEqual([
      'DcrConfiguration',
      'EmailVerificationMessage',
      'EmailVerificationSubject',
      'PoolName',
      'SmsVerificationMessage',
    ])
    expect([...created].filter((name) => NEVER.has(name))).toEqual([])
    expect(valueAt(request, 'AdminCreateUserConfig.UnusedAccountValidityDays')).toBeUndefined()
  })

  it('that is set when a pool is created comes along as it is', () => {
    const own = { AliasAttributes: ['email'], UsernameConfiguration: { CaseSensitive: true } }
    expect(clone(source(own)).request).toMatchObject(own)
    expect(clone(source({ UsernameAttributes: ['email'] })).request).toMatchObject({
      UsernameAttributes: ['email'],
    })
    // Absent means case counts, and is not said.
    expect(clone(source()).request).not.toHaveProperty('UsernameConfiguration')
  })
})

/** How a member that stays behind is named. */
const LEFT: Readonly<Record<string, RegExp>> = {
  LambdaConfig: /^Lambda triggers: /,
  DcrConfiguration: /^Dynamic client registration: /,
  [FACTORS]: /^First sign-in factors beyond the password: /,
}

describe('what cannot come along is named', () => {
  it.each<[string, PoolSnapshot, typeof HERE, boolean, readonly string[]]>([
    ['nothing but what is no setting', source(), HERE, false, []],
    [
      'triggers',
      source({ LambdaConfig: { PreSignUp: FUNCTION } }),
      HERE,
      false,
      ['Lambda triggers: each needs a permission for the new pool first.'],
    ],
    [
      'the permissions of triggers',
      source({ LambdaConfig: { PreSignUp: FUNCTION } }),
      HERE,
      true,
      ['The permissions of Lambda triggers: give one for the new pool to each before it is used.'],
    ],
    [
      'triggers of another region, even when they are asked for',
      source({ LambdaConfig: { PreSignUp: FUNCTION } }),
      ELSEWHERE,
      true,
      ['Lambda triggers: their functions belong to the other account or region.'],
    ],
    ['no triggers where there are none', source({ LambdaConfig: {} }), ELSEWHERE, true, []],
    [
      'client registration',
      source({ DcrConfiguration: { EnableStatus: 'Enabled' } }),
      HERE,
      false,
      ['Dynamic client registration: turn it on afterwards if it is wanted.'],
    ],
    [
      'what belongs to another account',
      source({
        SmsConfiguration: { SnsCallerArn: ROLE },
        EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn: IDENTITY },
        KeyConfiguration: { KeyType: 'CUSTOMER_MANAGED_KEY', KmsKeyArn: FUNCTION },
      }),
      OTHER_ACCOUNT,
      false,
      [
        'SMS delivery: its role belongs to the other account or region.',
        'The encryption key: it belongs to the other account or region.',
        'E-mail delivery: its SES identity belongs to the other account or region.',
      ],
    ],
    [
      'first factors beyond the password',
      source({
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
      }),
      HERE,
      false,
      ['First sign-in factors beyond the password: choose them afterwards with update-pool.'],
    ],
    [
      'passkeys',
      source(
        {},
        { MfaConfiguration: 'OFF', WebAuthnConfiguration: { RelyingPartyId: 'a.example' } },
      ),
      HERE,
      false,
      ['Passkeys: their domain belongs to the other pool.'],
    ],
    [
      'second factors that lose their delivery',
      source(
        {
          SmsConfiguration: { SnsCallerArn: ROLE },
          EmailConfiguration: { SourceArn: IDENTITY },
          MfaConfiguration: 'ON',
        },
        {
          MfaConfiguration: 'ON',
          SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: ROLE } },
          EmailMfaConfiguration: { Subject: 'Code' },
          SoftwareTokenMfaConfiguration: { Enabled: false },
        },
      ),
      ELSEWHERE,
      false,
      [
        'SMS delivery: its role belongs to the other account or region.',
        'E-mail delivery: its SES identity belongs to the other account or region.',
        'SMS as a second factor: its role belongs to the other account or region.',
        'E-mail as a second factor: its SES identity belongs to the other account or region.',
        'The second factor: none is left, so the new pool asks for none.',
      ],
    ],
  ])('%s', (_what, from, place, triggers, left) => {
    const base = clone(from, place, triggers)
    expect(base.left).toEqual([...left, NOT_PART])
    expectReadable(base.left)
  })

  it('and no ARN of the old place goes into a new one', () => {
    fc.assert(
      fc.property(anySnapshot, fc.constantFrom(ELSEWHERE, OTHER_ACCOUNT), (from, place) => {
        const { request, mfa } = clone(from, place, true)
        const { UserPoolTags: _tags, ...settings } = request
        expect(JSON.stringify([settings, mfa])).not.toMatch(/arn:aws:(lambda|iam|kms)/)
      }),
    )
  })
})

describe('what Cognito itself sends', () => {
  it('comes along into another region', () => {
    const EmailConfiguration = {
      EmailSendingAccount: 'COGNITO_DEFAULT',
      ReplyToEmailAddress: 'a@b.c',
    }
    const { request, left } = clone(source({ EmailConfiguration }), ELSEWHERE)
    expect(request['EmailConfiguration']).toEqual(EmailConfiguration)
    expect(left).toEqual([NOT_PART])
  })
})

describe('the second factor', () => {
  const APP = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } }

  it('is a second step: the pool is created without', () => {
    const { request, mfa } = clone(source({ MfaConfiguration: 'ON' }, APP))
    expect(request['MfaConfiguration']).toBe('OFF')
    expect(mfa).toEqual(APP)
  })

  it('keeps what is left in another region', () => {
    const sms = { SmsConfiguration: { SnsCallerArn: ROLE } }
    const from = source({ ...sms, MfaConfiguration: 'ON' }, { ...APP, SmsMfaConfiguration: sms })
    expect(clone(from, ELSEWHERE).mfa).toEqual(APP)
    expect(clone(from).mfa).toEqual({ ...APP, SmsMfaConfiguration: sms })
  })

  it('needs no step where none is set up', () => {
    const off = { MfaConfiguration: 'OFF', SoftwareTokenMfaConfiguration: { Enabled: false } }
    expect(clone(source({}, off))).toMatchObject({ mfa: undefined, left: [NOT_PART] })
  })
})

describe('attributes of a clone', () => {
  const STANDARD = {
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: false,
    AttributeDataType: 'String',
    StringAttributeConstraints: { MinLength: '0', MaxLength: '2048' },
  }

  it('are those that Cognito does not make by itself, without their prefixes', () => {
    const { schema, fault } = schemaToCreate([
      { Name: 'sub', ...STANDARD },
      { Name: 'identities', ...STANDARD },
      { Name: 'nickname', ...STANDARD },
      { Name: 'email', ...STANDARD, Required: true },
      { Name: 'custom:plan', AttributeDataType: 'String' },
      { Name: 'dev:custom:seats', AttributeDataType: 'Number' },
    ])
    expect(fault).toBeUndefined()
    expect(schema).toEqual([
      { Name: 'email', ...STANDARD, Required: true },
      { Name: 'plan', AttributeDataType: 'String' },
      { Name: 'seats', AttributeDataType: 'Number', DeveloperOnlyAttribute: true },
    ])
    expect(schemaToCreate(undefined)).toEqual({ schema: [], fault: undefined })
  })

  it.each([
    [
      Array.from({ length: 51 }, (_, nth) => ({ Name: `custom:a${nth}` })),
      'A pool is created with at most 50 attributes, and this one has 51 of its own. Create it with fewer and add the rest with AddCustomAttributes. No pool was created.',
    ],
    [
      [{ Name: `custom:${'x'.repeat(21)}` }],
      `The attribute ${'x'.repeat(21)} has a name of more than 20 characters, which Cognito no longer takes. Create the pool from the form instead. No pool was created.`,
    ],
  ])('that cannot be made stop it (%#)', (SchemaAttributes, sentence) => {
    expect(refusalOf(source({ SchemaAttributes }))).toMatchObject({
      field: 'clone_of',
      message: sentence,
    })
  })
})

describe('a pool with settings that the SDK does not know', () => {
  it('is not cloned', () => {
    expect(refusalOf({ ...source(), unknown: ['Brand', 'SchemaAttributes[0].X'] })).toMatchObject({
      field: 'clone_of',
      message:
        'one has settings that this version of Lifeguard does not know and would lose: Brand, SchemaAttributes[0].X. No pool was created. Upgrade Lifeguard, then try again.',
    })
  })
})

function refusalOf(from: PoolSnapshot): Refusal {
  try {
    clone(from)
  } catch (error) {
    if (error instanceof Refusal) return error
  }
  throw new Error('It was not refused.')
}
