export interface Typed {
  /** Empty when nothing was typed. */
  readonly verb: string
  readonly words: readonly string[]
}

const MAX_LENGTH = 1000

/** The words after `/cognito`, without Slack's and keyboards' decorations around them (slack.md 5). */
export function readCommand(text: string): Typed {
  const [verb = '', ...words] = text
    .slice(0, MAX_LENGTH)
    .split(/\s+/u)
    .map(undecorate)
    .filter(Boolean)
  return { verb: verb.toLowerCase(), words }
}

/** `<mailto:a@b|a@b>`, `<tel:+44|+44>` and quotes of any kind around a word. */
function undecorate(word: string): string {
  const link = /^<(?:mailto|tel):([^|>]{1,320})(?:\|[^>]{0,320})?>$/u.exec(word)
  return (link?.[1] ?? word).replaceAll(/^["'“”‘’„«»]+|["'“”‘’„«»]+$/gu, '')
}
