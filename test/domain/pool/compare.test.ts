import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/core/canonical.ts'
import { comparison } from '../../../src/domain/pool/compare.ts'
import { anySnapshot, snapshotOf } from './arbitrary.ts'

const pool = (settings: JsonObject) => snapshotOf({ Id: 'eu-west-1_A1', Name: 'one', ...settings })

const facts = (one: JsonObject, other: JsonObject) => comparison(pool(one), pool(other)).facts

describe('two pools side by side', () => {
  it('are the same when only what tells them apart differs', () => {
    fc.assert(
      fc.property(anySnapshot, ({ pool: ref, settings, mfa }) => {
        const twin = {
          ...snapshotOf(
            {
              ...settings,
              Id: 'us-east-1_B2',
              Name: 'other',
              Arn: 'arn:other',
              CreationDate: '2020-01-01T00:00:00.000Z',
              LastModifiedDate: '2020-01-01T00:00:00.000Z',
              EstimatedNumberOfUsers: 99,
            },
            mfa,
          ),
          pool: { ...ref, account: 'other', region: 'us-east-1' },
        }
        expect(comparison(snapshotOf(settings, mfa), twin).facts).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  it('show what differs in words, the one before the other', () => {
    expect(facts({ DeletionProtection: 'ACTIVE' }, { DeletionProtection: 'INACTIVE' })).toEqual([
      { term: 'Deletion protection', text: 'On | Off' },
    ])
    expect(facts({}, { UsernameAttributes: ['email'] })).toEqual([
      { term: 'People sign in with', text: 'not set | email' },
    ])
  })

  it('name attributes that only one of them has, or that are defined differently', () => {
    const seats = (MaxValue: string) => ({
      SchemaAttributes: [
        {
          Name: 'custom:seats',
          AttributeDataType: 'Number',
          NumberAttributeConstraints: { MaxValue },
        },
      ],
    })
    expect(facts(seats('5'), { SchemaAttributes: [] })).toEqual([
      { term: 'Attribute custom:seats', text: 'there | not there' },
    ])
    expect(facts(seats('5'), seats('9'))).toEqual([
      { term: 'Attribute custom:seats', text: 'defined differently' },
    ])
  })

  it('count the validity of temporary passwords as Cognito does', () => {
    const legacy = { AdminCreateUserConfig: { UnusedAccountValidityDays: 30 } }
    const own = (days: number) => ({
      Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: days } },
    })
    expect(facts(legacy, own(30))).toEqual([])
    expect(facts(own(0), own(7))).toEqual([])
    expect(facts({}, own(7))).toEqual([])
    expect(facts(legacy, {})).toEqual([
      { term: 'Temporary password validity', text: '30 days | 7 days' },
    ])
  })

  it('say nothing of the external id of a role but that it differs', () => {
    const sms = (ExternalId: string) => ({
      SmsConfiguration: { SnsCallerArn: 'arn:x', ExternalId },
    })
    const [fact] = facts(sms('first'), sms('second'))
    expect(fact?.text).toBe('••• | •••')
  })

  it('warn of settings that could not be compared', () => {
    const odd = { ...pool({}), unknown: ['Policies.New'] }
    expect(comparison(odd, pool({})).warnings).toEqual([
      'one has settings that Lifeguard does not know and did not compare: Policies.New.',
    ])
  })
})
