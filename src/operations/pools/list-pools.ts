import { z } from 'zod'
import type { PoolRef } from '../../core/directory.ts'
import { carried, text } from '../../core/field.ts'
import { query } from '../../core/operation.ts'
import type { Link, Row } from '../../core/operation.ts'
import type { Look } from '../../core/ports.ts'
import { spanOf } from '../../core/span.ts'
import { poolLine } from '../../domain/pool/summary.ts'

const ROWS = 10

export const listPools = query({
  name: 'list-pools',
  title: 'User pools',
  summary: 'List the user pools that you may see, with their state.',
  input: z.object({
    filter: text('Part of the name', { missing: 'Type a part of the name.', most: 128 }).optional(),
    from: carried(10).optional(),
  }),
  everywhere: true,
  words: ['filter'],
  examples: [
    { typed: 'list-pools', means: {} },
    { typed: 'list-pools prod', means: { filter: 'prod' } },
  ],
  async answer({ filter = '', from = '0' }, look) {
    const start = Math.max(0, Number.parseInt(from, 10) || 0)
    const { rows, next } = look.pools.page(filter, start, ROWS)
    return {
      heading: filter === '' ? 'User pools' : `Pools with “${filter}”`,
      facts: [],
      rows: rows.map((pool) => rowOf(pool, look)),
      note: noteOn(rows.length, start, next, look),
      links: linksOf(
        filter,
        start,
        next,
        rows.some(({ id }) => !look.lastSeen(id)),
      ),
    }
  },
})

function rowOf(pool: PoolRef, look: Look): Row {
  const seen = look.lastSeen(pool.id)
  const place = `${pool.environment} · ${pool.account} · ${pool.region}`
  return {
    title: pool.name,
    text: seen
      ? `${place}\n${poolLine(seen)} · read ${spanOf(look.now() - seen.readAt)} ago`
      : `${place}\nIts settings are being read: look again in some seconds.`,
    link: { label: 'Show', operation: 'show-pool', values: { pool: pool.id } },
  }
}

function noteOn(
  shown: number,
  start: number,
  next: number | undefined,
  { pools, now }: Look,
): string {
  const { refreshedAt } = pools
  const age =
    refreshedAt === undefined
      ? 'The list is still being read from Cognito.'
      : `The list was read ${spanOf(now() - refreshedAt)} ago.`
  if (shown > 0) return age
  if (next !== undefined) return `None of these is yours to see. Go on to the next page. ${age}`
  return start > 0 ? `There are no more pools. ${age}` : `No pool that you may see fits. ${age}`
}

/** Settings that are missing are being read while the list is looked at. */
function linksOf(
  filter: string,
  start: number,
  next: number | undefined,
  missing: boolean,
): readonly Link[] {
  const page = (label: string, from: number): Link => ({
    label,
    operation: 'list-pools',
    values: { ...(filter === '' ? {} : { filter }), from: String(from) },
  })
  return [
    ...(missing ? [page('Look again', start)] : []),
    ...(start > 0 ? [page('First page', 0)] : []),
    ...(next === undefined ? [] : [page('Next page', next)]),
  ]
}
