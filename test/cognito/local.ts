import { expect } from 'vitest'
import type { CallSeen } from '../../src/cognito/call.ts'
import type { TargetState } from '../../src/cognito/pool-index.ts'
import type { CallRecord, CallWitness } from '../../src/core/ports.ts'
import type { Person } from '../../src/core/person.ts'
import { createDirectory, type DirectoryOptions } from '../../src/cognito/directory.ts'
import { startCognito, type Switches, type World } from '../../playground/cognito/index.ts'
import { playgroundWorld } from '../../playground/cognito/seed.ts'

export const CUSTOMERS = 'eu-west-1_PROD00001'

export const grace: Person = {
  id: 'U0GRACE',
  team: 'T0123',
  name: 'Grace',
  email: undefined,
  guest: false,
  external: false,
  deactivated: false,
  bot: false,
}

export const environments = [
  { match: { name: 'staging-*' }, environment: 'staging' },
  { match: { name: 'dev-*' }, environment: 'dev' },
  { match: { name: '*' }, environment: 'prod' },
]

/** Static keys belong to the base account of the local Cognito. */
export const keys = { accessKeyId: 'AKIAPLAYGROUND00', secretAccessKey: 'not-checked' }

interface Seen {
  readonly calls: CallSeen[]
  readonly states: TargetState[]
}

/** A directory over a local Cognito, its pools read, and a clock that tests can step. */
export async function localDirectory({
  world = playgroundWorld,
  switches = {},
  ...options
}: Partial<DirectoryOptions> & { world?: World; switches?: Partial<Switches> } = {}) {
  const clock = { ms: Date.now() }
  const now = () => clock.ms
  const cognito = await startCognito({ world, switches, now })
  const seen: Seen = { calls: [], states: [] }
  const directory = createDirectory({
    accounts: [{ name: 'main', regions: ['eu-west-1'] }],
    rules: environments,
    endpoint: cognito.url,
    credentials: keys,
    now,
    random: () => 0,
    onCall: (call) => seen.calls.push(call),
    onTarget: (state) => seen.states.push(state),
    ...options,
  })
  await directory.refreshPools()
  const startup = cognito.requests.map((request) => request.operation)
  cognito.clearRequests()
  seen.calls.length = 0
  const stop = async () => {
    directory.close()
    await cognito.close()
  }
  const operations = () => cognito.requests.map((request) => request.operation)
  return { cognito, directory, clock, seen, startup, operations, stop, [Symbol.asyncDispose]: stop }
}

/** As vitest's own matcher, without its `any`. */
export const containing = (words: string): unknown => expect.stringContaining(words)

/** Keeps what it is told, in order. */
export function recorder() {
  const story: string[] = []
  const records: CallRecord[] = []
  const witness: CallWitness = {
    before: async (call) => {
      story.push(`before ${call}`)
    },
    after: (record) => {
      story.push(`after ${record.call}${record.error === undefined ? '' : ` ${record.error}`}`)
      records.push(record)
    },
  }
  return { story, records, witness }
}
