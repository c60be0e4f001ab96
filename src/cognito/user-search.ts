import type { PoolRef, UserSummary } from '../core/directory.ts'
import type { Clock } from '../core/ports.ts'
import type { Pause } from './pace.ts'
import type { FoundUsers, PoolTraits } from './reads.ts'
import { labelOf } from '../core/directory.ts'
import { remembered } from './remembered.ts'
import {
  filterOf,
  LEAST_CHARACTERS,
  mentions,
  narrow,
  searchPlan,
  type Match,
  type SearchPlan,
} from './search-plan.ts'

export interface SearchOptions {
  /** One ListUsers. */
  readonly list: (pool: PoolRef, filter: string | undefined) => Promise<FoundUsers>
  /** What is known of the pool, from memory. */
  readonly traits: (pool: PoolRef) => PoolTraits | undefined
  readonly now: Clock
  readonly pause: Pause
}

export type UserSearch = (pool: PoolRef, text: string) => Promise<readonly UserSummary[]>

/** A search that has not asked yet: longer texts may still take it over. */
interface Turn {
  readonly pool: string
  text: string
  rows?: Promise<readonly UserSummary[]>
}

const KEEP_MS = 30_000
/** Typing goes on within this time; only the last text of a burst is asked for. */
const BREATH_MS = 120

export function createUserSearch({ list, traits, now, pause }: SearchOptions): UserSearch {
  const answers = remembered<FoundUsers>(KEEP_MS, 500, now)
  const turns = new Set<Turn>()

  const ask = (pool: PoolRef, filter: string | undefined) =>
    answers.get(`${pool.id} ${filter ?? ''}`, () => list(pool, filter))

  /** The nearest earlier question whose answer may hold this one's: the same, or a shorter prefix. */
  const earlier = (pool: PoolRef, match: Match): Promise<FoundUsers> | undefined => {
    const shortest = match.operator === '=' ? match.value.length : LEAST_CHARACTERS
    for (let length = match.value.length; length >= shortest; length--) {
      const shorter = { ...match, value: match.value.slice(0, length) }
      const answer = answers.recall(`${pool.id} ${filterOf(shorter)}`)
      if (answer) return answer
    }
    return undefined
  }

  const rowsFor = async (pool: PoolRef, match: Match): Promise<readonly UserSummary[]> => {
    const known = await earlier(pool, match)
    const narrowed = known?.complete ? narrow(known.rows, match) : undefined
    if (narrowed) return narrowed
    return (await ask(pool, filterOf(match))).rows
  }

  const run = async (pool: PoolRef, plan: SearchPlan): Promise<readonly UserSummary[]> => {
    if (plan.everybody) {
      const all = await ask(pool, undefined)
      if (all.complete) return all.rows.filter((user) => mentions(user, plan.text))
    }
    for (const match of plan.matches) {
      const rows = await rowsFor(pool, match)
      if (rows.length > 0) return rows
    }
    return []
  }

  const inMemory = (pool: PoolRef, { everybody, matches: [first] }: SearchPlan) =>
    everybody
      ? answers.recall(`${pool.id} `) !== undefined
      : first !== undefined && earlier(pool, first) !== undefined

  const takeTurn = async (pool: PoolRef, turn: Turn) => {
    turns.add(turn)
    await pause(BREATH_MS)
    turns.delete(turn)
    const plan = searchPlan(turn.text, traits(pool))
    return plan ? run(pool, plan) : []
  }

  return async (pool, typed) => {
    const plan = searchPlan(typed, traits(pool))
    if (!plan) return []
    if (inMemory(pool, plan)) return inOrder(await run(pool, plan))
    const shared = [...turns].find(
      (turn) => turn.pool === pool.id && plan.text.startsWith(turn.text),
    )
    const turn: Turn = shared ?? { pool: pool.id, text: plan.text }
    turn.text = plan.text
    turn.rows ??= takeTurn(pool, turn)
    return inOrder(await turn.rows)
  }
}

/** ListUsers keeps no order of its own. */
function inOrder(rows: readonly UserSummary[]): readonly UserSummary[] {
  return rows.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
}

function orderOf(user: UserSummary): string {
  return labelOf(user).toLowerCase()
}
