import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EntryDraft } from '../../src/core/audit.ts'
import type { Job } from '../../src/core/job.ts'
import { advance, type Ended, type Executing, type Pending } from '../../src/core/request.ts'
import type { Request, Step } from '../../src/core/request.ts'
import type { Vote } from '../../src/core/vote.ts'

/** A folder of its own, gone with everything in it when the scope ends. */
export async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'lifeguard-store-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

const asked = {
  operation: 'reset-password',
  requester: 'U0ADA',
  pool: 'eu-west-1_abc123',
  target: 'grace',
  targetEmails: ['grace@example.com'],
  input: { pool: 'eu-west-1_abc123', user: 'grace', method: 'temporary' },
  shown: { label: 'Grace', facts: [], warnings: [] },
  digest: 'd1',
  lasting: 'l1',
  policyVersion: 'p1',
  approvals: 2,
  least: 0,
  sent: 's1',
  secret: false,
  emergency: undefined,
  askedAt: 1_000,
  version: 1,
  round: 1,
}

export function pending(id: string, about: Partial<Pending> = {}): Pending {
  const waiting = { expiresAt: 90_000, claimedBy: undefined, changed: [] }
  return { ...asked, id, attempt: 0, state: 'pending', ...waiting, ...about }
}

export function executing(id: string, about: Partial<Executing> = {}): Executing {
  const leased = { leaseUntil: 31_000, revealUntil: 60_000 }
  return { ...asked, id, attempt: 1, state: 'executing', ...leased, ...about }
}

/** The request after the step, which must apply. */
export function after(request: Request, step: Step): Request {
  const result = advance(request, step)
  if ('next' in result) return result.next
  throw new Error(result.refused)
}

export function done(request: Executing, outcome: string): Ended {
  return after(request, { kind: 'end', as: 'done', attempt: request.attempt, outcome }) as Ended
}

export function draft(event: EntryDraft['event'], about: Partial<EntryDraft> = {}): EntryDraft {
  return { event, actor: 'U0ADA', operation: 'reset-password', pool: 'eu-west-1_abc123', ...about }
}

export function vote(request: string, person: string, about: Partial<Vote> = {}): Vote {
  return { request, round: 1, person, at: 2_000, ...about }
}

export function job(id: string, about: Partial<Job> = {}): Job {
  return { id, kind: 'card', request: 'r1', about: {}, dueAt: 1_000, ...about }
}
