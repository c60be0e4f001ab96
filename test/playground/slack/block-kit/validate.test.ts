import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limits, validateBlockKit } from '../../../../playground/slack/index.ts'
import { form } from '../screens.ts'

const text = (length: number, type = 'plain_text') => ({ type, text: 'x'.repeat(length) })
const section = (length = 1) => ({ type: 'section', text: text(length, 'mrkdwn') })
const button = (more: object = {}) => ({ type: 'button', action_id: 'a', text: text(5), ...more })
const actions = (...elements: unknown[]) => ({ type: 'actions', elements })
const input = (element: unknown, more: object = {}) => ({
  type: 'input',
  label: text(5),
  element,
  ...more,
})
const option = (value: string, more: object = {}) => ({ text: text(5), value, ...more })
const modal = (more: object) => ({
  view: { type: 'modal', title: text(5), submit: text(5), ...more },
})
const faults = (payload: Parameters<typeof validateBlockKit>[0]) =>
  validateBlockKit(payload).map((fault) => `${fault.pointer} ${fault.code}`)

test('a form with every kind of input is taken', () => {
  expect(validateBlockKit({ view: form })).toEqual([])
})

test('a message at every limit is taken', () => {
  const blocks = [
    { type: 'header', text: text(limits.header) },
    section(limits.text),
    { type: 'section', fields: Array.from({ length: 10 }, () => text(limits.fieldText)) },
    actions(button({ value: 'v'.repeat(limits.buttonValue), text: text(limits.buttonText) })),
    { type: 'context', elements: Array.from({ length: 10 }, () => text(10, 'mrkdwn')) },
    { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] },
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'digest' }] }],
    },
  ]
  expect(validateBlockKit({ blocks })).toEqual([])
})

describe('a message is refused with', () => {
  const cases: readonly [string, unknown, string][] = [
    ['a type that does not exist', { type: 'sectoin' }, '/blocks/0/type unknown_type'],
    [
      'an alert, which is for modals',
      { type: 'alert', text: text(5) },
      '/blocks/0/type unsupported_type',
    ],
    [
      'a header beyond 150',
      { type: 'header', text: text(151) },
      '/blocks/0/text/text failed_constraint',
    ],
    [
      'a header in mrkdwn',
      { type: 'header', text: text(5, 'mrkdwn') },
      '/blocks/0/text/type unsupported_type',
    ],
    ['an empty text', section(0), '/blocks/0/text/text failed_constraint'],
    ['a section without text or fields', { type: 'section' }, '/blocks/0/text missing_field'],
    [
      'eleven fields',
      { type: 'section', fields: Array.from({ length: 11 }, () => text(1)) },
      '/blocks/0/fields failed_constraint',
    ],
    [
      'emoji on mrkdwn',
      { type: 'section', text: { ...text(5, 'mrkdwn'), emoji: true } },
      '/blocks/0/text/emoji additional_field',
    ],
    ['a member that is none', { ...section(), color: 'red' }, '/blocks/0/color additional_field'],
    ['a text that is a string', { type: 'header', text: 'no' }, '/blocks/0/text wrong_type'],
    [
      'a button style of its own',
      actions(button({ style: 'default' })),
      '/blocks/0/elements/0/style failed_constraint',
    ],
    [
      'a disabled button',
      actions(button({ disabled: true })),
      '/blocks/0/elements/0/disabled additional_field',
    ],
    [
      'a text input among actions',
      actions({ type: 'plain_text_input', action_id: 'a' }),
      '/blocks/0/elements/0/type unsupported_type',
    ],
    [
      'the same action_id twice in a block',
      actions(button(), button()),
      '/blocks/0 failed_constraint',
    ],
    ['no elements', actions(), '/blocks/0/elements failed_constraint'],
    [
      'a confirm without text',
      actions(button({ confirm: { title: text(5) } })),
      '/blocks/0/elements/0/confirm/text missing_field',
    ],
    [
      'an image with two sources',
      { type: 'image', alt_text: 'x', image_url: 'https://x', slack_file: { id: 'F1' } },
      '/blocks/0 failed_constraint',
    ],
    [
      'an option value beyond 75',
      input({ type: 'static_select', options: [option('v'.repeat(76))] }),
      '/blocks/0/element/options/0/value failed_constraint',
    ],
  ]
  test.each(cases)('%s', (_name, block, fault) => {
    expect(faults({ blocks: [block] })).toContain(fault)
  })
})

