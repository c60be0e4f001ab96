/** `ms`, `µs` and `MB` are measured, everything else is counted. */
type Unit = 'ms' | 'µs' | 'MB' | 'calls' | 'connections' | 'answers'

interface Named {
  readonly name: string
  readonly unit: Unit
}

/** One round of both sides, taken in turn under the same conditions. */
export interface Pair {
  readonly floor: number
  readonly product: number
}

/** Product against floor; `atMost` is a goal for the ratio. */
export interface Compared extends Named {
  readonly kind: 'compared'
  readonly rounds: readonly Pair[]
  readonly atMost?: number
}

/** The product alone; `atMost` is a goal in the figure's own unit. */
export interface Alone extends Named {
  readonly kind: 'alone'
  readonly rounds: readonly number[]
  readonly atMost?: number
}

/** Something that has one right number, whatever the machine. */
export interface Counted extends Named {
  readonly kind: 'counted'
  readonly rounds: readonly number[]
  readonly exactly: number
}

export type Figure = Compared | Alone | Counted

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** Between two values, interpolated. `part` is from 0 to 1. */
export function percentile(values: readonly number[], part: number): number {
  if (values.length === 0) throw new Error('Nothing was measured.')
  const sorted = values.toSorted((a, b) => a - b)
  const place = part * (sorted.length - 1)
  const below = sorted[Math.floor(place)] ?? 0
  const above = sorted[Math.ceil(place)] ?? 0
  return Math.min(above, below + (above - below) * (place - Math.floor(place)))
}

/** The ratio of each round. Rounds differ in how busy the machine is; within one, both sides share that. */
export function ratios(rounds: readonly Pair[]): readonly number[] {
  return rounds.map(({ floor, product }) => product / floor)
}

/** (max - min) / median. */
export function spread(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) / median(values)
}
