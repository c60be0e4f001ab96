import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EntryDraft } from '../../src/core/audit.ts'
import { advance, type Ended, type Executing } from '../../src/core/request.ts'

/** A folder of its own, gone with everything in it when the scope ends. */
export async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'lifeguard-store-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

export function executing(id: string, about: Partial<Executing> = {}): Executing {
  return {
    id,
    operation: 'reset-password',
    requester: 'U0ADA',
    pool: 'eu-west-1_abc123',
    target: 'grace',
    input: { pool: 'eu-west-1_abc123', user: 'grace', method: 'temporary' },
    digest: 'd1',
    policyVersion: 'p1',
    askedAt: 1_000,
    version: 1,
    attempt: 1,
    state: 'executing',
    leaseUntil: 31_000,
    ...about,
  }
}

export function done(request: Executing, outcome: string): Ended {
  return advance(request, { kind: 'end', as: 'done', attempt: request.attempt, outcome })!
}

export function draft(event: EntryDraft['event'], about: Partial<EntryDraft> = {}): EntryDraft {
  return { event, actor: 'U0ADA', operation: 'reset-password', pool: 'eu-west-1_abc123', ...about }
}
