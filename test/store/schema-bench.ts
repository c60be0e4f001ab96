import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import type { Bench } from './store-contract.ts'
import { storeAt } from './place.ts'

/** A schema of its own in the database at this address. */
export async function schemaBench(address: string): Promise<Bench> {
  const schema = `lifeguard_${randomBytes(6).toString('hex')}`
  await sendTo(address, `create schema ${schema}`)
  const url = new URL(address)
  url.searchParams.set('options', `-c search_path=${schema}`)
  return {
    place: url.href,
    open: (now) => storeAt(url.href, now),
    atOnce: (calls) => Promise.all(calls.map((call) => call())),
    [Symbol.asyncDispose]: async () => {
      await sendTo(address, `drop schema ${schema} cascade`)
    },
  }
}

/** The rows that one statement answers, over a connection of its own. */
export async function sendTo(
  address: string,
  statement: string,
): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: address })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}
