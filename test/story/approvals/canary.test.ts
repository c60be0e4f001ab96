import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { secretIn } from '../../../playground/reading.ts'
import { approveAll, ask, cardSays, reveal } from './acts.ts'
import { expectBalancedBooks, linesOf } from './books.ts'
import { openFirm, PROD, transports } from './firm.ts'

it.each(transports)(
  'a revealed password is in the modal and nowhere else (%s)',
  async (transport) => {
    await using firm = await openFirm({ transport, logLevel: 'trace' })
    const [ada, user] = [firm.supporter(), firm.customer(PROD.id)]
    const { id } = await ask(firm, ada, { pool: PROD, user, method: 'temporary' })
    await approveAll(firm, id, firm.slack.person('U0GRACE'), firm.slack.person('U0LINUS'))
    const passwords: string[] = []
    const again = async () => {
      passwords.push(secretIn(await reveal(firm, ada, id)) ?? '')
      await ada.close({ all: true })
    }
    await again()
    firm.slack.faults.inject('views.update', { kind: 'truncated' })
    await again()
    await cardSays(firm, id, 'This was attempt 2')
    expect(passwords.every((password) => password.length === 22)).toBe(true)
    await ada.openHome()
    await ada.slash('/cognito', 'requests')
    await expectBalancedBooks(firm)

    const metrics = await (await fetch(`${firm.urls[0]}/metrics`)).text()
    const slack = JSON.stringify([
      firm.slack.deliveries,
      firm.slack.calls.filter(({ method }) => method !== 'views.update'),
      firm.slack.channel('C0APPROVE').messages,
      firm.slack.channel('C0AUDIT').messages,
      firm.slack.directMessages(ada.id),
      firm.slack.home(ada.id),
    ])
    const sinks = {
      metrics,
      slack,
      log: firm.lines.join('\n'),
      audit: JSON.stringify(await linesOf(firm)),
      ...(await filesIn(firm.folder)),
    }
    expect(Object.keys(sinks).length).toBeGreaterThan(4)
    await firm.bots[0]?.stop()
    const closed = await filesIn(firm.folder)
    for (const [sink, text] of [...Object.entries(sinks), ...Object.entries(closed)])
      for (const password of passwords)
        expect(text.includes(password), `a password is in ${sink}`).toBe(false)
    expect(firm.slack.problems).toEqual([])
  },
  60_000,
)

/** Every byte that the bot keeps: database and write-ahead log. */
async function filesIn(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile())
  return Object.fromEntries(
    await Promise.all(
      files.map(async ({ parentPath, name }) => {
        return [name, await readFile(join(parentPath, name), 'latin1')] as const
      }),
    ),
  )
}
