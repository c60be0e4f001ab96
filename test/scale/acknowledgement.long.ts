import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { ask, card } from '../story/approvals/acts.ts'
import { approvers, openFirm, PROD, transports } from '../story/approvals/firm.ts'

const WRITER = fileURLToPath(new URL('writer.ts', import.meta.url))
const REQUESTS = 30

it.each(transports)(
  'every approval is acknowledged in time while another process writes to the store (%s)',
  async (transport) => {
    await using firm = await openFirm({ transport })
    const cards = []
    for (let nth = 0; nth < REQUESTS; nth++) {
      const who = firm.supporter()
      const user = firm.customer(PROD.id)
      const { id } = await ask(firm, who, { pool: PROD, user, method: 'temporary' })
      cards.push(await card(firm, id))
    }
    const writer = spawn(process.execPath, [WRITER, firm.folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let written = 0
    writer.stdout.on('data', (dots: Buffer) => (written += dots.length))
    await once(writer.stdout, 'data')
    const before = written
    const taken: number[] = []
    for (const { channel, ts } of cards) {
      const clicks = approvers.map((id) => firm.slack.person(id).click({ channel, ts }, 'approve'))
      for (const { acknowledged, delivery } of await Promise.all(clicks)) {
        expect(acknowledged).toBe(true)
        taken.push(delivery?.ms ?? Infinity)
      }
    }
    const during = written - before
    writer.kill('SIGKILL')
    await once(writer, 'exit')
    expect(during).toBeGreaterThan(cards.length)
    const sorted = taken.toSorted((one, other) => one - other)
    const [p50, p99] = [0.5, 0.99].map((part) => sorted[Math.floor(sorted.length * part)])
    console.info(
      `${transport}: ${taken.length} clicks, p50 ${p50} ms, p99 ${p99} ms, longest ${sorted.at(-1)} ms; ${during} entries written meanwhile`,
    )
  },
  120_000,
)
