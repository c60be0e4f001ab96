import type { Clock } from './types.ts'

export interface Ids {
  /** `V00000001`, `Ev00000002`, ...: one counter for all. */
  next(prefix: string): string
  /** A message's `ts`: seconds of the clock and a counter, always growing. */
  ts(): string
  /** Slack's five characters for a block or action without an id. */
  short(): string
}

export function countingIds(clock: Clock): Ids {
  let count = 0
  const padded = (length: number) => String((count += 1)).padStart(length, '0')
  return {
    next: (prefix) => `${prefix}${padded(8)}`,
    ts: () => `${Math.floor(clock.now() / 1000)}.${padded(6)}`,
    short: () => (count += 1).toString(36).padStart(5, 'x'),
  }
}
