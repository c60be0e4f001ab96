import type { EntryDraft } from '../audit.ts'
import type { PoolRef, UserSummary } from '../directory.ts'
import { fieldsOf } from '../field.ts'
import type { Choice } from '../field.ts'
import type { Operation, Values } from '../operation.ts'
import type { Standing } from '../person.ts'
import type { Directory, Store } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import type { Rights } from '../rights.ts'
import { rightsOf } from './entries.ts'
import type { Common } from './parts.ts'

/** What somebody types in a picker of a form. */
export interface Picking {
  /** Of the open form: its request's id. */
  readonly form: string
  readonly operation: Operation
  readonly field: string
  readonly standing: Standing
  /** What the form holds so far. */
  readonly values: Values
  readonly typed: string
}

export interface UsersFound {
  readonly pool: PoolRef
  readonly rows: readonly UserSummary[]
}

interface Parts extends Pick<Common, 'look'> {
  readonly directory: Pick<Directory, 'pools' | 'search'>
  readonly rights: Pick<Rights, 'offers'>
  readonly store: Pick<Store, 'append'>
}

const MOST_USERS = 25

/** What pickers offer. Personal data that they show leave an entry, before they are shown. */
export function createPicking({ directory, rights, look, store }: Parts) {
  const record = onceForEachForm(store)
  return {
    /** Users of the pool that the form has chosen. */
    async users(picking: Picking): Promise<UsersFound> {
      const pool = directory.pools.get(String(picking.values['pool']))
      if (!pool) throw new Refusal('Choose a pool first.')
      if (!rights.offers(picking.standing, picking.operation, pool, {})) return { pool, rows: [] }
      const rows = await directory.search(pool.id, picking.typed, MOST_USERS)
      if (rows.length > 0) await record(picking, pool.id)
      return { pool, rows }
    },

    /** What the operation's own list holds. */
    async options(picking: Picking): Promise<readonly Choice[]> {
      const { operation, field, standing, values, typed } = picking
      const find = operation.options(field)
      const pool = directory.pools.get(String(values['pool']))
      if (!find || (pool && !rights.offers(standing, operation, pool, {}))) return []
      const found = await find(values, look(standing, { operation }), typed)
      const { user } = values
      const isShown = listsOfUser(operation, field) && found.length > 0
      if (isShown && pool && typeof user === 'string') await record(picking, pool.id, user)
      return found
    },
  }
}

function listsOfUser(operation: Operation, field: string): boolean {
  const widget = fieldsOf(operation.input).get(field)?.widget
  return widget?.as === 'pick' && widget.ofUser === true
}

const MOST_REMEMBERED = 1000

/** People type letter by letter: what a form shows is recorded when it is shown first. */
function onceForEachForm(store: Parts['store']) {
  const recorded = new Map<string, Promise<void>>()
  return async (picking: Picking, pool: string, target?: string): Promise<void> => {
    const key = JSON.stringify([picking.form, pool, target])
    const before = recorded.get(key)
    if (before) return before
    const writing = store.append(entryOf(picking, pool, target))
    recorded.set(key, writing)
    if (recorded.size > MOST_REMEMBERED) recorded.delete(recorded.keys().next().value ?? '')
    // What was not recorded is not shown, and tried again with the next letter.
    return writing.catch((error: unknown) => {
      recorded.delete(key)
      throw error
    })
  }
}

function entryOf({ operation, standing }: Picking, pool: string, target?: string): EntryDraft {
  return {
    event: 'answered',
    operation: operation.name,
    actor: standing.person.id,
    pool,
    target,
    outcome:
      target === undefined
        ? 'Users of this pool were listed in a form.'
        : 'What is known of this user was listed in a form.',
    details: rightsOf(standing),
  }
}
