import {
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider'
import { LRUCache } from 'lru-cache'
import type { Clock } from '../core/ports.ts'
import type { OnCall, Wire } from './call.ts'
import { roleCredentials, type Identity } from './credentials.ts'
import { keyOf, targetsOf, type Account, type Target } from './target.ts'

/** Milliseconds. The deadlines span a call with all its repeats; the others one attempt. */
interface Timing {
  readonly connect: number
  readonly attempt: number
  readonly read: number
  readonly write: number
}

const TIMING: Timing = { connect: 2_000, attempt: 5_000, read: 8_000, write: 12_000 }

export interface ClientOptions {
  readonly accounts: readonly Account[]
  readonly now: Clock
  readonly onCall: OnCall
  readonly timing?: Partial<Timing> | undefined
  /** Only where the SDK's own AWS_ENDPOINT_URL variables are not enough. */
  readonly endpoint?: string | undefined
  /** Instead of the SDK's default chain. */
  readonly credentials?:
    | { readonly accessKeyId: string; readonly secretAccessKey: string }
    | undefined
}

export interface Clients {
  /** Repeats what may be repeated; always the bot's own identity. */
  reading(target: Target): Wire
  /** Sends once; under the person's name where the account asks for it. */
  writing(target: Target, person: Identity): Wire
  close(): void
}

type Config = CognitoIdentityProviderClientConfig

export function createClients(options: ClientOptions): Clients {
  const { accounts, endpoint, credentials: base } = options
  const timing = { ...TIMING, ...options.timing }
  const named = new Map(accounts.map((account) => [account.name, account]))
  const role = roleCredentials({ now: options.now, endpoint, base })

  const common: Config = {
    userAgentAppId: 'lifeguard',
    ...(endpoint === undefined ? {} : { endpoint }),
  }

  const readers = new Map(
    targetsOf(accounts).map((target) => {
      const credentials = role(accountOf(named, target), undefined) ?? base
      const client = new CognitoIdentityProviderClient({
        ...common,
        ...READS,
        region: target.region,
        requestHandler: socketsWith(timing),
        ...(credentials === undefined ? {} : { credentials }),
      })
      return [keyOf(target), client]
    }),
  )
  const readerOf = (target: Target) => {
    const client = readers.get(keyOf(target))
    if (!client) throw new Error(`${keyOf(target)} is not a configured account and region.`)
    return client
  }

  const writers = new LRUCache<string, CognitoIdentityProviderClient>({ max: 1_000 })
  const writerOf = (target: Target, person: Identity) => {
    const account = accountOf(named, target)
    const identity = account.sourceIdentity && account.roleArn !== undefined ? person : undefined
    const key = `${keyOf(target)} ${identity?.team ?? ''} ${identity?.user ?? ''}`
    const known = writers.get(key)
    if (known) return known
    // The read just before a write has opened a connection: both kinds share sockets.
    const { requestHandler, credentials: bots } = readerOf(target).config
    const credentials = (identity && role(account, identity)) ?? bots
    const config = { ...common, ...WRITES, region: target.region, requestHandler, credentials }
    const client = new CognitoIdentityProviderClient(config)
    writers.set(key, client)
    return client
  }
  const { onCall } = options
  return {
    reading: (target) => ({
      client: readerOf(target),
      target,
      purpose: 'read',
      deadlineMs: timing.read,
      onCall,
    }),
    writing: (target, person) => ({
      client: writerOf(target, person),
      target,
      purpose: 'write',
      deadlineMs: timing.write,
      onCall,
    }),
    close: () => readers.forEach((client) => client.destroy()),
  }
}

const READS: Config = { maxAttempts: 4, retryMode: 'standard' }
/** With more attempts the SDK re-sends the same write after a reset connection (cognito.md 6.1). */
const WRITES: Config = { maxAttempts: 1, retryMode: 'standard' }

function socketsWith({ connect, attempt }: Timing) {
  const agent = { maxSockets: 50, keepAlive: true }
  return {
    connectionTimeout: connect,
    requestTimeout: attempt,
    // Without it a timeout is only logged and the call hangs.
    throwOnRequestTimeout: true,
    httpAgent: agent,
    httpsAgent: agent,
  }
}

function accountOf(named: ReadonlyMap<string, Account>, target: Target): Account {
  const account = named.get(target.account)
  if (!account) throw new Error(`${target.account} is not a configured account.`)
  return account
}
