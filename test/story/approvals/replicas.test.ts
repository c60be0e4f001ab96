import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Client } from 'pg'
import { secretIn } from '../../../playground/reading.ts'
import { ask, card, cardSays, cardsOf, press, reveal } from './acts.ts'
import { eventsOf, expectBalancedBooks, writesIn } from './books.ts'
import type { Firm } from './firm.ts'
import { openFirm, PROD } from './firm.ts'

const address = process.env['TEST_DATABASE_URL']
const WHOLE_LIFE = ['asked', 'approved-by', 'approved-by', 'approved', 'intent', 'done']

describe('three processes of the bot on one store', () => {
  it('act as one on a file', async () => {
    await using firm = await openFirm({ bots: 3 })
    await actAsOne(firm)
  }, 60_000)

  it.skipIf(address === undefined)(
    'act as one on Postgres',
    async () => {
      await using schema = await schemaIn(address ?? '')
      await using firm = await openFirm({ bots: 3, database: schema.url })
      await actAsOne(firm)
    },
    60_000,
  )
})

/** Clicks go to different processes at the same moment: one execution each, one card each. */
async function actAsOne(firm: Firm): Promise<void> {
  for (let round = 0; round < 6; round++) {
    const [ada, user] = [firm.supporter(), firm.customer(PROD.id)]
    firm.deliverTo(round % 3)
    const method = round % 2 === 0 ? 'email-code' : 'temporary'
    const { id } = await ask(firm, ada, { pool: PROD, user, method })
    const { channel, ts } = await card(firm, id)
    const clicks = ['U0GRACE', 'U0LINUS', 'U0MARIA', 'U0GRACE', 'U0NINA'].map((who, nth) => {
      firm.deliverTo((round + nth) % 3)
      return firm.slack.person(who).click({ channel, ts }, 'approve')
    })
    for (const { acknowledged } of await Promise.all(clicks)) expect(acknowledged).toBe(true)
    if (method === 'temporary') {
      await cardSays(firm, id, 'Reset a password: approved')
      expect(secretIn(await reveal(firm, ada, id))).toHaveLength(22)
    }
    await cardSays(firm, id, 'Reset a password: done')
    const events = await eventsOf(firm, id)
    const life = events.filter((event) => event !== 'vote-refused' && event !== 'revealed')
    expect(life).toEqual(WHOLE_LIFE)
    expect(writesIn(firm.cognito.requests, user)).toHaveLength(1)
    expect(cardsOf(firm, id)).toHaveLength(1)
  }
  firm.deliverTo(0)
  const { id } = await ask(firm, firm.supporter(), {
    pool: PROD,
    user: firm.customer(PROD.id),
    method: 'email-code',
  })
  firm.deliverTo(1)
  await press(firm, firm.slack.person('U0GRACE'), id, 'approve')
  await cardSays(firm, id, '1 of 2 approvals')
  await expectBalancedBooks(firm)
  expect(firm.slack.problems).toEqual([])
}

/** A schema of its own in the database at this address. */
async function schemaIn(at: string) {
  const schema = `lifeguard_${randomBytes(6).toString('hex')}`
  const send = async (statement: string) => {
    const client = new Client({ connectionString: at })
    await client.connect()
    try {
      await client.query(statement)
    } finally {
      await client.end()
    }
  }
  await send(`create schema ${schema}`)
  const url = new URL(at)
  url.searchParams.set('options', `-c search_path=${schema}`)
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => send(`drop schema ${schema} cascade`),
  }
}
