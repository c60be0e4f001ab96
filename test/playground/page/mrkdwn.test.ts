import { expect, test } from 'vitest'

interface Token {
  readonly kind: string
  readonly text?: string
  readonly id?: string
  readonly url?: string
  readonly tokens?: readonly Token[]
}

// The page's own modules are plain JavaScript without types.
const path = new URL('../../../playground/page/static/mrkdwn.js', import.meta.url).href
const { tokensOf } = (await import(path)) as { tokensOf: (source: string) => readonly Token[] }

/** Tokens as short text: `bold(one)`. */
function told(tokens: readonly Token[]): string {
  return tokens
    .map(({ kind, text, id, url, tokens: inner }) => {
      if (kind === 'text') return text ?? ''
      return `${kind}(${inner ? told(inner) : [id, url, text].filter(Boolean).join('|')})`
    })
    .join('')
}

const table: [string, string][] = [
  ['plain words', 'plain words'],
  ['*bold* and _italic_ and ~gone~', 'bold(bold) and italic(italic) and strike(gone)'],
  ['*bold _and italic_*', 'bold(bold italic(and italic))'],
  ['2*3*4 snake_case_name', '2*3*4 snake_case_name'],
  ['`*not bold*`', 'code(*not bold*)'],
  ['```one\n*two*```', 'pre(one\n*two*)'],
  ['<@U0ADA> in <#C0SUPPORT|support>', 'user(U0ADA) in channel(C0SUPPORT|support)'],
  ['<!subteam^S1> <!channel>', 'usergroup(S1) broadcast(@channel)'],
  ['<https://example.com|words>', 'link(https://example.com|words)'],
  ['*see <@U0ADA>*, please', 'bold(see user(U0ADA)), please'],
  ['*`code`*', 'bold(code(code))'],
  ['&lt;@U0ADA&gt; &amp;lt;', '<@U0ADA> &lt;'],
  ['> quoted *words*\nafter', 'quote(quoted bold(words))after'],
  [':white_check_mark: done', 'emoji(✅) done'],
]
test.each(table)('%s', (source, expected) => {
  expect(told(tokensOf(source))).toBe(expected)
})

test('nothing is lost or made up: plain characters survive in their order', () => {
  const source = 'a *b* _c_ *d <@U1> e* f `g` *unclosed <@U2> text'
  expect(told(tokensOf(source)).replaceAll(/bold|italic|code|user|[()]/gu, '')).toBe(
    'a b c d U1 e f g *unclosed U2 text',
  )
})
