import { emojiNamed } from './emoji.js'

/**
 * Slack's mrkdwn as a list of tokens: `{ kind, text }` or `{ kind, tokens }`.
 * Kinds: text, bold, italic, strike, code, pre, quote, link, user, channel, usergroup, broadcast, emoji.
 */
export function tokensOf(source) {
  const tokens = []
  for (const [index, piece] of source.split('```').entries())
    if (index % 2 === 1) tokens.push({ kind: 'pre', text: decode(piece.replace(/^\n|\n$/gu, '')) })
    else tokens.push(...quotes(piece))
  return tokens
}

function quotes(source) {
  const tokens = []
  let open = []
  const flush = () => {
    if (open.length > 0) tokens.push({ kind: 'quote', tokens: inline(open.join('\n')) })
    open = []
  }
  const lines = source.split('\n')
  for (const [index, line] of lines.entries()) {
    if (/^(&gt;|>)/u.test(line)) {
      open.push(line.replace(/^(&gt;|>) ?/u, ''))
      continue
    }
    flush()
    tokens.push(...inline(index < lines.length - 1 ? `${line}\n` : line))
  }
  flush()
  return tokens
}

const piece = /`([^`\n]+)`|<([^<>\n]+)>/gu

function inline(source) {
  const tokens = []
  let from = 0
  for (const match of source.matchAll(piece)) {
    tokens.push(...styled(source.slice(from, match.index)))
    tokens.push(
      match[1] === undefined ? reference(match[2]) : { kind: 'code', text: decode(match[1]) },
    )
    from = match.index + match[0].length
  }
  tokens.push(...styled(source.slice(from)))
  return joinStyles(tokens)
}

/** `<@U1>`, `<#C1|name>`, `<!subteam^S1>`, `<!here>`, `<!date^..|words>`, `<url|words>`. */
function reference(inside) {
  const [target, ...rest] = inside.split('|')
  const words = rest.length > 0 ? decode(rest.join('|')) : undefined
  if (target.startsWith('@')) return { kind: 'user', id: target.slice(1), text: words }
  if (target.startsWith('#')) return { kind: 'channel', id: target.slice(1), text: words }
  if (target.startsWith('!subteam^'))
    return { kind: 'usergroup', id: target.slice('!subteam^'.length), text: words }
  if (target.startsWith('!date^')) return { kind: 'text', text: words ?? '' }
  if (target.startsWith('!')) return { kind: 'broadcast', text: `@${target.slice(1)}` }
  return { kind: 'link', url: decode(target), text: words ?? decode(target) }
}

const styles = { '*': 'bold', _: 'italic', '~': 'strike' }
const style =
  /(?<![\p{L}\p{N}])([*_~])(?=\S)((?:(?!\1)[^\n])*?\S)\1(?![\p{L}\p{N}])|:([a-z0-9_+-]+):/u

function styled(source) {
  const match = style.exec(source)
  if (!match) return source === '' ? [] : [{ kind: 'text', text: decode(source) }]
  const before = source.slice(0, match.index)
  const after = source.slice(match.index + match[0].length)
  const found =
    match[3] === undefined
      ? { kind: styles[match[1]], tokens: styled(match[2]) }
      : { kind: 'emoji', text: emojiNamed(match[3]) }
  return [
    ...(before === '' ? [] : [{ kind: 'text', text: decode(before) }]),
    found,
    ...styled(after),
  ]
}

/** `*see <@U1>*` and ``*`code`*``: a style that opens before a reference and closes after it. */
function joinStyles(tokens) {
  for (const [index, token] of tokens.entries()) {
    const opener = token.kind === 'text' ? opening.exec(token.text) : null
    const end = opener ? closing(tokens, index, opener[2]) : -1
    if (!opener || end < 0) continue
    const [, before, mark, inside] = opener
    const last = tokens[end].text
    const at = last.indexOf(mark)
    return [
      { kind: 'text', text: token.text.slice(0, opener.index) + before },
      {
        kind: styles[mark],
        tokens: [
          { kind: 'text', text: inside },
          ...tokens.slice(index + 1, end),
          { kind: 'text', text: last.slice(0, at) },
        ].filter((one) => one.text !== ''),
      },
      ...joinStyles([{ kind: 'text', text: last.slice(at + 1) }, ...tokens.slice(end + 1)]),
    ]
      .toSpliced(0, 0, ...tokens.slice(0, index))
      .filter((one) => one.text !== '')
  }
  return tokens
}

const opening = /(^|[^\p{L}\p{N}])([*_~])((?:[^*_~\s][^*_~\n]*)?)$/u

/** Where the text stands that closes the style; a line end in between leaves it open. */
function closing(tokens, from, mark) {
  for (let at = from + 1; at < tokens.length; at += 1) {
    if (tokens[at].kind !== 'text') continue
    const [line] = tokens[at].text.split('\n')
    if (at > from + 1 && line.includes(mark)) return at
    if (line !== tokens[at].text) return -1
  }
  return -1
}

/** The three entities of Slack, and no others. */
function decode(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
