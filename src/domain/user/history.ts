import type { AuditEntry, AuditEvent } from '../../core/audit.ts'
import type { Json } from '../../core/canonical.ts'
import { isObject } from '../pool/paths.ts'

const EVENT_WORDS: Readonly<Record<AuditEvent, string>> = {
  started: 'Lifeguard started',
  answered: 'looked at',
  refused: 'refused',
  asked: 'put to the approvers',
  claimed: 'being looked at',
  'approved-by': 'an approval',
  'vote-refused': 'a vote that does not count',
  approved: 'approved',
  denied: 'denied',
  withdrawn: 'withdrawn',
  expired: 'expired',
  replanned: 'asked again, because the plan changed',
  reminded: 'approvers reminded',
  escalated: 'further approvers asked',
  'broke-glass': 'emergency, done alone',
  reviewed: 'emergency reviewed',
  intent: 'begun',
  done: 'done',
  failed: 'failed, nothing was changed',
  unknown: 'it is not known what came of it',
  resolved: 'looked at what had come of it',
  'stale-outcome': 'a late answer',
  'step-done': 'done',
  'step-failed': 'failed, nothing was changed',
  'step-unknown': 'it is not known what came of it',
  revealed: 'secret shown',
  'not-revealed': 'secret not shown',
}

/** `reset-password: done`. */
export function entryTitle({ event, operation }: AuditEntry): string {
  return operation === undefined ? EVENT_WORDS[event] : `${operation}: ${EVENT_WORDS[event]}`
}

/** When, and with which words. Outcomes name people, so only some readers see them. */
export function entryText({ at, outcome }: AuditEntry, whole: boolean): string {
  const when = `${at.slice(0, 16).replace('T', ' ')} UTC`
  // The marks of code mean nothing in plain text.
  const said = whole ? (outcome ?? '').replaceAll('`', '') : ''
  return said === '' ? when : `${when}. ${said}`
}

/** What stands before a call says less than what came of it. */
export const isTelling = ({ event }: AuditEntry): boolean => event !== 'intent'

/** Calls after which Cognito counts the validity of a temporary password anew. */
const SETS_PASSWORD = new Set(['AdminSetUserPassword', 'AdminCreateUser'])

/** When our own records say that the user got the present password; milliseconds since the epoch. */
export function passwordSetAt(history: readonly AuditEntry[]): number | undefined {
  const set = history.find(
    ({ event, details }) => event === 'done' && callsIn(details?.['calls']).some(setsPassword),
  )
  return set && Date.parse(set.at)
}

function callsIn(calls: Json | undefined): readonly Json[] {
  return Array.isArray(calls) ? (calls as readonly Json[]) : []
}

function setsPassword(call: Json): boolean {
  if (!isObject(call) || typeof call['call'] !== 'string') return false
  return SETS_PASSWORD.has(call['call']) && typeof call['error'] !== 'string'
}
