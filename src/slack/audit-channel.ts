import type { WebClient } from '@slack/web-api'
import { z } from 'zod'
import type { AuditEntry } from '../core/audit.ts'
import type { Clock } from '../core/ports.ts'
import type { AuditNames } from './audit-line.ts'
import type { AuditHead, AuditRange } from './audit-message.ts'
import type { SlackFault } from './slack-fault.ts'
import { AUDIT_EVENT_TYPE, auditMessage } from './audit-message.ts'
import { slackFault } from './slack-fault.ts'

/** `uncertain`: a post of this range was begun, and its answer never recorded. */
export interface AuditBatch extends AuditRange {
  readonly entries: readonly AuditEntry[]
  readonly state: 'new' | 'uncertain'
  readonly attempts: number
}

export interface AuditChannel {
  /** The background client. */
  readonly client: Pick<WebClient, 'chat' | 'conversations'>
  /** Channel id. */
  readonly channel: string
  readonly names: AuditNames
  readonly now: Clock
}

/** A batch whose message is not known to be in the channel, and whether it may be all the same. */
export interface Unplaced {
  readonly fault: SlackFault
  readonly as: AuditBatch['state']
}

/** How far our clock may be from Slack's when a message is looked for. */
const CLOCK_DRIFT_MS = 600_000

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

/** The newest messages suffice: nothing else is posted while a batch waits. */
async function find(
  batch: AuditBatch,
  { client, channel, now }: AuditChannel,
): Promise<string | undefined> {
  const since = Date.parse(batch.entries[0]?.at ?? '') || now()
  const { messages } = await client.conversations.history({
    channel,
    include_all_metadata: true,
    oldest: String((since - CLOCK_DRIFT_MS) / 1000),
    limit: 200,
  })
  return messages?.find(({ metadata }) => covers(metadata, batch))?.ts
}

async function send(batch: AuditBatch, head: AuditHead, at: AuditChannel): Promise<string> {
  const { client, channel, names } = at
  const message = auditMessage(batch, batch.entries, { channel, head, names })
  const { ts } = await client.chat.postMessage(message)
  if (ts === undefined) throw new Error('Slack answered without the message’s timestamp.')
  return ts
}

function covers(metadata: unknown, { from, to }: AuditRange): boolean {
  const { success, data } = auditMetadata.safeParse(metadata)
  return success && data.event_payload.from === from && data.event_payload.to === to
}
