import { parseArgs } from 'node:util'

export interface Options {
  /** Names of rows; empty for all. */
  readonly rows: readonly string[]
  readonly rounds: number
  /** Two rounds with less in each, and no claims. */
  readonly quick: boolean
  /** Puts the figures into docs/benchmarks.md. */
  readonly write: boolean
}

/** The fewest rounds that a claim may rest on. */
const ROUNDS = 5

const USAGE = 'Type npm run bench -- [row ...] [--quick] [--rounds 5] [--write].'

/** The options, or a sentence that says what is wrong with them. */
export function readOptions(args: readonly string[], known: readonly string[]): Options | string {
  const given = parsed(args)
  if (given === undefined) return USAGE
  const { positionals, values } = given
  const { quick, write } = values
  const unknown = positionals.filter((name) => !known.includes(name))
  if (unknown.length > 0)
    return `There is no row ${unknown.join(', ')}. The rows are ${known.join(', ')}.`
  if (quick && write) return 'A quick run makes no claims, so it is not written down.'
  const fewest = quick ? 1 : ROUNDS
  const rounds = Number(values.rounds ?? (quick ? 2 : ROUNDS))
  if (!Number.isInteger(rounds) || rounds < fewest)
    return `Give a whole number of rounds, at least ${fewest}.`
  return { rows: positionals, rounds, quick, write }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        quick: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        rounds: { type: 'string' },
      },
    })
  } catch {
    return undefined
  }
}
