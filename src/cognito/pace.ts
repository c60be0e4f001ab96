import type { Clock } from '../core/ports.ts'

/** Our share of one quota of one account and region: at most a fifth of it (cognito.md 5). */
export interface Pace {
  /** Waits for its turn. */
  take(): Promise<void>
  /** Goes at once, because a person waits; whoever takes next waits the longer. */
  spend(): void
}

export type Pause = (ms: number) => Promise<unknown>

/** A token bucket that holds one second's worth. */
export function paceOf(perSecond: number, now: Clock, pause: Pause): Pace {
  let free = perSecond
  let filledAt = now()
  const spend = () => {
    const at = now()
    free = Math.min(perSecond, free + ((at - filledAt) / 1_000) * perSecond) - 1
    filledAt = at
  }
  const take = async () => {
    spend()
    if (free < 0) await pause((-free / perSecond) * 1_000)
  }
  return { spend, take }
}

/** One pace for each key, made when first asked for. */
export function paces(perSecond: number, now: Clock, pause: Pause): (key: string) => Pace {
  const known = new Map<string, Pace>()
  return (key) => {
    const pace = known.get(key) ?? paceOf(perSecond, now, pause)
    known.set(key, pace)
    return pace
  }
}
