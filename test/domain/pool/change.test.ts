import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../../src/core/canonical.ts'
import type { PoolSnapshot, SettingChange } from '../../../src/core/directory.ts'
import { Refusal } from '../../../src/core/refusal.ts'
import { sameSettings } from '../../../src/domain/pool/canonical.ts'
import {
  expectedAfter,
  isProven,
  proof,
  restorable,
  updateRequest,
} from '../../../src/domain/pool/change.ts'
import { differences } from '../../../src/domain/pool/difference.ts'
import { changesFrom, valuesOf } from '../../../src/domain/pool/sections.ts'
import { sectionNamed, SECTIONS, SETTINGS } from '../../../src/domain/pool/settings.ts'
import type { Section } from '../../../src/domain/pool/settings.ts'
import { anySnapshot, movedBy, snapshotOf, valueFor } from './arbitrary.ts'

/** One setting with another value, of those that stand alone. */
const anyChange: fc.Arbitrary<SettingChange> = fc
  .constantFrom(
    ...[...SETTINGS.values()].filter(({ path }) => !path.startsWith('SmsConfiguration')),
  )
  .chain((setting) =>
    valueFor(setting).map((value) => ({ path: setting.path, value: value as Json | undefined })),
  )

function accepted(snapshot: PoolSnapshot, change: SettingChange): boolean {
  try {
    updateRequest(snapshot, [change])
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

describe('a change of one setting', () => {
  it('changes that setting in the request and nothing else', () => {
    fc.assert(
      fc.property(anySnapshot, anyChange, (snapshot, change) => {
        fc.pre(accepted(snapshot, change))
        const expected = { ...snapshot, ...expectedAfter(snapshot, [change]) }
        const moved = differences(snapshot, expected).map(({ path }) => path)
        const allowed = movedBy(snapshot, change.path)
        expect(moved.filter((path) => !allowed.includes(path))).toEqual([])
        expect(proof(snapshot, [change], expected).missing).toEqual([])
      }),
    )
  })

  it('is proven by a reading that shows it, and by no other', () => {
    fc.assert(
      fc.property(anySnapshot, anyChange, (snapshot, change) => {
        fc.pre(accepted(snapshot, change))
        const after = { ...snapshot, ...expectedAfter(snapshot, [change]) }
        fc.pre(!sameSettings(snapshot, after))
        expect(isProven(proof(snapshot, [change], after))).toBe(true)
        expect(isProven(proof(snapshot, [change], snapshot))).toBe(false)
      }),
    )
  })

  it('is taken back by its inverse', () => {
    fc.assert(
      fc.property(anySnapshot, anyChange, (snapshot, change) => {
        fc.pre(accepted(snapshot, change))
        const after = { ...snapshot, ...expectedAfter(snapshot, [change]) }
        fc.pre(!sameSettings(snapshot, after))
        const back = { ...after, ...expectedAfter(after, restorable(snapshot, after, after)) }
        expect(differences(snapshot, back)).toEqual([])
      }),
    )
  })
})

describe('a section of the form', () => {
  it('changes nothing when nothing was changed in it', () => {
    fc.assert(
      fc.property(anySnapshot, fc.constantFrom(...SECTIONS), (snapshot, section) => {
        expect(changesFrom(snapshot, section, valuesOf(snapshot, section))).toEqual([])
      }),
    )
  })

  it('takes a setting out when its field is emptied', () => {
    const snapshot = snapshotOf({ Id: 'a_1', Name: 'n', SmsAuthenticationMessage: 'Code {####}' })
    const mfa = sectionNamed('mfa') as Section
    const values = {
      ...valuesOf(snapshot, mfa),
      sms_authentication_message: undefined,
    }
    expect(changesFrom(snapshot, mfa, values)).toEqual([
      { path: 'SmsAuthenticationMessage', value: undefined },
    ])
  })
})

const pool = (settings: object = {}, mfa: object = { MfaConfiguration: 'OFF' }) =>
  snapshotOf(
    { Id: 'eu-west-1_A1', Name: 'customers', MfaConfiguration: 'OFF', ...settings },
    mfa as never,
  )

const FUNCTION = 'arn:aws:lambda:eu-west-1:111111111111:function:sender'

describe('what is refused before anything is written', () => {
  it.each<[string, object, SettingChange, string, RegExp]>([
    [
      'a value out of range',
      {},
      { path: 'Policies.PasswordPolicy.MinimumLength', value: 5 },
      'minimum_length',
      /6 to 99/,
    ],
    [
      'no validity',
      {},
      { path: 'Policies.PasswordPolicy.TemporaryPasswordValidityDays', value: 0 },
      'temporary_password_validity_days',
      /1 to 365/,
    ],
    [
      'a second factor that is not set up',
      {},
      { path: 'MfaConfiguration', value: 'ON' },
      'mfa_configuration',
      /factor/,
    ],
    [
      'what the tier lacks',
      { UserPoolTier: 'LITE' },
      { path: 'Policies.PasswordPolicy.PasswordHistorySize', value: 3 },
      'password_history_size',
      /Lite/,
    ],
    [
      'threat protection without Plus',
      { UserPoolTier: 'ESSENTIALS' },
      { path: 'UserPoolAddOns.AdvancedSecurityMode', value: 'AUDIT' },
      'advanced_security_mode',
      /Plus/,
    ],
    [
      'a message without its placeholder',
      {},
      { path: 'SmsAuthenticationMessage', value: 'Your code' },
      'sms_authentication_message',
      /\{####\}/,
    ],
    [
      'SES without an identity',
      {},
      { path: 'EmailConfiguration.EmailSendingAccount', value: 'DEVELOPER' },
      'email_sending_account',
      /identity/,
    ],
    [
      'a sender without a key',
      { LambdaConfig: { CustomSMSSender: { LambdaArn: FUNCTION } } },
      { path: 'LambdaConfig.CustomSMSSender.LambdaVersion', value: 'V1_0' },
      'custom_sms_sender_version',
      /needs a key/,
    ],
    [
      'a structure in place of a setting',
      {},
      { path: 'LambdaConfig.CustomSMSSender', value: { LambdaArn: 'a', LambdaVersion: 'V1_0' } },
      '',
      /no setting that can be changed/,
    ],
    [
      'a create-only setting',
      {},
      { path: 'UsernameConfiguration.CaseSensitive', value: true },
      '',
      /created/,
    ],
  ])('%s', (_what, settings, change, field, words) => {
    const attempt = () => updateRequest(pool(settings), [change])
    expect(attempt).toThrow(Refusal)
    expect(attempt).toThrow(words)
    expect(attempt).toThrow('Nothing was changed.')
    try {
      attempt()
    } catch (error) {
      expect((error as Refusal).field ?? '').toBe(field)
    }
  })

  it('a pool with settings that the SDK does not know, by their paths', () => {
    const snapshot = { ...pool(), unknown: ['Policies.PasswordPolicy.New'] }
    expect(() => updateRequest(snapshot, [])).toThrow(/Policies\.PasswordPolicy\.New.*Upgrade/)
  })

  it('a pool whose second factor is told in two ways', () => {
    expect(() => updateRequest(pool({}, { MfaConfiguration: 'ON' }), [])).toThrow(/two ways/)
  })
})

describe('taking a change back', () => {
  const before = pool({ DeletionProtection: 'ACTIVE', UserPoolTier: 'PLUS' })
  const after = pool({ DeletionProtection: 'INACTIVE', UserPoolTier: 'PLUS' })

  it('touches only what the change touched', () => {
    const now = pool({ DeletionProtection: 'INACTIVE', UserPoolTier: 'ESSENTIALS' })
    expect(restorable(before, after, now)).toEqual([
      { path: 'DeletionProtection', value: 'ACTIVE' },
    ])
  })

  it('is refused for a setting that was changed again since', () => {
    const length = (MinimumLength: number) =>
      pool({ Policies: { PasswordPolicy: { MinimumLength } } })
    expect(() => restorable(length(8), length(10), length(12))).toThrow(/Changed again since/)
  })

  it('is refused when nothing is left to do', () => {
    expect(() => restorable(before, after, before)).toThrow(/already as it was/)
  })
})

describe('a reading after the change', () => {
  const before = pool({
    DeletionProtection: 'INACTIVE',
    Policies: { PasswordPolicy: { MinimumLength: 8 } },
  })
  const changes = [{ path: 'DeletionProtection', value: 'ACTIVE' }]

  it('names what moved although nobody asked for it', () => {
    const after = pool({
      DeletionProtection: 'ACTIVE',
      Policies: { PasswordPolicy: { MinimumLength: 6 } },
    })
    const shown = proof(before, changes, after)
    expect(shown.unexpected.map(({ path }) => path)).toEqual([
      'Policies.PasswordPolicy.MinimumLength',
    ])
    expect(shown.changed.map(({ path }) => path)).toEqual(['DeletionProtection'])
  })

  it('names what did not take effect', () => {
    expect(proof(before, changes, before).missing.map(({ path }) => path)).toEqual([
      'DeletionProtection',
    ])
  })

  it('compares the second factors that only their own call tells', () => {
    const after = pool(
      { DeletionProtection: 'ACTIVE', Policies: { PasswordPolicy: { MinimumLength: 8 } } },
      {
        MfaConfiguration: 'OFF',
        SoftwareTokenMfaConfiguration: { Enabled: true },
      },
    )
    expect(proof(before, changes, after).unexpected.map(({ path }) => path)).toEqual([
      'mfa:SoftwareTokenMfaConfiguration.Enabled',
    ])
  })
})
