import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { textOf } from '../story/approvals/acts.ts'
import { openFirm } from '../story/approvals/firm.ts'
import { seed } from './crowd.ts'

const LONGEST_MS = 20
const ROUNDS = 5

it('a person sees what waits for them among 100,000 open requests without holding up others', async () => {
  await using firm = await openFirm()
  await firm.bots[0]?.stop()
  seed(firm.folder, { requests: 100_000, now: Date.now(), dueOfTen: 0 })
  await firm.start()
  const grace = firm.slack.person('U0GRACE')
  const idle: number[] = []
  const home: number[] = []
  const command: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await longestBlock(firm.urls[0] ?? '')
    await pause(500)
    idle.push(await longestBlock(firm.urls[0] ?? ''))
    await grace.openHome()
    await firm.until(() => textOf(firm.slack.home('U0GRACE')).includes('customer-0@'))
    await pause(100)
    home.push(await longestBlock(firm.urls[0] ?? ''))
    const reply = await grace.slash('/cognito', 'requests')
    expect(JSON.stringify(reply.ack)).toContain('Waiting for you')
    command.push(await longestBlock(firm.urls[0] ?? ''))
  }
  console.info('longest block by round, ms', { idle, home, command })
  expect(Math.min(...home) - Math.min(...idle)).toBeLessThan(LONGEST_MS)
  expect(Math.min(...command) - Math.min(...idle)).toBeLessThan(LONGEST_MS)
})

/** Milliseconds, the interval of the measurement (10) among them, since this was asked last: prom-client starts its histogram anew with each answer. */
async function longestBlock(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const found = /^\w*nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)
  if (!found) throw new Error('The bot does not tell how long its event loop stood still.')
  return Math.round(Number(found[1]) * 1000)
}
