import { expect, it } from 'vitest'
import { Turns } from '../../src/slack/turns.ts'

it('work on one key goes one after the other, on several keys side by side', async () => {
  const turns = new Turns()
  const gate = Promise.withResolvers<void>()
  const order: string[] = []
  const first = turns.run('a', async () => {
    await gate.promise
    order.push('first')
  })
  const second = turns.run('a', async () => void order.push('second'))
  await turns.run('b', async () => void order.push('other'))
  gate.resolve()
  await Promise.all([first, second])
  expect(order).toEqual(['other', 'first', 'second'])
})

it('work that fails holds up nobody', async () => {
  const turns = new Turns()
  const failed = turns.run('a', () => Promise.reject(new Error('no')))
  const after = turns.run('a', async () => 'yes')
  await expect(failed).rejects.toThrow('no')
  expect(await after).toBe('yes')
})
