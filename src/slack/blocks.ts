import type { types } from '@slack/bolt'
import type { Fact, Link, Row } from '../core/operation.ts'
import { spanOf } from '../core/span.ts'
import { waitOf } from '../core/wait.ts'
import { linkButton, linkValue } from './ids.ts'
import type { Action } from './ids.ts'
import { clean, cleanLine } from './text.ts'

/** Slack's limits in characters (slack.md 7). */
const LIMIT = {
  plain: 3000,
  title: 24,
  header: 150,
  button: 75,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  option: 75,
  optionText: 75,
  context: 2000,
  fact: 1000,
} as const

/** Plain text is never formatted, mentioned or linked: the one way for untrusted words. */
export function plain(text: string, max: number = LIMIT.plain): types.PlainTextElement {
  return { type: 'plain_text', text: clean(text, max) || ' ', emoji: false }
}

export const title = (text: string): types.PlainTextElement => plain(text, LIMIT.title)

export function paragraph(text: string): types.SectionBlock {
  return { type: 'section', text: plain(text) }
}

export function small(text: string): types.ContextBlock {
  return { type: 'context', elements: [plain(text, LIMIT.context)] }
}

/** A coloured line, which Slack has in modals only and up to 200 characters; longer words stay whole without it. */
export function callout(
  text: string,
  level: 'info' | 'warning' | 'error' | 'success',
): types.AlertBlock | types.SectionBlock {
  return text.length <= 200 ? { type: 'alert', level, text: plain(text, 200) } : paragraph(text)
}

/** Terms in bold, or as code with the text below: rich text, so nothing in it is parsed. */
export function facts(list: readonly Fact[], style: 'bold' | 'code' = 'bold'): types.RichTextBlock {
  const between = style === 'code' ? '\n' : ': '
  return {
    type: 'rich_text',
    elements: list.map(({ term, text, by }, index) => ({
      type: 'rich_text_section',
      elements: [
        { type: 'text', text: cleanLine(term, 200) || ' ', style: { [style]: true } },
        { type: 'text', text: `${between}${cleanLine(text, LIMIT.fact)}` },
        ...byWhom(by),
        ...(index < list.length - 1 ? [{ type: 'text' as const, text: '\n' }] : []),
      ],
    })),
  }
}

const byWhom = (by: string | undefined): Inline[] =>
  by === undefined ? [] : [{ type: 'text', text: ' · by ' }, who(by)]

/** A rich text block holds this many lines at ease. */
const FACTS_A_BLOCK = 20

/** As many blocks of facts as they need. */
export function factBlocks(list: readonly Fact[]): types.RichTextBlock[] {
  const count = Math.ceil(list.length / FACTS_A_BLOCK)
  return Array.from({ length: count }, (_, nth) =>
    facts(list.slice(nth * FACTS_A_BLOCK, (nth + 1) * FACTS_A_BLOCK)),
  )
}

/** Slack takes 25 elements in a block; more than a handful is no choice any more. */
const BUTTONS_A_BLOCK = 5

/** Buttons that lead to other operations. `from` tells apart those of one view. */
export function linkBlocks(links: readonly Link[], from = 0): types.ActionsBlock[] {
  const buttons = links.flatMap((link, nth) => linkElement(link, from + nth) ?? [])
  const count = Math.ceil(buttons.length / BUTTONS_A_BLOCK)
  return Array.from({ length: count }, (_, nth) =>
    actions(buttons.slice(nth * BUTTONS_A_BLOCK, (nth + 1) * BUTTONS_A_BLOCK)),
  )
}

/** Undefined when its value has no room in a button. */
function linkElement({ label, operation, values }: Link, nth: number): types.Button | undefined {
  const value = linkValue(operation, values)
  if (value === undefined) return undefined
  return { type: 'button', action_id: linkButton(nth), text: plain(label, LIMIT.button), value }
}

/** One of several things found, with a button that leads to it. */
export function rowBlock(
  { title: heading, text, link, by }: Row,
  nth: number,
): types.SectionBlock | types.RichTextBlock {
  const line = `${cleanLine(heading, 200)}\n${clean(text, LIMIT.fact)}`
  if (by !== undefined) return sentence(line, ...byWhom(by))
  const accessory = link && linkElement(link, nth)
  return { type: 'section', text: plain(line), ...(accessory ? { accessory } : {}) }
}

/** A value to copy, exactly as it is. */
export function preformatted(blockId: string, text: string): types.RichTextBlock {
  return {
    type: 'rich_text',
    block_id: blockId,
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
  }
}

export function option(text: string, value: string, description?: string): types.PlainTextOption {
  return {
    text: plain(cleanLine(text, LIMIT.optionText), LIMIT.optionText),
    value,
    ...(description === undefined ? {} : { description: plain(description, LIMIT.option) }),
  }
}

export function header(text: string): types.HeaderBlock {
  return { type: 'header', text: plain(cleanLine(text, LIMIT.header), LIMIT.header) }
}

export type Inline = types.RichTextElement

/** One paragraph of words and mentions: rich text, so no word in it is parsed. Untrusted words come cleaned. */
export function sentence(...parts: readonly (string | Inline)[]): types.RichTextBlock {
  const elements = parts
    .filter((part) => part !== '')
    .map((part): Inline => (typeof part === 'string' ? { type: 'text', text: part } : part))
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }
}

export const bold = (text: string): Inline => ({ type: 'text', text, style: { bold: true } })

const USER_ID = /^[UW][A-Z0-9]{2,20}$/

/** A person as a mention, which notifies them in a new message. */
export function who(id: string): Inline {
  if (USER_ID.test(id)) return { type: 'user', user_id: id }
  return { type: 'text', text: id === 'lifeguard' ? 'Lifeguard' : cleanLine(id, 80) || '?' }
}

/** A moment in each reader's own time zone: `today at 14:30`. Milliseconds since the epoch. */
export function moment(at: number, now: number): Inline {
  return {
    type: 'date',
    timestamp: Math.floor(at / 1000),
    format: '{date_short_pretty} at {time}',
    fallback: at < now ? `${spanOf(now - at)} ago` : `in ${waitOf(at - now)}`,
  }
}

/** A button about one request: its value is the request id and nothing else. */
export function button(
  action: Action,
  text: string,
  request: string,
  more: Pick<types.Button, 'style' | 'confirm'> = {},
): types.Button {
  return {
    type: 'button',
    action_id: action,
    text: plain(text, LIMIT.button),
    value: request,
    ...more,
  }
}

/** Slack asks once more before the click is sent. */
export function confirm(question: string, text: string, yes: string): types.ConfirmationDialog {
  return {
    title: plain(question, LIMIT.confirmTitle),
    text: plain(text, LIMIT.confirmText),
    confirm: plain(yes, LIMIT.confirmButton),
    deny: plain('Cancel', LIMIT.confirmButton),
  }
}

export function actions(elements: readonly types.Button[], blockId?: string): types.ActionsBlock {
  return {
    type: 'actions',
    elements: [...elements],
    ...(blockId === undefined ? {} : { block_id: blockId }),
  }
}

/** A text that must be typed. Its `block_id` and `action_id` are both its name. */
export function textInput(
  name: string,
  label: string,
  more: { hint?: string; lines?: 'one' | 'many'; most?: number } = {},
): types.InputBlock {
  const { hint, lines = 'one', most = 500 } = more
  return {
    type: 'input',
    block_id: name,
    label: plain(label),
    ...(hint === undefined ? {} : { hint: plain(hint, 2000) }),
    element: {
      type: 'plain_text_input',
      action_id: name,
      multiline: lines === 'many',
      max_length: most,
    },
  }
}
