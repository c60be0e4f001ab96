import type { Look } from '../../../src/core/ports.ts'
import type { localDirectory } from '../../cognito/local.ts'
import { lookWith } from '../../fakes/look.ts'

export type Local = Awaited<ReturnType<typeof localDirectory>>

/** What a plan reads, asked of a local Cognito through the bot's own directory. */
export function localLook({ directory, clock }: Local): Look {
  return lookWith({
    request: 'a-request',
    now: () => clock.ms,
    pool: async (id) => directory.pool(id),
    described: async (id) => directory.described(id, 60_000),
    user: async (id, name) => directory.user(id, name),
    userGroups: async (id, name) => directory.userGroups(id, name),
    poolGroups: async (id) => directory.poolGroups(id),
    factors: async (user) => directory.factors(user),
    sessions: async (user) => directory.sessions(user),
    find: async (id, text) => directory.find(id, text),
  })
}

/** The writes about a user that reached Cognito. */
export const writesAbout = ({ cognito }: Local, username: string) =>
  cognito.requests.filter(
    ({ operation, input }) =>
      /^Admin(?!Get|List)/.test(operation) &&
      (input as { Username?: string }).Username === username,
  )
