import { clock, el } from './dom.js'
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
      return dateNode(element)
    default:
      return `(${element.type})`
  }
}

const DAY_MS = 86_400_000

/** A moment in the reader's own time zone: the formats that Lifeguard uses, else the fallback. */
function dateNode({ timestamp, format = '', fallback }) {
  const at = new Date(timestamp * 1000)
  const written = format.replace('{date_short_pretty}', dayOf(at)).replace('{time}', clock(+at))
  const words = written === '' || written.includes('{') ? fallback : written
  return el('time', { datetime: at.toISOString(), title: at.toLocaleString() }, words)
}

function dayOf(at) {
  const near = ['yesterday', 'today', 'tomorrow'].find(
    (_name, index) =>
      new Date(Date.now() + (index - 1) * DAY_MS).toDateString() === at.toDateString(),
  )
  return near ?? at.toLocaleDateString([], { day: 'numeric', month: 'short', year: 'numeric' })
}

const tags = { bold: 'strong', italic: 'em', strike: 's', underline: 'u', code: 'code' }

function styledNode(node, style) {
  return Object.entries(tags).reduce(
    (inner, [name, tag]) => (style[name] ? el(tag, {}, inner) : inner),
    node,
  )
}
