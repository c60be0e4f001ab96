import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/core/canonical.ts'
import type { PoolRef, PoolSnapshot } from '../../../src/core/directory.ts'
import { Refusal } from '../../../src/core/refusal.ts'
import { cloneBase } from '../../../src/domain/pool/clone.ts'
import { cloneFacts, creationOf } from '../../../src/domain/pool/create.ts'
import { leavesOf, valueAt } from '../../../src/domain/pool/paths.ts'
import { CREATE_ONLY, EXCEPTIONS, modern } from '../../../src/domain/pool/round-trip.ts'
import { anySnapshot, snapshotOf } from './arbitrary.ts'
import { creatable } from './sdk-members.ts'

const HERE: PoolRef = {
  id: 'new',
  name: 'dev-copy',
  environment: 'dev',
  account: 'main',
  region: 'eu-west-1',
}
const THERE: PoolRef = { ...HERE, region: 'us-east-1' }
const pool = (settings: JsonObject, mfa: JsonObject = { MfaConfiguration: 'OFF' }) =>
  snapshotOf({ Id: 'eu-west-1_A1', Name: 'one', ...settings }, mfa)
const base = (source: PoolSnapshot, place = HERE, triggers = false) =>
  cloneBase(source, place, { triggers })

const OWN_PLACE = ['SmsConfiguration', 'EmailConfiguration', 'KeyConfiguration']
const SAFER = new Set(['MfaConfiguration', 'Policies.SignInPolicy.AllowedFirstAuthFactors'])

describe('a clone', () => {
  it.each([
    ['in the same place', HERE, ['LambdaConfig', 'DcrConfiguration']],
    ['elsewhere', THERE, ['LambdaConfig', 'DcrConfiguration', ...OWN_PLACE]],
  ])('%s carries every setting, or says that it does not', (_where, place, out) => {
    const members = new Set(creatable.map((path) => path.split('.')[0]))
    fc.assert(
      fc.property(anySnapshot, (source) => {
        const { request, left } = base(source, place)
        for (const name of Object.keys(request)) expect(members.has(name), name).toBe(true)
        for (const [path, value] of leavesOf(modern(source.settings))) {
          const [member = ''] = path.split('.')
          if (member in EXCEPTIONS || SAFER.has(path)) continue
          if (out.includes(member)) expect(valueAt(request, path)).toBeUndefined()
          else expect(valueAt(request, path), path).toEqual(value)
        }
        for (const member of out.filter((name) => source.settings[name] !== undefined))
          if (leavesOf(modern(source.settings)[member] as JsonObject).size > 0)
            expect(left.join(' '), member).toMatch(SAYS[member] ?? /never/)
      }),
      { numRuns: 100 },
    )
  })

  const SAYS: Readonly<Record<string, RegExp>> = {
    LambdaConfig: /Lambda triggers/,
    DcrConfiguration: /Dynamic client registration/,
    SmsConfiguration: /SMS delivery/,
    EmailConfiguration: /E-mail delivery/,
    KeyConfiguration: /encryption key/,
  }

  it('takes what is set for good, and attributes without their prefix', () => {
    const source = pool({
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      SchemaAttributes: [
        { Name: 'sub', AttributeDataType: 'String' },
        { Name: 'custom:seats', AttributeDataType: 'Number', Mutable: true },
        { Name: 'dev:custom:secret', AttributeDataType: 'String' },
      ],
    })
    expect(base(source).request).toMatchObject({
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      Schema: [
        { Name: 'seats', AttributeDataType: 'Number' },
        { Name: 'secret', DeveloperOnlyAttribute: true },
      ],
    })
    for (const name of CREATE_ONLY.filter((one) => one !== 'SchemaAttributes'))
      expect(creatable.some((path) => path.startsWith(name))).toBe(true)
  })

  it('brings triggers along only when that is asked for, with what they need', () => {
    const source = pool({ LambdaConfig: { PreSignUp: 'arn:aws:lambda:eu-west-1:1:function:a' } })
    expect(base(source).request['LambdaConfig']).toBeUndefined()
    const { request, left } = base(source, HERE, true)
    expect(request['LambdaConfig']).toEqual(source.settings['LambdaConfig'])
    expect(left[0]).toContain('needs a permission for the new pool')
    expect(base(source, THERE, true).request['LambdaConfig']).toBeUndefined()
  })

  it('sets the second factor up in a second step, without what belongs elsewhere', () => {
    const mfa = {
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
      WebAuthnConfiguration: { RelyingPartyId: 'example.com' },
    }
    const { request, mfa: second, left } = base(pool({ MfaConfiguration: 'ON' }, mfa))
    expect(request['MfaConfiguration']).toBe('OFF')
    expect(second).toEqual({
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    })
    expect(left).toContain('Passkeys: their domain belongs to the other pool.')
  })

  it('always names what is no part of a pool’s settings', () => {
    expect(base(pool({})).left.at(-1)).toMatch(/Users, groups, app clients, domains/)
  })

  it.each<[string, PoolSnapshot, RegExp]>([
    [
      'settings that nobody knows',
      { ...pool({}), unknown: ['Policies.New'] },
      /Policies\.New.*Upgrade/,
    ],
    [
      'more attributes than a pool is created with',
      pool({
        SchemaAttributes: Array.from({ length: 51 }, (_, n) => ({ Name: `custom:a${n}` })),
      }),
      /at most 50 attributes/,
    ],
    [
      'an attribute whose name is too long to create',
      pool({ SchemaAttributes: [{ Name: `custom:${'a'.repeat(21)}` }] }),
      /more than 20 characters/,
    ],
  ])('is refused for %s', (_what, source, words) => {
    expect(() => base(source)).toThrow(words)
    expect(() => base(source)).toThrow(Refusal)
  })
})

