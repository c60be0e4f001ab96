import type { AuditEntry, AuditEvent } from '../core/audit.ts'
import { cleanLine } from './text.ts'

/** What an entry says in the audit channel, after the name of who did it. */
export interface AuditLine {
  readonly icon: string
  readonly text: string
  /** Why, as the requester put it. */
  readonly details?: string
}

/** Names for people, of what the entries name by id. Undefined when there is none any more. */
export interface AuditNames {
  /** Such as `customers (prod)`. */
  pool(id: string): string | undefined
  /** Such as `Reset a password`. */
  operation(name: string): string | undefined
}

const ICONS: Readonly<Record<AuditEvent, string>> = {
  started: '🏊',
  answered: '🔎',
  refused: '⛔',
  asked: '✋',
  claimed: '👀',
  'approved-by': '👍',
  'vote-refused': '⛔',
  approved: '🤝',
  denied: '👎',
  withdrawn: '↩️',
  expired: '⌛',
  replanned: '🔁',
  reminded: '🔔',
  escalated: '📣',
  'broke-glass': '🚨',
  reviewed: '🧐',
  intent: '⏳',
  done: '✅',
  failed: '❌',
  unknown: '❓',
  resolved: '🔎',
  'stale-outcome': '🕰️',
  'step-done': '✅',
  'step-failed': '❌',
  'step-unknown': '❓',
  revealed: '👁️',
  'not-revealed': '🙈',
}

const SAID: Readonly<Record<AuditEvent, (what: string) => string>> = {
  started: () => 'started',
  answered: (what) => `looked: ${what}`,
  refused: (what) => `was refused: ${what}`,
  asked: (what) => `asked for approval: ${what}`,
  claimed: (what) => `is looking at this: ${what}`,
  'approved-by': (what) => `approved: ${what}`,
  'vote-refused': (what) => `voted on this, and the vote does not count: ${what}`,
  approved: (what) => `has all the approvals for this: ${what}`,
  denied: (what) => `denied: ${what}`,
  withdrawn: (what) => `withdrew: ${what}`,
  expired: (what) => `closed this, because its time was up: ${what}`,
  replanned: (what) => `asks again, because the plan has changed: ${what}`,
  reminded: (what) => `reminded the approvers: ${what}`,
  escalated: (what) => `asked further people to approve: ${what}`,
  'broke-glass': (what) => `broke the glass and acts alone: ${what}`,
  reviewed: (what) => `has reviewed this emergency: ${what}`,
  intent: (what) => `is about to do this: ${what}`,
  done: (what) => `did: ${what}`,
  failed: (what) => `tried this, and nothing was changed: ${what}`,
  unknown: (what) => `tried this, and it is not known what came of it: ${what}`,
  resolved: (what) => `looked at what had come of this: ${what}`,
  'step-done': (what) => `did: ${what}`,
  'step-failed': (what) => `tried this, and nothing was changed: ${what}`,
  'step-unknown': (what) => `tried this, and it is not known what came of it: ${what}`,
  'stale-outcome': (what) => `got a late answer about this: ${what}`,
  revealed: (what) => `was shown the secret: ${what}`,
  'not-revealed': (what) => `was not shown the secret: ${what}`,
}

/** An intent stands before a call; the channel hears what came of it. Reads are kept in the log alone. */
export function hasLine(entry: AuditEntry): boolean {
  return entry.event !== 'intent' && entry.event !== 'answered'
}

export function auditLine(entry: AuditEntry, names: AuditNames): AuditLine {
  const said = SAID[entry.event](whatOf(entry, names))
  const outcome = cleanLine((entry.outcome ?? '').replaceAll('`', ''), 400)
  const reason = entry.details?.['reason']
  return {
    icon: ICONS[entry.event],
    text: outcome === '' ? `${said}.` : `${said}. ${outcome}`,
    ...(typeof reason === 'string' && reason !== '' ? { details: cleanLine(reason, 200) } : {}),
  }
}

function whatOf({ operation, target, pool }: AuditEntry, names: AuditNames): string {
  const place = pool === undefined ? undefined : cleanLine(names.pool(pool) ?? pool, 160)
  // An entry about a pool itself has nobody in it to name.
  const whom = target !== undefined && place?.startsWith(`${target} (`) ? undefined : target
  return [
    operation === undefined ? 'Lifeguard itself' : (names.operation(operation) ?? operation),
    whom === undefined ? '' : `for ${cleanLine(whom, 120)}`,
    place === undefined ? '' : `in ${place}`,
  ]
    .filter((part) => part !== '')
    .join(' ')
}
