import {
  byType,
  type Check,
  flag,
  integer,
  listOf,
  matching,
  may,
  need,
  number,
  oneOf,
  shape,
  text,
} from './checks.ts'
import { id, url } from './composition.ts'

const many = 1000
const style = may(
  shape({
    bold: may(flag),
    code: may(flag),
    italic: may(flag),
    strike: may(flag),
    underline: may(flag),
  }),
)
const border = may(integer(0, 1))
const words = text(100_000)

const inline: Readonly<Record<string, Check>> = {
  broadcast: shape({ range: need(oneOf('here', 'channel', 'everyone')), style }),
  color: shape({ value: need(matching(/^#[0-9a-f]{6}$/iu, '#RRGGBB')), style }),
  channel: shape({ channel_id: need(id), style }),
  date: shape({
    timestamp: need(number),
    format: need(words),
    url: may(url),
    fallback: may(words),
    style,
  }),
  emoji: shape({ name: need(words), unicode: may(words), url: may(url), style }),
  link: shape({ url: need(url), text: may(words), unsafe: may(flag), style }),
  team: shape({ team_id: need(id), style }),
  text: shape({ text: need(words), style }),
  user: shape({ user_id: need(id), style }),
  usergroup: shape({ usergroup_id: need(id), style }),
}
const names = Object.keys(inline)
const anyInline = byType(inline, names)
const plainInline = byType(
  { text: inline['text'] ?? anyInline, link: inline['link'] ?? anyInline },
  names,
)

const section = shape({ elements: need(listOf(anyInline, many, 0)) })

const parts: Readonly<Record<string, Check>> = {
  rich_text_section: section,
  rich_text_list: shape({
    elements: need(listOf(byType({ rich_text_section: section }), many)),
    style: need(oneOf('bullet', 'ordered')),
    indent: may(integer(0, 8)),
    offset: may(integer(0)),
    border,
  }),
  rich_text_quote: shape({ elements: need(listOf(anyInline, many)), border }),
  rich_text_preformatted: shape({ elements: need(listOf(plainInline, many)), border }),
}

export const richTextElements = listOf(byType(parts, Object.keys(parts)), many)
/** A whole rich_text block, where it stands inside another one. */
export const richText = byType({
  rich_text: shape({ elements: need(richTextElements), block_id: may(id) }),
})
