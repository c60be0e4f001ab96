import type { Kysely, Transaction } from 'kysely'
import type { Clock } from '../core/ports.ts'
import type { Engine } from './engine.ts'
import type { Tables } from './tables.ts'

/** A transaction under way. */
export interface Change {
  readonly trx: Transaction<Tables>
  readonly engine: Engine
  readonly now: Clock
}

/** Runs what writes and knows when the last of it became durable. */
export interface Changes {
  readonly commit: <T>(write: (change: Change) => Promise<T>) => Promise<T>
  /** Keeps what was written only when the answer says that it was. */
  readonly decide: <T extends { readonly kind: string }>(
    write: (change: Change) => Promise<T>,
  ) => Promise<T>
  /** For a single statement, which is a transaction by itself: one way to the server and back. */
  readonly send: (statement: (db: Kysely<Tables>) => Promise<void>) => Promise<void>
  readonly lastCommitAt: () => number
}

const KEPT: ReadonlySet<string> = new Set(['opened', 'swapped'])

/** Thrown through a transaction to end it without a trace. */
class Undone extends Error {}

export function changesOn(db: Kysely<Tables>, engine: Engine, now: Clock): Changes {
  let committedAt = now()

  const commit: Changes['commit'] = async (write) => {
    const result = await db.transaction().execute((trx) => write({ trx, engine, now }))
    committedAt = now()
    return result
  }

  const decide = async <T extends { readonly kind: string }>(
    write: (change: Change) => Promise<T>,
  ): Promise<T> => {
    const decided: { answer?: T } = {}
    try {
      return await commit(async (change) => {
        const answer = await write(change)
        if (KEPT.has(answer.kind)) return answer
        decided.answer = answer
        throw new Undone()
      })
    } catch (error) {
      if (error instanceof Undone && decided.answer) return decided.answer
      throw error
    }
  }

  const send: Changes['send'] = async (statement) => {
    await statement(db)
    committedAt = now()
  }

  return { commit, decide, send, lastCommitAt: () => committedAt }
}
