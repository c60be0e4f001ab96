import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clean, cleanLine, escaped } from '../../src/slack/text.ts'

describe('text for a place that Slack reads as mrkdwn', () => {
  it('is escaped after it is cut, so that no entity is cut in two', () => {
    expect(escaped('<!channel> & <@U0ADA>')).toBe('&lt;!channel&gt; &amp; &lt;@U0ADA&gt;')
    expect(escaped('<<<<<', 3)).toBe('&lt;&lt;…')
  })

  it('never holds what Slack takes for a mention or a link', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escaped(text).replaceAll(/&(amp|lt|gt);/g, '')).not.toMatch(/[<>&]/)
      }),
    )
  })
})

describe('clean text', () => {
  it('keeps to its length, on whole characters, and on one line where it is to be one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, max) => {
        expect(clean(text, max).length).toBeLessThanOrEqual(max)
        expect(clean(text, max).isWellFormed()).toBe(true)
        expect(cleanLine(text, max)).not.toContain('\n')
      }),
    )
  })
})
