import { z } from 'zod'
import type { PoolSnapshot } from '../../core/directory.ts'
import { carried, pool } from '../../core/field.ts'
import { query } from '../../core/operation.ts'
import type { Answer, Link } from '../../core/operation.ts'
import { spanOf } from '../../core/span.ts'
import { details } from '../../domain/pool/details.ts'
import { summary } from '../../domain/pool/summary.ts'

export const showPool = query({
  name: 'show-pool',
  title: 'User pool',
  summary: 'Show how a user pool is set up, and what deserves attention.',
  input: z.object({ pool: pool(), view: carried(10).optional() }),
  examples: [{ typed: 'show-pool customers', means: { pool: 'customers' } }],
  async answer({ pool: id, view }, look): Promise<Answer> {
    const snapshot = await look.described(id)
    const note = `Read from Cognito ${spanOf(Math.max(0, look.now() - snapshot.readAt))} ago.`
    return view === 'details' ? everything(snapshot, note) : inShort(snapshot, note)
  },
})

function inShort(snapshot: PoolSnapshot, note: string): Answer {
  const { pool: shown } = snapshot
  const { facts, warnings } = summary(snapshot)
  const on = { pool: shown.id }
  const links: readonly Link[] = [
    { label: 'Change', operation: 'update-pool', values: on },
    { label: 'Compare', operation: 'compare-pools', values: on },
    { label: 'Users', operation: 'find-user', values: on },
    { label: 'Details', operation: 'show-pool', values: { ...on, view: 'details' } },
    { label: 'Clone', operation: 'create-pool', values: { clone_of: shown.id } },
    { label: 'Undo a change', operation: 'restore-pool', values: on },
  ]
  return { heading: shown.name, warnings, facts, note, links }
}

/** Every member that DescribeUserPool and GetUserPoolMfaConfig tell. */
function everything(snapshot: PoolSnapshot, note: string): Answer {
  const { pool: shown } = snapshot
  return {
    heading: shown.name,
    facts: [],
    parts: details(snapshot),
    note,
    links: [{ label: 'Summary', operation: 'show-pool', values: { pool: shown.id } }],
  }
}
