const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** Milliseconds in words, in the largest unit that fits: `12 minutes`, `4 hours`, `2 days`. */
export function spanOf(ms: number): string {
  for (const [unit, size] of UNITS) {
    const count = Math.floor(ms / size)
    if (count >= 1) return count === 1 ? `1 ${unit}` : `${count} ${unit}s`
  }
  return 'less than a minute'
}
