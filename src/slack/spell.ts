const LETTERS =
  'Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey Xray Yankee Zulu'.split(
    ' ',
  )
const OTHERS: Readonly<Record<string, string>> = {
  '!': 'exclamation mark',
  '#': 'hash',
  $: 'dollar',
  '%': 'percent',
  '+': 'plus',
  '=': 'equals',
  '?': 'question mark',
  '@': 'at',
}

/** A password to read out on the telephone: capitals in capitals, the rest in small letters. */
export function spell(text: string): string {
  return Array.from(text, word).join(', ')
}

function word(character: string): string {
  const letter = LETTERS[character.toLowerCase().charCodeAt(0) - 97]
  if (letter === undefined) return OTHERS[character] ?? character
  return character === character.toLowerCase()
    ? letter.toLowerCase()
    : `capital ${letter.toUpperCase()}`
}
