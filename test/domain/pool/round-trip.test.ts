import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { updateRequest } from '../../../src/domain/pool/change.ts'
import { leavesOf, valueAt } from '../../../src/domain/pool/paths.ts'
import {
  CREATE_ONLY,
  EXCEPTIONS,
  modern,
  updateInput,
} from '../../../src/domain/pool/round-trip.ts'
import { SECTIONS, SETTINGS } from '../../../src/domain/pool/settings.ts'
import { anySnapshot, snapshotOf } from './arbitrary.ts'
import { membersOf } from './sdk-schema.ts'

const updatable = membersOf('UpdateUserPoolRequest$')
const described = membersOf('UserPoolType$')
const creatable = membersOf('CreateUserPoolRequest$')

/** Members that no field sets, each with the reason. */
const NO_FIELD: Readonly<Record<string, string>> = {
  UserPoolId: 'names the pool',
  SmsVerificationMessage: 'superseded',
  EmailVerificationMessage: 'superseded',
  EmailVerificationSubject: 'superseded',
  'AdminCreateUserConfig.UnusedAccountValidityDays': 'superseded, and refused beside its successor',
}

const top = (paths: readonly string[]) => [
  ...new Set(paths.map((path) => path.split('.')[0] ?? '')),
]
const renamed = (path: string) => (path === 'PoolName' ? 'Name' : path)

describe('the installed SDK against the tables', () => {
  it('reads something that looks like its schema', () => {
    expect(top(updatable)).toHaveLength(25)
    expect(top(described)).toHaveLength(38)
    expect(top(creatable)).toHaveLength(28)
  })

  it('has no member of UpdateUserPool without a field, or a reason for having none', () => {
    const fielded = (path: string) => SETTINGS.has(path) || path in NO_FIELD
    expect(updatable.map(renamed).filter((path) => !fielded(path))).toEqual([])
  })

  it('has every setting of the table', () => {
    const known = new Set(updatable.map(renamed))
    expect([...SETTINGS.keys()].filter((path) => !known.has(path))).toEqual([])
  })

  it('has no member of DescribeUserPool that is neither carried nor excepted', () => {
    const carried = new Set(top(updatable))
    const homeless = top(described).filter((name) => !carried.has(name) && !(name in EXCEPTIONS))
    expect(homeless).toEqual([])
    expect(Object.keys(EXCEPTIONS).filter((name) => !top(described).includes(name))).toEqual([])
  })

  it('creates with what it updates, and with what can only be created', () => {
    const more = top(creatable).filter((name) => !top(updatable).includes(name))
    expect(more.toSorted()).toEqual(
      CREATE_ONLY.map((name) => (name === 'SchemaAttributes' ? 'Schema' : name)).toSorted(),
    )
  })
})

describe('the table of settings', () => {
  it('gives every setting a name of its own, in snake case', () => {
    const names = [...SETTINGS.values()].map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/)
    for (const { label } of SECTIONS) expect(label.length).toBeLessThanOrEqual(75)
  })
})

describe('an update that changes nothing', () => {
  it('sends every member that was there, and none that was not', () => {
    fc.assert(
      fc.property(anySnapshot, ({ settings }) => {
        const input = updateInput(settings, new Set())
        const sent = leavesOf(input)
        for (const [path, value] of leavesOf(modern(settings))) {
          const [member = ''] = path.split('.')
          if (member in EXCEPTIONS || member === 'DcrConfiguration') continue
          expect(sent.get(path), path).toEqual(value)
        }
        expect(input['UserPoolId']).toBe(settings['Id'])
        expect(input['PoolName']).toBe(settings['Name'])
        expect(Object.keys(input).filter((name) => !top(updatable).includes(name))).toEqual([])
      }),
    )
  })

  it('never sends both validity settings, nor a text twice', () => {
    fc.assert(
      fc.property(anySnapshot, ({ settings }) => {
        const input = updateInput(settings, new Set())
        expect(valueAt(input, 'AdminCreateUserConfig.UnusedAccountValidityDays')).toBeUndefined()
        for (const old of [
          'SmsVerificationMessage',
          'EmailVerificationMessage',
          'EmailVerificationSubject',
        ])
          expect(input[old]).toBeUndefined()
      }),
    )
  })
})

describe('the legacy validity', () => {
  const days = 'Policies.PasswordPolicy.TemporaryPasswordValidityDays'
  const moved = (settings: object) => valueAt(modern({ Id: 'x_1', Name: 'n', ...settings }), days)

  it('moves to the password policy where it is the only one', () => {
    expect(moved({ AdminCreateUserConfig: { UnusedAccountValidityDays: 30 } })).toBe(30)
  })

  it('is dropped where the password policy has its own, and counts where that is 0', () => {
    const both = (own: number) => ({
      Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: own } },
      AdminCreateUserConfig: { UnusedAccountValidityDays: 30 },
    })
    expect(moved(both(5))).toBe(5)
    expect(moved(both(0))).toBe(30)
  })
})

describe('dynamic client registration', () => {
  const snapshot = snapshotOf({
    Id: 'eu-west-1_A1',
    Name: 'n',
    DcrConfiguration: { EnableStatus: 'Disabled', AllowedScopes: ['openid'] },
  })

  it('is left out unless it is what changes', () => {
    const change = { path: 'DeletionProtection', value: 'ACTIVE' }
    expect(updateRequest(snapshot, [change])['DcrConfiguration']).toBeUndefined()
  })

  it('is sent whole when it changes, and never turned on by the way', () => {
    const change = { path: 'DcrConfiguration.AllowedScopes', value: ['email'] }
    expect(updateRequest(snapshot, [change])['DcrConfiguration']).toEqual({
      EnableStatus: 'Disabled',
      AllowedScopes: ['email'],
    })
  })
})
