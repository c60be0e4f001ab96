import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { details } from '../../../src/domain/pool/details.ts'
import { leavesOf } from '../../../src/domain/pool/paths.ts'
import { labelOf, valueWords } from '../../../src/domain/pool/words.ts'
import { anySnapshot, snapshotOf } from './arbitrary.ts'
import { membersOf, withEveryMember } from './sdk-schema.ts'
import { expectReadable, linesOf, wordsOf } from './sentences.ts'

/** DescribeUserPool's members in the API of 2019-05-03, by hand. */
const IN_2019 = `
  Id Name Policies LambdaConfig Status LastModifiedDate
  CreationDate SchemaAttributes AutoVerifiedAttributes AliasAttributes UsernameAttributes SmsVerificationMessage
  EmailVerificationMessage EmailVerificationSubject VerificationMessageTemplate SmsAuthenticationMessage MfaConfiguration DeviceConfiguration
  EstimatedNumberOfUsers EmailConfiguration SmsConfiguration UserPoolTags SmsConfigurationFailure EmailConfigurationFailure
  Domain CustomDomain AdminCreateUserConfig UserPoolAddOns Arn
`
  .trim()
  .split(/\s+/)
const IDENTITY = new Set(['Id', 'Arn', 'Status', 'CreationDate', 'LastModifiedDate'])
const termOf = (path: string) => (IDENTITY.has(path) ? path : labelOf(path))

describe('details', () => {
  const settings = withEveryMember('UserPoolType$')
  const mfa = withEveryMember('GetUserPoolMfaConfigResponse$')
  const told = details(snapshotOf(settings, mfa)).flatMap((part) => part.facts)
  const textsOf = (term: string) => told.filter((one) => one.term === term).map(({ text }) => text)

  it.each(membersOf('UserPoolType$').filter((path) => path !== 'SchemaAttributes'))(
    '%s is told',
    (path) => {
      expect(textsOf(termOf(path))).toEqual([valueWords(path, leavesOf(settings).get(path))])
      expect(textsOf(termOf(path))[0]).not.toBe('not set')
    },
  )

  it.each(membersOf('GetUserPoolMfaConfigResponse$'))('%s of the second factor is told', (path) => {
    expect(textsOf(labelOf(`mfa:${path}`))).toHaveLength(1)
  })

  it('hold every member of the API of 2019', () => {
    expect(IN_2019).toHaveLength(29)
    const members = membersOf('UserPoolType$')
    for (const name of IN_2019)
      expect(
        members.some((path) => path === name || path.startsWith(`${name}.`)),
        name,
      ).toBe(true)
  })

  it('define every attribute of users', () => {
    const SchemaAttributes = [
      { Name: 'email', AttributeDataType: 'String', Required: true },
      {
        Name: 'custom:seats',
        AttributeDataType: 'Number',
        Mutable: false,
        NumberAttributeConstraints: { MinValue: '1', MaxValue: '500' },
      },
    ]
    const parts = details(snapshotOf({ SchemaAttributes }))
    const part = parts.find(({ heading }) => heading === 'Attributes of users')
    expect(linesOf(part?.facts ?? [])).toEqual([
      'email: text, required',
      'custom:seats: number, 1 to 500, cannot be changed later',
    ])
  })

  it('tell every leaf of any pool exactly once', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const facts = details(snapshot).flatMap((part) => part.facts)
        const terms = facts.map(({ term }) => term)
        expect(terms.filter((term, nth) => terms.indexOf(term) !== nth)).toEqual([])
        const leaves = [
          ...Array.from(leavesOf(snapshot.settings)),
          ...Array.from(leavesOf(snapshot.mfa), ([path, value]) => [`mfa:${path}`, value] as const),
        ]
        for (const [path, value] of leaves)
          expect(
            facts.filter(({ term }) => term === termOf(path)),
            path,
          ).toEqual([{ term: termOf(path), text: valueWords(path, value) }])
        expectReadable(wordsOf(facts))
      }),
    )
  })

  it('never show a shared secret', () => {
    const secret = {
      SnsCallerArn: 'arn',
      ExternalId: 'tell-nobody',
      EumsSms: { ExternalId: 'nor-them' },
    }
    const parts = details(
      snapshotOf(
        { SmsConfiguration: secret },
        { SmsMfaConfiguration: { SmsConfiguration: secret } },
      ),
    )
    expect(JSON.stringify(parts)).not.toMatch(/tell-nobody|nor-them/)
  })

  it('has no heading without a fact', () => {
    for (const { facts } of details(snapshotOf({}))) expect(facts).not.toEqual([])
  })
})
