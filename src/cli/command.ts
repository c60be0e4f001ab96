import type { Facts } from '../core/operation.ts'

/** What a command may touch: handed in, so that a test can stand in its place. */
export interface Io {
  readonly env: NodeJS.ProcessEnv
  readonly operations: readonly Facts[]
  print(line: string): void
  complain(line: string): void
}

export interface Command {
  /** What is typed, such as `policy check`. */
  readonly name: string
  /** Its arguments for the help, such as `[file]`. */
  readonly takes: string
  readonly most: number
  readonly summary: string
  /** The exit code: 0 when all is well, 1 when something was found. */
  run(args: readonly string[], io: Io): number | Promise<number>
}
