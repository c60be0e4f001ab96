/** A moment as plans and lists show it, for readers in every time zone: `2026-11-26 20:15 UTC`. */
export function momentOf(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
