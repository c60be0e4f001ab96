import { describe, expect, it } from 'vitest'
import type { Json } from '../../../src/core/canonical.ts'
import { attributeWords, schemaFaults } from '../../../src/domain/pool/attributes.ts'
import { membersOf } from './sdk-schema.ts'

const whole = {
  Name: 'plan',
  AttributeDataType: 'String',
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
  NumberAttributeConstraints: { MinValue: '1', MaxValue: '9' },
  StringAttributeConstraints: { MinLength: '1', MaxLength: '20' },
}

describe('attributes as somebody wrote them', () => {
  it('may have every member that the SDK knows', () => {
    expect(schemaFaults([whole])).toEqual([])
    for (const path of membersOf('SchemaAttributeType$'))
      expect(
        path.split('.').reduce<unknown>((node, step) => (node as never)[step], whole),
        path,
      ).toBeDefined()
  })

  it.each<[string, Json, readonly string[]]>([
    ['no list', { Name: 'plan' }, ['Schema is a list of attributes, each with a Name.']],
    ['an empty list', [], ['Schema has 1 to 50 attributes.']],
    ['no attribute', ['plan'], ['Schema[0] needs a Name.']],
    ['no name', [{ Mutable: true }], ['Schema[0] needs a Name.']],
    ['an empty name', [{ Name: '' }], ['Schema[0].Name has 1 to 20 characters.']],
    ['a long name', [{ Name: 'x'.repeat(21) }], ['Schema[0].Name has 1 to 20 characters.']],
    [
      'a prefix',
      [{ Name: 'custom:plan' }],
      ['Schema[0].Name is one word, without a prefix such as custom:.'],
    ],
    [
      'two words',
      [whole, { Name: 'my plan' }],
      ['Schema[1].Name is one word, without a prefix such as custom:.'],
    ],
    [
      'no type',
      [{ Name: 'plan', AttributeDataType: 'Text' }],
      ['Schema[0].AttributeDataType is one of String, Number, DateTime, Boolean.'],
    ],
    [
      'no switch',
      [{ Name: 'plan', Mutable: 'no' }],
      ['Schema[0].Mutable is yes or no: write true or false.'],
    ],
    [
      'a bound that is no text',
      [{ Name: 'plan', StringAttributeConstraints: { MaxLength: 20 } }],
      ['Schema[0].StringAttributeConstraints.MaxLength is a text: put it in quotes.'],
    ],
    [
      'a bound that is no number',
      [{ Name: 'seats', NumberAttributeConstraints: { MinValue: 'one' } }],
      ['Schema[0].NumberAttributeConstraints.MinValue is a whole number in quotes, such as "1".'],
    ],
    [
      'an unknown member',
      [{ Name: 'plan', Mutabel: true }],
      ['Schema[0].Mutabel is no member of an attribute. Did you mean "Mutable"?'],
    ],
    [
      'an attribute of one’s own that is required',
      [{ Name: 'plan', Required: true }],
      ['Schema[0].Required is for standard attributes only.'],
    ],
    ['the same twice', [whole, whole], ['Schema has the attribute plan twice. Keep one.']],
  ])('%s', (_what, schema, faults) => {
    expect(schemaFaults(schema)).toEqual(faults)
  })

  it('may be 50, and a standard one may be required', () => {
    const rows = Array.from({ length: 51 }, (_, nth) => ({ Name: `a${nth}` }))
    expect(schemaFaults(rows.slice(1))).toEqual([])
    expect(schemaFaults(rows)).toEqual(['Schema has 1 to 50 attributes.'])
    expect(schemaFaults([{ Name: 'email', Required: true }])).toEqual([])
  })
})

describe('an attribute in words', () => {
  it.each([
    [{ Name: 'a' }, 'text'],
    [{ Name: 'a', AttributeDataType: 'Boolean', Mutable: true }, 'yes or no'],
    [{ ...whole, NumberAttributeConstraints: {} }, 'text, 1 to 20 characters'],
    [
      { Name: 'a', AttributeDataType: 'Number', NumberAttributeConstraints: { MinValue: '0' } },
      'number, at least 0',
    ],
    [
      { Name: 'a', AttributeDataType: 'String', StringAttributeConstraints: { MaxLength: '9' } },
      'text, at most 9 characters',
    ],
    [
      {
        Name: 'a',
        AttributeDataType: 'Odd',
        Required: true,
        Mutable: false,
        DeveloperOnlyAttribute: true,
      },
      'Odd, required, cannot be changed later, for developers only',
    ],
  ])('%j', (row, words) => {
    expect(attributeWords(row)).toBe(words)
  })
})
