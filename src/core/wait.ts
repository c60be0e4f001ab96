const MINUTE_MS = 60_000
const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', MINUTE_MS],
  ['second', 1_000],
] as const

/** How long to wait, in words: `40 seconds`, `4 minutes`, `1 hour 5 minutes`. Never too short. */
export function waitOf(ms: number): string {
  const finest = ms < 5 * MINUTE_MS ? 1_000 : MINUTE_MS
  let left = Math.max(1, Math.ceil(ms / finest)) * finest
  const parts: string[] = []
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size)
    left -= count * size
    if (count > 0) parts.push(count === 1 ? `1 ${unit}` : `${count} ${unit}s`)
  }
  return parts.join(' ')
}
