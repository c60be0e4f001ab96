import { median, ratios, spread } from './figure.ts'
import type { Alone, Compared, Counted, Figure } from './figure.ts'

export type Verdict = 'met' | 'missed' | 'no claim' | 'no goal'

/** What decides whether anything may be claimed. */
export interface Circumstances {
  /** Too few rounds for a claim. */
  readonly quick: boolean
  /** The machine's load average per core before the start. */
  readonly loadPerCore: number
}

/** A figure with what may be said of it. Medians of the rounds. */
export interface Judged {
  readonly name: string
  readonly unit: Figure['unit']
  readonly floor?: number
  readonly product: number
  readonly ratio?: number
  /** Of the ratios; of the product's values when there is no floor. */
  readonly spread: number
  readonly goal: string
  readonly verdict: Verdict
}

const WIDEST_SPREAD = 0.25
const BUSY = 0.5

export function judge(figure: Figure, circumstances: Circumstances): Judged {
  switch (figure.kind) {
    case 'compared':
      return judgeCompared(figure, circumstances)
    case 'alone':
      return judgeAlone(figure, circumstances)
    case 'counted':
      return judgeCounted(figure)
  }
}

function judgeCompared(figure: Compared, { quick }: Circumstances): Judged {
  const { name, unit, rounds, atMost } = figure
  const all = ratios(rounds)
  const ratio = median(all)
  const width = spread(all)
  const common = {
    name,
    unit,
    floor: median(rounds.map(({ floor }) => floor)),
    product: median(rounds.map(({ product }) => product)),
    ratio,
    spread: width,
  }
  if (atMost === undefined) return { ...common, goal: '', verdict: 'no goal' }
  const verdict = quick || width > WIDEST_SPREAD ? 'no claim' : ratio <= atMost ? 'met' : 'missed'
  return { ...common, goal: `≤ ${atMost}x`, verdict }
}

/** Without a floor a busy machine excuses a miss; a goal that every round meets is met all the more. */
function judgeAlone(figure: Alone, { quick, loadPerCore }: Circumstances): Judged {
  const { name, unit, rounds, atMost } = figure
  const common = { name, unit, product: median(rounds), spread: spread(rounds) }
  if (atMost === undefined) return { ...common, goal: '', verdict: 'no goal' }
  const goal = `≤ ${atMost} ${unit}`
  if (quick) return { ...common, goal, verdict: 'no claim' }
  if (Math.max(...rounds) <= atMost) return { ...common, goal, verdict: 'met' }
  const certain = Math.min(...rounds) > atMost && loadPerCore <= BUSY
  return { ...common, goal, verdict: certain ? 'missed' : 'no claim' }
}

function judgeCounted({ name, unit, rounds, exactly }: Counted): Judged {
  const wrong = rounds.find((count) => count !== exactly)
  return {
    name,
    unit,
    product: wrong ?? exactly,
    spread: 0,
    goal: `= ${exactly}`,
    verdict: wrong === undefined ? 'met' : 'missed',
  }
}
