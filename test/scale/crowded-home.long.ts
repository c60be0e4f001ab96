import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { textOf } from '../story/approvals/acts.ts'
import { approvers, openFirm } from '../story/approvals/firm.ts'
import { seed } from './crowd.ts'

const LONGEST_MS = 20

it('a person sees what waits for them among 100,000 open requests without holding up others', async () => {
  await using firm = await openFirm()
  await firm.bots[0]?.stop()
  seed(firm.folder, { requests: 100_000, now: Date.now(), dueOfTen: 0 })
  await firm.start()
  const idle: number[] = []
  const home: number[] = []
  const command: number[] = []
  // Each opens it for the first time, so that nothing is remembered about them.
  for (const id of approvers) {
    const who = firm.slack.person(id)
    await longestBlock(firm.urls[0] ?? '')
    await pause(500)
    idle.push(await longestBlock(firm.urls[0] ?? ''))
    const drawn = firm.slack.calls.length
    await who.openHome()
    await firm.until(() =>
      firm.slack.calls.slice(drawn).some(({ method }) => method === 'views.publish'),
    )
    expect(textOf(firm.slack.home(id))).toContain('customer-0@')
    await pause(100)
    home.push(await longestBlock(firm.urls[0] ?? ''))
    const reply = await who.slash('/cognito', 'requests')
    expect(JSON.stringify(reply.ack)).toContain('Waiting for you')
    command.push(await longestBlock(firm.urls[0] ?? ''))
  }
  console.info('longest block by round, ms', { idle, home, command })
  // The first home of a process pays for compilation, about 40 ms with 60 open requests and with 100,000.
  const [, ...later] = home
  expect(Math.max(...later) - Math.min(...idle)).toBeLessThan(LONGEST_MS)
  expect(Math.min(...command) - Math.min(...idle)).toBeLessThan(LONGEST_MS)
})

/** Milliseconds, the interval of the measurement (10) among them, since this was asked last: prom-client starts its histogram anew with each answer. */
async function longestBlock(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const found = /^\w*nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)
  if (!found) throw new Error('The bot does not tell how long its event loop stood still.')
  return Math.round(Number(found[1]) * 1000)
}
