import { describe, expect, it } from 'vitest'
import { paceOf } from '../../src/cognito/pace.ts'
import { remembered } from '../../src/cognito/remembered.ts'

describe('answers kept for a while', () => {
  it('count from when the read began', async () => {
    const clock = { ms: 0 }
    const answers = remembered<{ n: number }>(1_000, 10, () => clock.ms)
    let n = 0
    const slow = Promise.withResolvers<{ n: number }>()
    const first = answers.get('a', () => slow.promise)
    clock.ms = 900
    slow.resolve({ n: (n += 1) })
    expect(await first).toEqual({ n: 1 })
    expect(answers.known('a')).toEqual({ n: 1 })
    clock.ms = 1_001
    expect(answers.known('a')).toBeUndefined()
    expect(answers.recall('a')).toBeUndefined()
  })

  it('are as many as there is room for', async () => {
    const answers = remembered<{ key: string }>(1_000, 2, () => 0)
    for (const key of ['a', 'b', 'c']) await answers.get(key, async () => ({ key }))
    expect(['a', 'b', 'c'].map((key) => answers.known(key) !== undefined)).toEqual([
      false,
      true,
      true,
    ])
  })

  it('do not outlive a failure, and a late failure does not drop a newer answer', async () => {
    const clock = { ms: 0 }
    const answers = remembered<{ n: number }>(1_000, 10, () => clock.ms)
    const late = Promise.withResolvers<{ n: number }>()
    const failing = answers.get('a', () => late.promise)
    clock.ms = 2_000
    await answers.get('a', async () => ({ n: 2 }))
    late.reject(new Error('late'))
    await expect(failing).rejects.toThrow('late')
    expect(answers.known('a')).toEqual({ n: 2 })
  })
})

describe('a pace', () => {
  it('lets a second’s worth through at once and then one by one', async () => {
    const clock = { ms: 0 }
    const waits: number[] = []
    const pace = paceOf(
      3,
      () => clock.ms,
      async (ms) => waits.push(Math.round(ms)),
    )
    for (let n = 0; n < 5; n++) await pace.take()
    expect(waits).toEqual([333, 667])
    clock.ms = 10_000
    for (let n = 0; n < 3; n++) await pace.take()
    expect(waits).toHaveLength(2)
  })

  it('makes the patient wait for those who could not', async () => {
    const waits: number[] = []
    const pace = paceOf(
      2,
      () => 0,
      async (ms) => waits.push(ms),
    )
    for (let n = 0; n < 4; n++) pace.spend()
    await pace.take()
    expect(waits).toEqual([1_500])
  })
})
