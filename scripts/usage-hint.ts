import type { Operation } from '../src/core/operation.ts'

/** Slack shows the hint on one line beside the command. */
const MOST = 100

/** `reset-password [pool] [user] | … | help`: the first operations that have room, and where the others are. */
export function usageHint(operations: readonly Operation[]): string {
  const ways = operations.map(({ name, words }) =>
    [name, ...words.map((word) => `[${word}]`)].join(' '),
  )
  const fitting = ways.filter((_way, nth) => ways.slice(0, nth + 1).join(' | ').length <= MOST)
  return [...fitting, 'help'].join(' | ')
}
