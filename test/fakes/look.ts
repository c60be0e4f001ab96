import type { Directory, Inventory, Look, Pass } from '../../src/core/ports.ts'
import { member } from './people.ts'

/** A member of a port that this test does not expect to be used. */
export const unused = (): never => {
  throw new Error('This is not expected here.')
}

export const INVENTORY: Inventory = {
  environments: ['dev', 'staging', 'prod'],
  accounts: [{ name: 'main', regions: ['eu-west-1'] }],
  environmentOf: ({ name }) => name.split('-')[0],
  protectedGroups: [],
  passwordLength: 22,
  bulkMost: 25,
}

/** Ada looks; whatever is not given must not be used. */
export function lookWith(given: Partial<Look>): Look {
  return {
    standing: { person: member('U0ADA'), groups: [], readAt: 0 },
    inventory: INVENTORY,
    request: '',
    now: () => 0,
    pool: unused,
    snapshot: unused,
    user: unused,
    userGroups: unused,
    factors: unused,
    sessions: unused,
    created: unused,
    described: unused,
    lastSeen: () => undefined,
    poolGroups: unused,
    members: unused,
    find: unused,
    pools: { get: unused, page: unused, count: 0, refreshedAt: undefined },
    permitted: () => [],
    may: () => true,
    seesPersonalData: () => true,
    ownRequests: async () => [],
    waitingRequests: async () => [],
    poolChanges: async () => [],
    history: async () => [],
    poolName: (id) => id,
    ...given,
  }
}

/** A directory of which only the given parts may be used. */
export function directoryWith(given: Partial<Directory>): Directory {
  return {
    pools: {
      get: () => undefined,
      named: () => [],
      search: () => [],
      all: () => [],
      refreshedAt: () => 1,
    },
    prefetch: () => undefined,
    knownPool: () => undefined,
    knownUser: () => undefined,
    lastSeen: () => undefined,
    search: async () => [],
    pool: unused,
    snapshot: unused,
    described: unused,
    user: unused,
    userGroups: unused,
    poolGroups: unused,
    members: unused,
    find: unused,
    factors: unused,
    sessions: unused,
    created: unused,
    act: unused,
    ...given,
  }
}

/** For operations that do their work in one step. */
export const NO_STEPS: Pass = { steps: new Map(), run: unused }
