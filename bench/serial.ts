/** A call from when it was received until its answer left, in milliseconds of one clock. */
export interface Span {
  readonly name: string
  readonly at: number
  readonly answered: number
}

/**
 * How many calls were waited for, one after the other, before `visible`: the longest chain in which
 * each call came after the answer to the one before. Calls side by side count as one.
 */
export function waitedFor(spans: readonly Span[], visible: number): number {
  let length = 0
  let free = Number.NEGATIVE_INFINITY
  const ended = spans.filter(({ answered }) => answered <= visible)
  for (const { at, answered } of ended.toSorted((a, b) => a.answered - b.answered)) {
    if (at < free) continue
    length += 1
    free = answered
  }
  return length
}
