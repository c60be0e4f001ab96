import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AuditEntry, entryOf, lineOf } from '../../src/core/audit.ts'
import { Secret } from '../../src/core/secret.ts'

const text = fc.option(fc.string({ unit: 'binary' }), { nil: undefined })
const entries: fc.Arbitrary<AuditEntry> = fc.record({
  seq: fc.integer({ min: 1 }),
  at: fc.constant('2026-03-01T09:00:00.000Z'),
  event: fc.constantFrom('intent', 'done', 'refused'),
  actor: fc.string({ unit: 'binary' }),
  operation: text,
  request: text,
  pool: text,
  target: text,
  outcome: text,
  awsRequestIds: fc.array(fc.uuid()),
  details: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean())),
})

describe('the line of an audit entry', () => {
  it('gives back every entry', () => {
    fc.assert(
      fc.property(entries, (entry) => {
        expect(lineOf(entryOf(lineOf(entry)))).toBe(lineOf(entry))
        expect(entryOf(lineOf(entry)).outcome).toBe(entry.outcome)
      }),
    )
  })

  it('is one line, with every member in the order of the alphabet', () => {
    const line = lineOf({ seq: 7, at: 'now', event: 'refused', actor: 'U1', outcome: 'one\ntwo' })
    expect(line).toBe(
      '{"actor":"U1","at":"now","aws_request_ids":[],"details":{},"event":"refused",' +
        '"operation":null,"outcome":"one\\ntwo","pool":null,"request":null,"seq":7,"target":null}',
    )
  })

  it('hides a secret that was put into the details', () => {
    const details = JSON.parse('{}') as Record<string, never>
    Object.assign(details, { password: new Secret('hunter2hunter2') })
    const line = lineOf({ seq: 1, at: 'now', event: 'done', actor: 'U1', details })
    expect(line).not.toContain('hunter2')
  })
})
