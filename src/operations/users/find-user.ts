import { z } from 'zod'
import { CloudFault } from '../../core/cloud-fault.ts'
import type { FoundUser, PoolRef, UserSearch } from '../../core/directory.ts'
import { pool, text } from '../../core/field.ts'
import { query } from '../../core/operation.ts'
import type { Answer, Fact, Link, Row } from '../../core/operation.ts'
import type { Look } from '../../core/ports.ts'
import { Refusal } from '../../core/refusal.ts'
import { spanOf } from '../../core/span.ts'
import { asSeen } from '../../core/mask.ts'
import { stateWords } from '../../domain/user/bulk.ts'
import { namedOf } from '../../domain/user/user-plan.ts'

const MOST_ROWS = 25
const MOST_POOLS = 10
/** Names of further pools that a line has room for. */
const MOST_NAMED = 20

/** What one pool gave. `trouble`: why it could not be searched. */
interface Found {
  readonly pool: PoolRef
  readonly search?: UserSearch
  readonly trouble?: string
}

export const findUser = query({
  name: 'find-user',
  title: 'Find a user',
  summary: 'Search users by e-mail, phone number, username, name or sub, in one pool or several.',
  everywhere: true,
  input: z.object({
    pool: pool('User pool, or all that you may search').optional(),
    text: text('Who', {
      missing: 'Type a part of what you know.',
      most: 128,
      placeholder: 'ada@example.com',
      hint: 'The beginning of an e-mail address, username or full name; a phone number with +; a whole sub. “given_name: Ada” says where to look.',
    }),
  }),
  words: ['pool', 'text'],
  examples: [
    {
      typed: 'find-user customers ada@example.com',
      means: { pool: 'customers', text: 'ada@example.com' },
    },
    { typed: 'find-user customers', means: { pool: 'customers' } },
  ],

  async answer({ pool: id, text: typed }, look): Promise<Answer> {
    const { pools, left } = placesFor(id, look)
    const found = await Promise.all(pools.map(async (place) => searched(place, typed, look)))
    const rows = found.flatMap(({ search }) => search?.rows ?? [])
    const complete = found.every(({ search }) => search?.complete === true)
    return {
      heading: 'Users found',
      facts: factsOn(found, left),
      rows: inTurn(found)
        .slice(0, MOST_ROWS)
        .map((user) => rowOf(user, look, pools.length > 1)),
      note: noteOn(rows.length, complete),
      links: rows.length === 0 ? elsewhere(id, typed) : [],
      about: found.flatMap(({ pool: { id: place }, search }) => (search ? [{ pool: place }] : [])),
    }
  },
})

/** The pool that is named, or the first of those that this person may search; `left`: those left out. */
function placesFor(
  id: string | undefined,
  look: Look,
): { readonly pools: readonly PoolRef[]; readonly left: readonly string[] } {
  if (id !== undefined) {
    const place = look.pools.get(id)
    if (place) return { pools: [place], left: [] }
    throw new Refusal('Lifeguard does not manage this pool. Choose one from the list.', {
      field: 'pool',
    })
  }
  const { rows: pools, next } = look.pools.page('', 0, MOST_POOLS)
  if (next === undefined) return { pools, left: [] }
  const further = look.pools.page('', next, MOST_NAMED)
  const names = further.rows.map(({ name }) => name)
  return { pools, left: further.next === undefined ? names : [...names, 'and more'] }
}

/** One ListUsers. A pool that cannot be searched does not keep the others from it. */
async function searched(place: PoolRef, typed: string, look: Look): Promise<Found> {
  try {
    return { pool: place, search: await look.find(place.id, typed) }
  } catch (error) {
    if (error instanceof CloudFault) return { pool: place, trouble: error.message }
    throw error
  }
}

/** One user of each pool after the other, so that no pool keeps the others out of sight. */
function inTurn(found: readonly Found[]): readonly FoundUser[] {
  const lists = found.map(({ search }) => search?.rows ?? [])
  const longest = Math.max(0, ...lists.map(({ length }) => length))
  return Array.from({ length: longest }, (_, nth) =>
    lists.flatMap((list) => list[nth] ?? []),
  ).flat()
}

function rowOf(user: FoundUser, look: Look, several: boolean): Row {
  const { pool: place, sub, modifiedAt } = user
  const changed = modifiedAt
    ? `last changed ${spanOf(Math.max(0, look.now() - modifiedAt.getTime()))} ago`
    : 'last change not known'
  const where = several ? ` · in ${look.poolName(place.id)}` : ''
  const link = { label: 'Show', operation: 'show-user', values: { pool: place.id, user: sub } }
  return {
    title: namedOf(asSeen(user, look)),
    text: `${stateWords(user)} · ${changed}${where}`,
    ...(look.may('show-user', place) ? { link } : {}),
  }
}

function factsOn(found: readonly Found[], left: readonly string[]): readonly Fact[] {
  const words = new Set(found.flatMap(({ search }) => search?.searched ?? []))
  return [
    ...(words.size > 0 ? [{ term: 'Searched', text: [...words].join('; ') }] : []),
    { term: 'In', text: found.map(inWords).join(', ') || 'No pool: you may search none.' },
    ...found.flatMap(({ pool: { name }, trouble }) =>
      trouble === undefined ? [] : [{ term: `Not searched: ${name}`, text: trouble }],
    ),
    ...(left.length > 0
      ? [
          {
            term: 'Not searched',
            text: `${left.join(', ')}. Name a pool to search there.`,
          },
        ]
      : []),
  ]
}

function inWords({ pool: { name }, search }: Found): string {
  if (!search) return `${name} (no answer)`
  return `${name} (${search.rows.length}${search.complete ? '' : ' or more'})`
}

/** A plain word may be a name as well as a username, and one search looks at one of them. */
function elsewhere(pool: string | undefined, typed: string): readonly Link[] {
  if (!/^[\p{L}\p{N}._-]+$/u.test(typed)) return []
  const looking = (label: string, attribute: string): Link => ({
    label,
    operation: 'find-user',
    values: { ...(pool === undefined ? {} : { pool }), text: `${attribute}: ${typed}` },
  })
  return [
    looking('Search first names', 'given_name'),
    looking('Search last names', 'family_name'),
    looking('Search full names', 'name'),
  ]
}

function noteOn(count: number, complete: boolean): string {
  if (count === 0)
    return 'Nobody found. One search looks at one thing only: type an e-mail address with @, a phone number with +, a first and a last name, or the beginning of a username. A change shows here after some seconds.'
  if (count > MOST_ROWS) return `${count - MOST_ROWS} more are not shown. Type more of it.`
  return complete
    ? 'A change shows here after some seconds.'
    : 'There may be more. Type more of it.'
}
