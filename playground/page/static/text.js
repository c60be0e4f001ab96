import { el } from './dom.js'
import { tokensOf } from './mrkdwn.js'
import { emojiNamed } from './emoji.js'
import { nameOf } from './names.js'

/** A text object (or a bare string of mrkdwn) as nodes. */
export function textNodes(object) {
  if (object === undefined || object === null) return []
  if (typeof object === 'string') return tokensOf(object).map(tokenNode)
  if (object.type === 'mrkdwn') return tokensOf(object.text).map(tokenNode)
  return object.emoji === false ? [object.text] : plainWithEmoji(object.text)
}

export function plainWithEmoji(text) {
  return [text.replaceAll(/:([a-z0-9_+-]+):/gu, (_whole, name) => emojiNamed(name))]
}

const tags = {
  bold: 'strong',
  italic: 'em',
  strike: 's',
  code: 'code',
  pre: 'pre',
  quote: 'blockquote',
}

function tokenNode(token) {
  switch (token.kind) {
    case 'text':
    case 'emoji':
      return token.text
    case 'link':
      return link(token.url, token.text)
    case 'user':
    case 'channel':
    case 'usergroup':
      return mention(token.kind, token.id, token.text)
    case 'broadcast':
      return el('span', { class: 'mention loud' }, token.text)
    default:
      return el(tags[token.kind], {}, token.tokens ? token.tokens.map(tokenNode) : token.text)
  }
}

const signs = { user: '@', channel: '#', usergroup: '@' }

export function mention(kind, id, words) {
  return el('span', { class: 'mention' }, `${signs[kind]}${words ?? nameOf(kind, id)}`)
}

/** Only web and mail addresses become links. */
export function link(url, words) {
  const safe = /^(https?|mailto):/iu.test(url)
  return safe
    ? el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, words)
    : el('span', {}, words)
}
