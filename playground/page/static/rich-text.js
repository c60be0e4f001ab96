import { el } from './dom.js'
import { emojiNamed } from './emoji.js'
import { link, mention } from './text.js'

/** A rich_text block: sections, lists, quotes and preformatted text. */
export function richText(block) {
  return el(
    'div',
    { class: 'rich' },
    block.elements.map((part) => partNode(part)),
  )
}

function partNode(part) {
  const inside = () => part.elements.map(inlineNode)
  switch (part.type) {
    case 'rich_text_section':
      return el('p', {}, inside())
    case 'rich_text_quote':
      return el('blockquote', {}, inside())
    case 'rich_text_preformatted':
      return el('pre', {}, inside())
    case 'rich_text_list':
      return el(
        part.style === 'ordered' ? 'ol' : 'ul',
        { class: `indent-${part.indent ?? 0}` },
        part.elements.map((item) => el('li', {}, item.elements.map(inlineNode))),
      )
    default:
      return el('p', { class: 'unknown' }, `(${part.type})`)
  }
}

function inlineNode(element) {
  return styledNode(bare(element), element.style ?? {})
}

function bare(element) {
  switch (element.type) {
    case 'text':
      return element.text
    case 'link':
      return link(element.url, element.text ?? element.url)
    case 'user':
      return mention('user', element.user_id)
    case 'channel':
      return mention('channel', element.channel_id)
    case 'usergroup':
      return mention('usergroup', element.usergroup_id)
    case 'emoji':
      return emojiNamed(element.name)
    case 'broadcast':
      return el('span', { class: 'mention loud' }, `@${element.range}`)
    case 'date':
      return element.fallback ?? new Date(element.timestamp * 1000).toLocaleString()
    default:
      return `(${element.type})`
  }
}

const tags = { bold: 'strong', italic: 'em', strike: 's', underline: 'u', code: 'code' }

function styledNode(node, style) {
  return Object.entries(tags).reduce(
    (inner, [name, tag]) => (style[name] ? el(tag, {}, inner) : inner),
    node,
  )
}