describe('what a clone shows', () => {
  const source = pool({
    Policies: { PasswordPolicy: { MinimumLength: 14, TemporaryPasswordValidityDays: 3 } },
    DeletionProtection: 'ACTIVE',
    MfaConfiguration: 'OFF',
    UserPoolTags: { env: 'prod' },
    SchemaAttributes: [{ Name: 'custom:seats', AttributeDataType: 'Number' }],
  })
  const wish = {
    place: HERE,
    requestId: 'r1',
    signIn: 'email',
    authenticatorApps: false,
    secondFactor: 'OFF',
    shown: [],
    values: {},
    clone: base(source),
  }

  it('is only what differs from its source, and how much is the same', () => {
    const creation = creationOf({ ...wish, text: 'DeletionProtection: INACTIVE' })
    expect(cloneFacts(source, creation)).toEqual([
      { term: 'Deletion protection', text: 'On → Off' },
      { term: 'Name', text: 'one → dev-copy' },
      { term: 'Tags', text: 'env=prod → env=prod, lifeguard:request=r1' },
      { term: 'Everything else', text: '3 settings and the attributes are as in one.' },
    ])
  })

  it('names attributes of its own', () => {
    const creation = creationOf({ ...wish, text: 'Schema: [{ Name: plan }]' })
    const shown = cloneFacts(source, creation)
    expect(shown).toContainEqual({ term: 'Attributes of its own', text: 'plan' })
    expect(shown.at(-1)?.text).not.toContain('attributes')
  })

  it('names every setting that is not carried', () => {
    const other = pool({ ...source.settings, SmsConfiguration: { SnsCallerArn: 'arn:x' } })
    const creation = creationOf({
      ...wish,
      place: THERE,
      clone: base(other, THERE),
      text: undefined,
    })
    const terms = cloneFacts(other, creation).map(({ term, text }) => `${term}: ${text}`)
    expect(terms.join('\n')).toContain('arn:x → not set')
  })
})
