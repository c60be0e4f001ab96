import type { Board } from '../board.ts'
import type { PoolRef } from '../directory.ts'
import type { Mutation, Operation } from '../operation.ts'
import type { Standing } from '../person.ts'
import type { Ceiling, Clock, Directory, Look, People, Policy, Store } from '../ports.ts'
import type { Request, State } from '../request.ts'
import type { Rights } from '../rights.ts'
import { barred } from '../person.ts'
import { Refusal } from '../refusal.ts'

export interface WorkflowParts {
  readonly operations: readonly Operation[]
  readonly directory: Directory
  readonly people: People
  readonly policy: Policy
  readonly store: Store
  readonly board: Board
  readonly now: Clock
  /** The workspace whose members may use the bot. */
  readonly homeTeam: string
  readonly passwordLength: number
  /** Cognito groups whose members always need an approval. */
  readonly protectedGroups: readonly string[]
  readonly times: Times
  /** Limits on writes that apply to this requester and pool. */
  readonly ceilings: (requester: string, pool: string) => readonly Ceiling[]
  /** Why nothing may be changed at present, if so. */
  readonly halted: () => string | undefined
  /** Lets other work have a turn in the middle of a long list. */
  readonly breathe: () => Promise<void>
  /** Told of each attempt that ended. */
  readonly onEnd: (operation: string, state: State) => void
}

/** Milliseconds. */
export interface Times {
  readonly expireAfterMs: number
  readonly remindAfterMs: number
  readonly revealWithinMs: number
  /** A second group is called after so long. */
  readonly escalation: { readonly afterMs: number; readonly group: string } | undefined
}

/** The parts, and what every step of the life uses. */
export interface Common extends WorkflowParts {
  readonly rights: Rights
  admit(standing: Standing): void
  look(standing: Standing): Look
  /** Throws a refusal for a pool that is not managed. */
  place(id: unknown): PoolRef
  poolName(id: string): string
  mutation(name: string): Mutation
}

export function commonOf(parts: WorkflowParts, rights: Rights, requests: RequestLists): Common {
  const { directory, operations, now, homeTeam } = parts
  const poolName = (id: string) => {
    const pool = directory.pools.get(id)
    return pool ? `${pool.name} (${pool.environment})` : id
  }
  return {
    ...parts,
    rights,
    poolName,
    admit(standing) {
      const why = barred(standing.person, homeTeam)
      if (why) throw new Refusal(why)
    },
    look: (standing) => ({
      standing,
      passwordLength: parts.passwordLength,
      now,
      pool: async (id) => directory.pool(id),
      user: async (pool, name) => directory.user(pool, name),
      permitted: () => rights.permitted(standing),
      ownRequests: async () => requests.own(standing),
      waitingRequests: async () => requests.waiting(standing),
      poolName,
    }),
    place(id) {
      const pool = directory.pools.get(String(id))
      if (pool) return pool
      throw new Refusal('Lifeguard does not manage this pool. Choose one from the list.', {
        field: 'pool',
      })
    },
    mutation(name) {
      const found = operations.find((operation) => operation.name === name)
      if (found?.kind === 'mutation') return found
      throw new Refusal(`Lifeguard no longer knows the operation ${name}. Ask again.`)
    },
  }
}

/** Requests as one person sees them. */
export interface RequestLists {
  own(standing: Standing): Promise<readonly Request[]>
  waiting(standing: Standing): Promise<readonly Request[]>
}
