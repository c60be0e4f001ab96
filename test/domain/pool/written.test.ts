import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWritten } from '../../../src/domain/pool/written.ts'
import { expectSentences } from './sentences.ts'

describe('a text that can be read', () => {
  it.each([
    ['YAML', 'a: 1\nb:\n  - x\n  - true', { a: 1, b: ['x', true] }],
    ['JSON', '{"a": 1, "b": ["x", true]}', { a: 1, b: ['x', true] }],
    ['with comments and a byte-order mark', '\uFEFF# mine\na: "1" # quoted', { a: '1' }],
    ['with an anchor that nobody uses', 'a: &here 1', { a: 1 }],
    ['with yes and no, which are words', 'a: yes\nb: off', { a: 'yes', b: 'off' }],
    ['with nothing in it', '# later', null],
  ])('%s', (_what, text, value) => {
    expect(readWritten(text)).toEqual({ value })
  })

  it('any JSON is read as it stands', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        // -0 is written as 0.
        expect(readWritten(JSON.stringify(value))).toEqual({
          value: JSON.parse(JSON.stringify(value)) as unknown,
        })
      }),
    )
  })
})

describe('a text that cannot be read, by its line', () => {
  it.each([
    ['a: 1\nb: 2\na: 3', 'Line 3 cannot be read: this member is there twice. Keep one.'],
    ['{"a": 1,\n"a": 2}', 'Line 2 cannot be read: this member is there twice. Keep one.'],
    ['a:\n\tb: 1', 'Line 2 cannot be read: indent with spaces, not with tabs.'],
    ['a: 1\n---\nb: 2', 'Line 2 cannot be read: write everything in one document, without ---.'],
    [
      'a: &x [1]\nb: 2\nc: *x',
      'Line 3 cannot be read: anchors and aliases are not taken. Write the value out.',
    ],
    [
      'a: *nowhere',
      'Line 1 cannot be read: anchors and aliases are not taken. Write the value out.',
    ],
    [
      'a: 1\nb: [1',
      'Line 2 cannot be read: Flow sequence in block collection must be sufficiently indented and end with a ].',
    ],
    ['a: "open', 'Line 1 cannot be read: Missing closing "quote.'],
    ['a: !!js/function x', 'Line 1 cannot be read: Unresolved tag: tag:yaml.org,2002:js/function.'],
  ])('%j', (text, fault) => {
    expect(readWritten(text)).toEqual({ fault })
  })

  it('a text that is nested too deep', () => {
    for (const text of ['['.repeat(3000), '- '.repeat(1500), '{a: '.repeat(750)])
      expect(readWritten(text).fault).toMatch(/nested too deep|must be sufficiently indented/)
  })

  it('a text that would grow a billionfold is refused at once', () => {
    const level = (n: number) =>
      `l${n}: &l${n} [${Array(9)
        .fill(`*l${n - 1}`)
        .join(', ')}]`
    const text = ['l0: &l0 lol', ...Array.from({ length: 9 }, (_, n) => level(n + 1))].join('\n')
    expect(readWritten(text).fault).toMatch(/^Line 2 .*aliases are not taken/)
  })

  it('whatever is typed gives a value or a sentence', () => {
    const typed = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc
        .array(
          fc.constantFrom(
            'a',
            ': ',
            '\n',
            '  ',
            '\t',
            '- ',
            '[',
            '{',
            '"',
            '&a ',
            '*a',
            '#',
            '|',
            '? ',
          ),
        )
        .map((pieces) => pieces.join('')),
    )
    fc.assert(
      fc.property(typed, (text) => {
        const { fault } = readWritten(text)
        if (fault !== undefined)
          expect(fault).toMatch(/^(Line \d+ cannot be read: .+|The settings .+)\.$/s)
      }),
      { numRuns: 500 },
    )
    expectSentences([readWritten('a: 1\na: 2').fault ?? ''])
  })
})
