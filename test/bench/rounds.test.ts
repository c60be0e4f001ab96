import { describe, expect, it } from 'vitest'
import { inRounds, inSlices } from '../../bench/rounds.ts'
import type { Order, Side } from '../../bench/rounds.ts'

describe('rounds of a benchmark', () => {
  it('throws the first round away', async () => {
    expect(await inRounds(3, async (_order, round) => round)).toEqual([1, 2, 3])
  })

  it('reverses the order each round', async () => {
    const orders = await inRounds(4, async (order) => order.join(' '))
    expect(orders).toEqual(['product floor', 'floor product', 'product floor', 'floor product'])
  })

  it('runs one round at a time', async () => {
    let running = 0
    await inRounds(5, async () => {
      running += 1
      expect(running).toBe(1)
      await Promise.resolve()
      running -= 1
    })
  })

  it('takes slices in turn, so that each side is first as often as the other', async () => {
    const taken: Side[] = []
    const order: Order = ['floor', 'product']
    await inSlices(2, order, async (side) => void taken.push(side))
    expect(taken).toEqual(['floor', 'product', 'product', 'floor'])
  })
})
