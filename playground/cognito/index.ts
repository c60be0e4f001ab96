import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { attemptCode, attemptSignIn } from './attempt.ts'
import type { SignInResult } from './attempt.ts'
import type { Credential } from './callers.ts'
import { digestWith } from './dialects.ts'
import { Faults } from './faults.ts'
import type { Fault } from './faults.ts'
import type { Delivered } from './outbox.ts'
import { RateLimits } from './rate-limits.ts'
import type { RateCategory } from './rate-limits.ts'
import type { RequestRecord } from './request-log.ts'
import { playgroundWorld } from './seed.ts'
import { createOffice } from './server.ts'
import type { World } from './specs.ts'
import { createStage } from './stage.ts'
import type { Stage } from './stage.ts'
import type { Change, State } from './state.ts'
import { defaultSwitches } from './switches.ts'
import type { Switches } from './switches.ts'

export type { Delivered } from './outbox.ts'
export type { Fault, FaultKind } from './faults.ts'
export type { RequestRecord } from './request-log.ts'
export type { Change } from './state.ts'
export type { PoolSpec, SessionSpec, UserSpec, World } from './specs.ts'
export type { SignInResult } from './attempt.ts'
export type { Switches } from './switches.ts'

export interface LocalCognito {
  /** Cognito and STS: `AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER` and `AWS_ENDPOINT_URL_STS`. */
  readonly url: string
  readonly pools: Stage
  readonly requests: readonly RequestRecord[]
  clearRequests(): void
  /** How a secret looks in `requests`: the same value has the same digest. */
  digest(secret: string): string
  /** The e-mails and text messages that were "sent", oldest first. */
  readonly outbox: readonly Delivered[]
  fail(fault: Fault): void
  /** May be changed at any time. */
  readonly switches: Switches
  readonly now: () => number
  advance(ms: number): void
  /** Added to every answer, in milliseconds. */
  latencyMs: number
  /** Called after each change of a user or a pool; the returned function ends it. */
  onChange(listener: (change: Change) => void): () => void
  /** Signs in as an app would, goes through a demanded new password if one is given. */
  signIn(
    poolId: string,
    name: string,
    password: string,
    newPassword?: string,
  ): Promise<SignInResult>
  /** Redeems an e-mailed code, as an app's "forgot password" screen would. */
  enterCode(poolId: string, name: string, code: string, password: string): Promise<SignInResult>
  close(): Promise<void>
}

interface Options {
  /** 0 or absent: any free port. */
  readonly port?: number
  readonly now?: () => number
  readonly world?: World
  readonly switches?: Partial<Switches>
  /** Off when absent; `true`: as AWS; or other requests per second for some categories. */
  readonly rateLimits?: boolean | Partial<Record<RateCategory, number>>
}

/** A Cognito in memory that the real SDK can talk to. It is not AWS, and stricter where in doubt. */
export async function startCognito(options: Options = {}): Promise<LocalCognito> {
  const { port = 0, world = playgroundWorld, rateLimits = false } = options
  const { state, advance, onChange } = createState(options)
  const pools = createStage(state)
  for (const spec of world.pools) pools.addPool(spec)
  const requests: RequestRecord[] = []
  const faults = new Faults()
  const office = {
    state,
    requests,
    faults,
    roles: world.roles ?? [],
    credentials: new Map<string, Credential>(),
    limits: limitsOf(rateLimits),
    latencyMs: 0,
  }
  const server = createOffice(office)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const clientId = (poolId: string) => pools.get(poolId).clientId
  return {
    url: urlOf(server),
    pools,
    requests,
    clearRequests: () => {
      requests.length = 0
    },
    digest: (secret) => digestWith(state.key, secret),
    outbox: state.outbox,
    fail: (fault) => faults.add(fault),
    switches: state.switches,
    now: state.now,
    advance,
    get latencyMs() {
      return office.latencyMs
    },
    set latencyMs(ms) {
      office.latencyMs = ms
    },
    onChange,
    signIn: async (poolId, name, password, newPassword) =>
      attemptSignIn(state, clientId(poolId), name, password, newPassword),
    enterCode: async (poolId, name, code, password) =>
      attemptCode(state, clientId(poolId), name, code, password),
    close: closer(server),
  }
}

function limitsOf(wanted: NonNullable<Options['rateLimits']>): RateLimits | undefined {
  if (wanted === false) return undefined
  return new RateLimits(wanted === true ? {} : wanted)
}

function createState({ now: clock = Date.now, switches }: Options) {
  let steppedMs = 0
  const listeners = new Set<(change: Change) => void>()
  const state: State = {
    pools: new Map(),
    switches: { ...defaultSwitches, ...switches },
    outbox: [],
    challenges: new Map(),
    refreshTokens: new Map(),
    key: randomBytes(32),
    now: () => clock() + steppedMs,
    changed: (change) => listeners.forEach((listener) => listener(change)),
  }
  const advance = (ms: number) => {
    steppedMs += ms
  }
  const onChange = (listener: (change: Change) => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }
  return { state, advance, onChange }
}

const urlOf = (server: Server): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}`

/** May be called again; requests that hang are cut off. */
function closer(server: Server): () => Promise<void> {
  const closed = once(server, 'close')
  return async () => {
    server.close()
    server.closeAllConnections()
    await closed
  }
}
