import type { types } from '@slack/bolt'
import type { ChatPostMessageArguments } from '@slack/web-api'
import type { AuditEntry } from '../core/audit.ts'
import type { AuditNames } from './audit-line.ts'
import { auditLine, hasLine } from './audit-line.ts'
import { QUIET } from './posting.ts'
import { small, who } from './blocks.ts'

export interface AuditRange {
  readonly from: number
  readonly to: number
}

/** The history tree when the message is posted: whoever keeps the channel can check the log later. */
export interface AuditHead {
  readonly size: number
  /** 64 hexadecimal digits. */
  readonly root: string
}

export const AUDIT_EVENT_TYPE = 'lifeguard_audit'
/** To compare by eye; the whole root is in the metadata. */
const SHOWN_DIGITS = 16

/** One message for a range of entries. Nothing in it is read as markup, a mention or a link. */
export function auditMessage(
  range: AuditRange,
  entries: readonly AuditEntry[],
  about: { channel: string; head: AuditHead; names: AuditNames },
): ChatPostMessageArguments {
  const { from, to } = range
  const { size, root } = about.head
  const numbers = from === to ? `#${from}` : `#${from}–#${to}`
  const seal = `audit ${numbers} · head ${size}:${root.slice(0, SHOWN_DIGITS)}`
  return {
    channel: about.channel,
    text: `Lifeguard ${seal}`,
    blocks: [
      ...entries.filter(hasLine).map((entry) => lineBlock(entry, about.names)),
      ...readsBlock(entries),
      small(seal),
    ],
    metadata: { event_type: AUDIT_EVENT_TYPE, event_payload: { from, to, size, root } },
    ...QUIET,
  }
}

/** Reads of personal data are many: the channel hears that there were some, the log says whose. */
function readsBlock(entries: readonly AuditEntry[]): types.ContextBlock[] {
  const reads = entries.filter(({ event }) => event === 'answered')
  if (reads.length === 0) return []
  const people = new Set(reads.map(({ actor }) => actor)).size
  const times = reads.length === 1 ? 'once' : `${reads.length} times`
  const whom = people === 1 ? 'one person' : `${people} people`
  return [small(`🔎 Personal data was looked at ${times}, by ${whom}. The log says whose.`)]
}

function lineBlock(entry: AuditEntry, names: AuditNames): types.RichTextBlock {
  const { icon, text, details } = auditLine(entry, names)
  const elements: types.RichTextElement[] = [
    { type: 'text', text: `${icon} ` },
    who(entry.actor),
    { type: 'text', text: ` ${text}` },
  ]
  if (details !== undefined)
    elements.push({ type: 'text', text: ` Reason: ${details}`, style: { italic: true } })
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }
}
