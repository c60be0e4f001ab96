import { describe, expect, it } from 'vitest'
import { createPoolIndex } from '../../src/cognito/pool-index.ts'
import { createPaces } from '../../src/cognito/rates.ts'
import type { ListedPool } from '../../src/cognito/reads.ts'

/** A clock that moves only while somebody waits. */
function idleClock() {
  const clock = { ms: 0 }
  const pause = async (ms: number) => {
    clock.ms += ms
  }
  return { clock, now: () => clock.ms, pause }
}

/** Default quota of the category UserPoolRead, per second and per account and region (cognito.md 5). */
const QUOTA = 15

describe('the pace of reading pools', () => {
  it('lists 10,000 of them with less than a quarter of the quota', async () => {
    const { clock, now, pause } = idleClock()
    const paces = createPaces(undefined, now, pause)
    const calls: number[] = []
    const page = (from: number): ListedPool[] =>
      Array.from({ length: Math.min(60, 10_000 - from) }, (_, n) => ({
        id: `eu-west-1_${from + n}`,
        name: `pool-${from + n}`,
        modifiedAt: 0,
        createdAt: 0,
      }))
    const index = createPoolIndex({
      targets: [{ account: 'main', region: 'eu-west-1' }],
      rules: [{ match: { name: '*' }, environment: 'dev' }],
      list: async (_target, token) => {
        await paces.poolReads('main').take()
        calls.push(now())
        const from = Number(token ?? 0)
        return { pools: page(from), next: from + 60 < 10_000 ? String(from + 60) : undefined }
      },
      tags: async () => ({}),
      now,
      onTarget: () => undefined,
    })
    await index.refresh()
    expect(index.all()).toHaveLength(10_000)
    expect(calls).toHaveLength(167)
    expect(calls.length / (clock.ms / 1_000)).toBeLessThan(QUOTA / 4)
    for (const [nth, at] of calls.entries()) {
      const within = calls.slice(nth).filter((later) => later < at + 10_000).length
      expect(within).toBeLessThan((QUOTA / 4) * 10)
    }
  })

  it('is kept for each account and region by itself', async () => {
    const { clock, now, pause } = idleClock()
    const { poolReads } = createPaces(undefined, now, pause)
    for (let n = 0; n < 3; n++) await poolReads('main').take()
    await poolReads('other').take()
    expect(clock.ms).toBe(0)
    await poolReads('main').take()
    expect(clock.ms).toBeGreaterThan(300)
  })

  it('counts what a person waits for against what comes later', async () => {
    const { clock, now, pause } = idleClock()
    const { poolReads } = createPaces(undefined, now, pause)
    for (let n = 0; n < 6; n++) poolReads('main').spend()
    expect(clock.ms).toBe(0)
    await poolReads('main').take()
    expect(clock.ms).toBeGreaterThanOrEqual(1_300)
  })
})
