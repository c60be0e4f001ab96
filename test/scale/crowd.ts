import { DatabaseSync } from 'node:sqlite'
import { canonical } from '../../src/core/canonical.ts'
import type { Pending } from '../../src/core/request.ts'
import { databaseIn } from '../../src/store/folder.ts'

const HOUR_MS = 3_600_000

export interface Crowd {
  readonly requests: number
  /** The moment at which the first of their jobs fall due. */
  readonly now: number
  /** Of each ten requests, so many have a job that is due already. */
  readonly dueOfTen: number
}

/** An open request as the bot would have written it. */
export function openRequest(nth: number, now: number): Pending {
  const askedAt = now - HOUR_MS - nth
  const pool = 'eu-west-1_PROD00001'
  const user = `customer-${nth}`
  return {
    id: `crowd-${String(nth).padStart(6, '0')}`,
    operation: 'reset-password',
    requester: `U0SUP${String(nth % 40).padStart(2, '0')}`,
    pool,
    target: user,
    targetEmails: [`${user}@example.com`],
    input: { pool, user, method: 'temporary', sign_out: false, verified: 'Called', reason: 'T' },
    shown: {
      label: `${user}@example.com`,
      facts: [
        { term: 'User', text: `${user}@example.com` },
        { term: 'Now', text: `${user}@example.com is active.` },
        { term: 'What happens', text: 'A temporary password replaces the old one.' },
        { term: 'Signed out everywhere', text: 'No' },
      ],
      warnings: [],
    },
    digest: 'd'.repeat(64),
    lasting: 'e'.repeat(64),
    policyVersion: 'f'.repeat(64),
    approvals: 2,
    least: 0,
    sent: 's1',
    secret: true,
    emergency: undefined,
    askedAt,
    version: 1,
    round: 1,
    attempt: 0,
    state: 'pending',
    expiresAt: now + HOUR_MS,
    claimedBy: undefined,
    changed: [],
  }
}

/** Writes open requests and their jobs straight into the tables: through the port it takes minutes. */
export function seed(folder: string, { requests, now, dueOfTen }: Crowd): void {
  const database = new DatabaseSync(databaseIn(folder))
  const request = database.prepare(
    `insert into request (id, version, state, requester, asked_at, open_since, body)
     values (?, 1, 'pending', ?, ?, ?, ?)`,
  )
  const job = database.prepare(
    `insert into job (id, kind, request, about, due_at, ready_at, attempts, finished_at)
     values (?, ?, ?, ?, ?, ?, 0, null)`,
  )
  database.exec('begin')
  for (let nth = 0; nth < requests; nth++) {
    const { id, requester, askedAt, ...rest } = openRequest(nth, now)
    const body = canonical(JSON.parse(JSON.stringify({ id, requester, askedAt, ...rest })))
    request.run(id, requester, askedAt, askedAt, body)
    const due = nth % 10 < dueOfTen ? now - nth : now + HOUR_MS + nth
    job.run(`expire-${id}-1`, 'expire', id, '{}', due, due)
    job.run(`remind-${id}-1-1`, 'remind', id, '{"times":1}', due, due)
  }
  database.exec('commit')
  database.exec('pragma wal_checkpoint(truncate)')
  database.close()
}