describe('a modal is refused with', () => {
  const select = (more: object) => modal({ blocks: [input({ type: 'static_select', ...more })] })
  const cases: readonly [string, Parameters<typeof validateBlockKit>[0], string][] = [
    [
      'a title beyond 24',
      modal({ title: text(25), blocks: [] }),
      '/view/title/text failed_constraint',
    ],
    [
      'inputs but no submit',
      { view: { type: 'modal', title: text(5), blocks: [input({ type: 'datepicker' })] } },
      '/view/submit missing_field',
    ],
    [
      '101 blocks',
      modal({ blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) }),
      '/view/blocks failed_constraint',
    ],
    [
      'private metadata beyond 3,000',
      modal({ private_metadata: 'x'.repeat(3001), blocks: [] }),
      '/view/private_metadata failed_constraint',
    ],
    [
      'a table',
      modal({ blocks: [{ type: 'table', rows: [] }] }),
      '/view/blocks/0/type unsupported_type',
    ],
    [
      'the same block_id twice',
      modal({
        blocks: [
          { ...section(), block_id: 'a' },
          { ...section(), block_id: 'a' },
        ],
      }),
      '/view/blocks failed_constraint',
    ],
    [
      'options and option groups',
      select({ options: [option('a')], option_groups: [] }),
      '/view/blocks/0/element failed_constraint',
    ],
    ['neither of them', select({}), '/view/blocks/0/element failed_constraint'],
    [
      '101 options',
      select({ options: Array.from({ length: 101 }, (_, n) => option(String(n))) }),
      '/view/blocks/0/element/options failed_constraint',
    ],
    [
      'an initial option that is not offered',
      select({ options: [option('a')], initial_option: option('b') }),
      '/view/blocks/0/element failed_constraint',
    ],
    [
      'an initial option that differs in its description',
      select({ options: [option('a')], initial_option: option('a', { description: text(5) }) }),
      '/view/blocks/0/element failed_constraint',
    ],
    [
      'equal option values',
      select({ options: [option('a'), option('a')] }),
      '/view/blocks/0/element failed_constraint',
    ],
    [
      'a number input that does not say whether it takes decimals',
      modal({ blocks: [input({ type: 'number_input' })] }),
      '/view/blocks/0/element/is_decimal_allowed missing_field',
    ],
    [
      'a date in another order',
      modal({ blocks: [input({ type: 'datepicker', initial_date: '31-01-2026' })] }),
      '/view/blocks/0/element/initial_date failed_constraint',
    ],
    [
      'two elements that want the focus',
      modal({
        blocks: [
          input({ type: 'datepicker', focus_on_load: true }),
          input({ type: 'datepicker', focus_on_load: true }),
        ],
      }),
      '/view/blocks failed_constraint',
    ],
    [
      'an alert beyond 200',
      modal({ blocks: [{ type: 'alert', text: text(201) }] }),
      '/view/blocks/0/text/text failed_constraint',
    ],
    ['a kind of its own', { view: { type: 'dialog', blocks: [] } }, '/view/type unknown_type'],
    [
      'more than 250 KB',
      modal({ blocks: Array.from({ length: 90 }, () => section(3000)) }),
      '/view failed_constraint',
    ],
  ]
  test.each(cases)('%s', (_name, payload, fault) => {
    expect(faults(payload)).toContain(fault)
  })
})

test('nothing makes the validator throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(Array.isArray(validateBlockKit({ blocks: value }))).toBe(true)
      expect(validateBlockKit({ view: value }).length).toBeGreaterThan(0)
    }),
  )
})
