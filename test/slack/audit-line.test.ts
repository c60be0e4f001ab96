import { describe, expect, it } from 'vitest'
import type { AuditEntry, AuditEvent } from '../../src/core/audit.ts'
import { auditLine } from '../../src/slack/audit-line.ts'

const names = { pool: () => 'customers (prod)', operation: () => 'Reset a password' }
const entry = (event: AuditEvent, members: Partial<AuditEntry> = {}): AuditEntry => ({
  seq: 1,
  at: '2026-01-01T00:00:00.000Z',
  event,
  operation: 'reset-password',
  actor: 'U0ADA',
  pool: 'eu-west-1_abc',
  target: 'grace',
  ...members,
})

describe('an audit line', () => {
  it.each<[AuditEvent, string]>([
    ['answered', 'looked: '],
    ['refused', 'was refused: '],
    ['asked', 'asked for approval: '],
    ['claimed', 'is looking at this: '],
    ['approved-by', 'approved: '],
    ['vote-refused', 'voted on this, and the vote does not count: '],
    ['approved', 'has all the approvals for this: '],
    ['denied', 'denied: '],
    ['withdrawn', 'withdrew: '],
    ['expired', 'closed this, because its time was up: '],
    ['replanned', 'asks again, because the plan has changed: '],
    ['reminded', 'reminded the approvers: '],
    ['escalated', 'asked further people to approve: '],
    ['broke-glass', 'broke the glass and acts alone: '],
    ['reviewed', 'has reviewed this emergency: '],
    ['intent', 'is about to do this: '],
    ['done', 'did: '],
    ['failed', 'tried this, and nothing was changed: '],
    ['unknown', 'tried this, and it is not known what came of it: '],
    ['resolved', 'looked at what had come of this: '],
    ['stale-outcome', 'got a late answer about this: '],
    ['revealed', 'was shown the secret: '],
    ['not-revealed', 'was not shown the secret: '],
  ])('of %s begins with what happened', (event, begins) => {
    expect(auditLine(entry(event), names).text).toBe(
      `${begins}Reset a password for grace in customers (prod).`,
    )
  })

  it('adds the outcome and the reason', () => {
    const line = auditLine(
      entry('done', { outcome: 'All is well.', details: { reason: 'ticket 7' } }),
      names,
    )
    expect(line.text).toMatch(/\. All is well\.$/)
    expect(line.details).toBe('ticket 7')
  })

  it('falls back to ids, and to Lifeguard itself', () => {
    const nameless = { pool: () => undefined, operation: () => undefined }
    expect(auditLine(entry('done'), nameless).text).toBe(
      'did: reset-password for grace in eu-west-1_abc.',
    )
    const start = entry('started', { operation: undefined, pool: undefined, target: undefined })
    expect(auditLine(start, nameless).text).toBe('started.')
  })

  it('stays short, however long the names are', () => {
    const long = 'x'.repeat(100_000)
    const line = auditLine(
      entry('done', { target: long, outcome: long, details: { reason: long } }),
      { ...names, pool: () => long },
    )
    expect(line.text.length + (line.details?.length ?? 0)).toBeLessThan(1000)
  })
})
