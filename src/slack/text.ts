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
