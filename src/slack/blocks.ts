import type { types } from '@slack/bolt'
import type { Fact } from '../core/operation.ts'
import { clean, cleanLine } from './text.ts'

/** Slack's limits in characters (slack.md 7). */
const LIMIT = {
  plain: 3000,
  title: 24,
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

/** Terms in bold (or as code), each with its text below: rich text, so nothing in it is parsed. */
export function facts(list: readonly Fact[], style: 'bold' | 'code' = 'bold'): types.RichTextBlock {
  return {
    type: 'rich_text',
    elements: list.map(({ term, text }, index) => ({
      type: 'rich_text_section',
      elements: [
        { type: 'text', text: cleanLine(term, 200), style: { [style]: true } },
        {
          type: 'text',
          text: `\n${cleanLine(text, LIMIT.fact)}${index < list.length - 1 ? '\n' : ''}`,
        },
      ],
    })),
  }
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
