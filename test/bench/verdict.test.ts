import { describe, expect, it } from 'vitest'
import type { Alone, Compared, Counted } from '../../bench/figure.ts'
import { judge } from '../../bench/verdict.ts'

const calm = { quick: false, loadPerCore: 0.1 }
const quick = { ...calm, quick: true }
const busy = { ...calm, loadPerCore: 2 }

function compared(products: readonly number[], atMost?: number): Compared {
  const rounds = products.map((product) => ({ floor: 100, product }))
  const goal = atMost === undefined ? {} : { atMost }
  return { kind: 'compared', name: 'a figure', unit: 'µs', rounds, ...goal }
}

const alone = (...rounds: readonly number[]): Alone => ({
  kind: 'alone',
  name: 'a figure',
  unit: 'ms',
  rounds,
  atMost: 5,
})

const counted = (...rounds: readonly number[]): Counted => ({
  kind: 'counted',
  name: 'a figure',
  unit: 'calls',
  rounds,
  exactly: 2,
})

describe('what may be claimed of a figure', () => {
  it.each([
    ['met', 'under the goal', compared([50, 52, 54], 0.6)],
    ['met', 'just at the goal', compared([60, 60, 60], 0.6)],
    ['missed', 'over the goal', compared([70, 71, 72], 0.6)],
    ['no claim', 'under the goal with ratios far apart', compared([30, 50, 55], 0.6)],
    ['no claim', 'over the goal with ratios far apart', compared([70, 100, 140], 0.6)],
    ['no goal', 'without a goal', compared([30, 50, 55])],
    ['met', 'alone, every round under the goal', alone(3, 4, 5)],
    ['missed', 'alone, no round under the goal', alone(6, 7, 30)],
    ['no claim', 'alone, some rounds under the goal', alone(3, 4, 6)],
    ['met', 'counted, always right', counted(2, 2)],
    ['missed', 'counted, once too many', counted(2, 2, 3)],
    ['missed', 'counted, once too few', counted(2, 1, 2)],
  ])('%s: %s', (expected, _case, figure) => {
    expect(judge(figure, calm).verdict).toBe(expected)
  })

  it('a quick look claims nothing that was timed, met or missed', () => {
    const timed = [compared([50, 50], 0.6), compared([90, 90], 0.6), alone(3, 3), alone(9, 9)]
    const verdicts = timed.map((figure) => judge(figure, quick).verdict)
    expect(new Set(verdicts)).toEqual(new Set(['no claim']))
  })

  it('a quick look still counts', () => {
    expect(judge(counted(2), quick).verdict).toBe('met')
    expect(judge(counted(3), quick).verdict).toBe('missed')
  })

  it('a busy machine excuses a figure without a floor, and takes nothing from one that is met', () => {
    expect(judge(alone(6, 7, 8), busy).verdict).toBe('no claim')
    expect(judge(alone(2, 3, 4), busy).verdict).toBe('met')
  })

  it('the table shows the median of the ratios, not the ratio of the medians', () => {
    const rounds = [
      { floor: 100, product: 60 },
      { floor: 200, product: 100 },
      { floor: 400, product: 160 },
    ]
    const judged = judge({ kind: 'compared', name: 'a', unit: 'ms', rounds }, calm)
    expect(judged).toMatchObject({ floor: 200, product: 100, ratio: 0.5 })
  })

  it('a wrong count is shown as it was counted', () => {
    expect(judge(counted(2, 4, 2), calm)).toMatchObject({ product: 4, goal: '= 2' })
  })
})
