import { describe, expect, it } from 'vitest'
import { Refusal } from '../../../src/core/refusal.ts'
import {
  creationDifferences,
  creationFacts,
  creationOf,
  REQUEST_TAG,
  startValues,
  USUAL,
} from '../../../src/domain/pool/create.ts'
import type { Wish } from '../../../src/domain/pool/create.ts'

const wish = (about: Partial<Wish> = {}): Wish => ({
  place: {
    id: 'new',
    name: 'dev-partners',
    environment: 'dev',
    account: 'main',
    region: 'eu-west-1',
  },
  requestId: 'r1',
  signIn: 'email',
  authenticatorApps: false,
  secondFactor: 'OFF',
  shown: USUAL,
  values: startValues(USUAL),
  text: undefined,
  clone: undefined,
  ...about,
})

describe('a new pool', () => {
  it('is sent whole: nothing is left to Cognito’s own defaults, and it carries the request’s tag', () => {
    expect(creationOf(wish())).toEqual({
      mfa: undefined,
      request: {
        PoolName: 'dev-partners',
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
        UserPoolTags: { [REQUEST_TAG]: 'r1' },
      },
    })
  })

  it('takes what the form says, and the text before the form', () => {
    const values = { ...startValues(USUAL), minimum_length: 20, tags: 'team=identity' }
    const { request } = creationOf(
      wish({ values, text: 'Policies: { PasswordPolicy: { MinimumLength: 30 } }' }),
    )
    expect(request).toMatchObject({
      Policies: { PasswordPolicy: { MinimumLength: 30, RequireNumbers: true } },
    })
  })

  it('sets a second factor up in a second step', () => {
    expect(creationOf(wish({ secondFactor: 'ON', authenticatorApps: true })).mfa).toEqual({
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    })
  })

  it.each<[string, Partial<Wish>, string, RegExp]>([
    [
      'a second factor that is not there',
      { secondFactor: 'ON' },
      'second_factor',
      /tick authenticator apps/,
    ],
    [
      'two ways to sign in',
      { text: 'AliasAttributes: [email]' },
      'settings',
      /AliasAttributes or UsernameAttributes/,
    ],
    [
      'what the tier lacks',
      { text: 'UserPoolTier: LITE\nPolicies: { PasswordPolicy: { PasswordHistorySize: 3 } }' },
      'user_pool_tier',
      /Lite remembers no earlier passwords.*No pool was created/,
    ],
    [
      'an unknown member of the text',
      { text: 'PasswordPolicy: { MinimumLength: 8 }' },
      'settings',
      /PasswordPolicy\.MinimumLength is no member of CreateUserPool/,
    ],
  ])('is refused with the field: %s', (_what, about, field, words) => {
    const attempt = () => creationOf(wish(about))
    expect(attempt).toThrow(words)
    expect(attempt).toThrow(Refusal)
    try {
      attempt()
    } catch (error) {
      expect((error as Refusal).field).toBe(field)
    }
  })

  it('is told in words', () => {
    const text = creationFacts(creationOf(wish({ text: 'Schema: [{ Name: seats }]' })))
      .map((fact) => `${fact.term}: ${fact.text}`)
      .join('\n')
    expect(text).toContain('Minimum length: 12 characters')
    expect(text).toContain('Deletion protection: On')
    expect(text).toContain('Attributes of its own: seats')
  })
})

describe('what was made', () => {
  const { request } = creationOf(wish())

  it('is as asked for when Cognito only adds to it', () => {
    const { PoolName: Name, ...rest } = request
    const settings = {
      ...rest,
      Name: Name ?? null,
      LambdaConfig: {},
      UserPoolTags: { [REQUEST_TAG]: 'r1', 'aws:stack': 'x' },
    }
    expect(creationDifferences(request, settings)).toEqual([])
  })

  it('is told where it is not', () => {
    const settings = { ...request, DeletionProtection: 'INACTIVE' }
    expect(creationDifferences(request, settings)).toEqual([
      { term: 'Deletion protection', text: 'On asked for, Off found' },
    ])
  })
})
