import { z } from 'zod'
import type { AuditEntry } from '../core/audit.ts'
import type { AuditNames } from './audit-line.ts'
import type { AuditHead, AuditRange } from './audit-message.ts'
import type { Channel } from './posting.ts'
import type { SlackFault } from './slack-fault.ts'
import { AUDIT_EVENT_TYPE, auditMessage } from './audit-message.ts'
import { findPosted, post } from './posting.ts'
import { slackFault } from './slack-fault.ts'

/** `uncertain`: a post of this range was begun, and its answer never recorded. */
export interface AuditBatch extends AuditRange {
  readonly entries: readonly AuditEntry[]
  readonly state: 'new' | 'uncertain'
  readonly attempts: number
}

export interface AuditChannel extends Channel {
  readonly names: AuditNames
}

/** A batch whose message is not known to be in the channel, and whether it may be all the same. */
export interface Unplaced {
  readonly fault: SlackFault
  readonly as: AuditBatch['state']
}

const auditMetadata = z.object({
  event_type: z.literal(AUDIT_EVENT_TYPE),
  event_payload: z.object({ from: z.number(), to: z.number() }),
})

/** The timestamp of the batch's message: found when an earlier try had left it, else posted now. */
export async function placeBatch(
  batch: AuditBatch,
  head: AuditHead,
  at: AuditChannel,
): Promise<string | Unplaced> {
  let { state } = batch
  try {
    const found = state === 'uncertain' ? await find(batch, at) : undefined
    if (found !== undefined) return found
    state = 'new'
    return await send(batch, head, at)
  } catch (error) {
    const fault = slackFault(error)
    return { fault, as: fault.effect === 'uncertain' ? 'uncertain' : state }
  }
}

async function find(batch: AuditBatch, at: AuditChannel): Promise<string | undefined> {
  const since = Date.parse(batch.entries[0]?.at ?? '') || at.now()
  return findPosted(at, since, (metadata) => covers(metadata, batch))
}

async function send(batch: AuditBatch, head: AuditHead, at: AuditChannel): Promise<string> {
  const { channel, names } = at
  return post(at, auditMessage(batch, batch.entries, { channel, head, names }))
}

function covers(metadata: unknown, { from, to }: AuditRange): boolean {
  const { success, data } = auditMetadata.safeParse(metadata)
  return success && data.event_payload.from === from && data.event_payload.to === to
}
