import type { Figure } from './figure.ts'
import type { Surroundings } from './surroundings.ts'

/** What a row is given to measure with. */
export interface Bench {
  /** Rounds that count, after one that is thrown away. */
  readonly rounds: number
  /** So many repetitions within a round, fewer for a quick look. */
  readonly times: (count: number) => number
  readonly around: Surroundings
}

/** One line of the suite: `npm run bench -- <name>`. */
export interface Row {
  readonly name: string
  /** One sentence for the page: what is measured against what. */
  readonly about: string
  measure(bench: Bench): Promise<readonly Figure[]>
}
