import type { Board } from '../board.ts'
import type { PoolRef } from '../directory.ts'
import type { Facts, Mutation, Operation, Values } from '../operation.ts'
import type { Standing } from '../person.ts'
import type { Ceiling, Clock, Directory, Inventory, Look, People, Policy, Store } from '../ports.ts'
import type { Request, State } from '../request.ts'
import type { Rights } from '../rights.ts'
import { barred } from '../person.ts'
import { Refusal } from '../refusal.ts'
import { lookOf } from './look.ts'
import type { RequestLists } from './look.ts'

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
  readonly inventory: Inventory
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

/** What somebody looks for, and for which request if there is one. */
interface Errand {
  readonly operation: Facts
  readonly request?: string
}

/** The parts, and what every step of the life uses. */
export interface Common extends WorkflowParts {
  readonly rights: Rights
  admit(standing: Standing): void
  look(standing: Standing, errand: Errand): Look
  /** Where an operation would happen. Throws a refusal for a pool that is not managed. */
  place(operation: Operation, values: Values): PoolRef
  /** Where a request happens; undefined when the pool is no longer managed. */
  placeOf(request: Request): PoolRef | undefined
  poolName(id: string): string
  mutation(name: string): Mutation
}

export function commonOf(parts: WorkflowParts, rights: Rights, requests: RequestLists): Common {
  const { directory, operations, homeTeam } = parts
  const poolName = (id: string) => {
    const pool = directory.pools.get(id)
    return pool ? nameOf(pool) : id
  }
  const place = (operation: Operation | undefined, values: Values) =>
    operation?.place(values) ?? directory.pools.get(String(values['pool']))
  return {
    ...parts,
    rights,
    poolName,
    admit(standing) {
      const why = barred(standing.person, homeTeam)
      if (why) throw new Refusal(why)
    },
    look: (standing, { operation, request = '' }) =>
      lookOf({ ...parts, rights, requests, poolName }, standing, operation, request),
    place(operation, values) {
      const pool = place(operation, values)
      if (pool) return pool
      throw new Refusal('Lifeguard does not manage this pool. Choose one from the list.', {
        field: 'pool',
      })
    },
    placeOf: ({ operation, input, pool }) =>
      operations.find(({ name }) => name === operation)?.place(input) ?? directory.pools.get(pool),
    mutation(name) {
      const found = operations.find((operation) => operation.name === name)
      if (found?.kind === 'mutation') return found
      throw new Refusal(`Lifeguard no longer knows the operation ${name}. Ask again.`)
    },
  }
}

/** `customers (prod)`. */
export const nameOf = ({ name, environment }: PoolRef): string => `${name} (${environment})`
