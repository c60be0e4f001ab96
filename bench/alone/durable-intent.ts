// Measures how long it takes to make an intent durable, against appending the same bytes and waiting for the disk.
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { EntryDraft } from '../../src/core/audit.ts'
import type { Executing } from '../../src/core/request.ts'
import { openStore } from '../../src/store/store.ts'

const TIMES = 300
const folder = process.env['LIFEGUARD_DATA'] ?? ''
const store = await openStore({ folder, now: Date.now })
const log = openSync(join(folder, 'appended'), 'a')
let count = 0

function newRequest(): Executing {
  count += 1
  return {
    id: `request-${process.pid}-${count}`,
    operation: 'reset-password',
    requester: 'U0ADA',
    pool: 'eu-west-1_STAGE0001',
    target: 'grace',
    targetEmails: ['grace@example.com'],
    shown: { label: 'grace@example.com', facts: [{ term: 'User', text: 'grace' }], warnings: [] },
    input: { pool: 'eu-west-1_STAGE0001', user: 'grace', method: 'temporary', reason: 'Ticket' },
    digest: 'd',
    lasting: 'l',
    policyVersion: 'p',
    approvals: 0,
    least: 0,
    sent: 's1',
    secret: true,
    emergency: undefined,
    round: 1,
    askedAt: Date.now(),
    version: 1,
    attempt: 1,
    state: 'executing',
    leaseUntil: Date.now() + 30_000,
    revealUntil: Date.now() + 900_000,
  }
}

function intentOf({ id: request, operation, pool, target }: Executing): EntryDraft {
  return { event: 'intent', actor: 'U0ADA', request, operation, pool, target }
}

async function commit(): Promise<number> {
  const request = newRequest()
  const startedAt = performance.now()
  await store.open(request, { entries: [intentOf(request)] })
  return (performance.now() - startedAt) * 1000
}

function append(): number {
  const request = newRequest()
  const line = `${JSON.stringify({ ...request, ...intentOf(request) })}\n`
  const startedAt = performance.now()
  writeSync(log, line)
  fdatasyncSync(log)
  return (performance.now() - startedAt) * 1000
}

async function measure(): Promise<object> {
  const commits: number[] = []
  const appends: number[] = []
  for (let time = 0; time < TIMES; time++) {
    commits.push(await commit())
    appends.push(append())
  }
  return { commits, appends }
}

process.on('message', () => void measure().then((times) => process.send?.(times)))
process.once('exit', () => closeSync(log))
process.stdout.write('ready\n')
