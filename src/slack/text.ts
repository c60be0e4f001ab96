// Control and format characters: bidi overrides, zero-width characters, byte-order marks; a newline may stay.
const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}]/gu

/** Untrusted text made fit to show: nothing invisible, at most `max` UTF-16 units, cut on a whole character. */
export function clean(text: string, max: number): string {
  const visible = text.replace(INVISIBLE, '')
  if (visible.length <= max) return visible
  let kept = ''
  for (const character of visible) {
    if (kept.length + character.length > max - 1) break
    kept += character
  }
  return `${kept}…`
}

/** The same on one line, so that a value cannot forge a second one. */
export function cleanLine(text: string, max: number): string {
  return clean(text.replace(/\s+/g, ' '), max)
}

/** For the few places that Slack reads as mrkdwn, such as a message's `text`: cut, then escaped whole. */
export function escaped(text: string, max = 3000): string {
  return clean(text, max).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
