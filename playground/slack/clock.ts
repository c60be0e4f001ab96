import type { Clock } from './types.ts'

export const realClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

export interface VirtualClock extends Clock {
  /** Moves time on and runs what falls due, in order. */
  advance(ms: number): void
}

/** Time that stands still until it is advanced; starts at the real time, so that signatures stay fresh. */
export function virtualClock(start = Date.now()): VirtualClock {
  let time = start
  const waiting = new Set<{ readonly due: number; readonly run: () => void }>()
  const next = (end: number) =>
    [...waiting].filter((timer) => timer.due <= end).toSorted((a, b) => a.due - b.due)[0]
  return {
    now: () => time,
    after(ms, run) {
      const timer = { due: time + ms, run }
      waiting.add(timer)
      return () => waiting.delete(timer)
    },
    advance(ms) {
      const end = time + ms
      for (let timer = next(end); timer; timer = next(end)) {
        waiting.delete(timer)
        time = timer.due
        timer.run()
      }
      time = end
    },
  }
}
