import { fromTemporaryCredentials } from '@aws-sdk/credential-providers'
import { LRUCache } from 'lru-cache'
import type { Clock } from '../core/ports.ts'
import type { Account } from './target.ts'

/** The member of the workspace whose name a session carries. */
export interface Identity {
  readonly team: string
  readonly user: string
}

type Provider = ReturnType<typeof fromTemporaryCredentials>
type Credentials = Awaited<ReturnType<Provider>>
type BaseCredentials = NonNullable<
  Parameters<typeof fromTemporaryCredentials>[0]['masterCredentials']
>

interface RoleOptions {
  readonly now: Clock
  readonly endpoint?: string | undefined
  readonly base?: BaseCredentials | undefined
}

/** The shortest that STS gives: 15 minutes. */
const SESSION_SECONDS = 900

/** The SDK asks again in the last five minutes of a session; what is handed out must outlive that. */
const MARGIN_MS = 6 * 60_000

/** Credentials of an account's role, remembered per person; undefined where there is no role. */
export function roleCredentials(options: RoleOptions) {
  const sessions = new LRUCache<string, Provider>({ max: 1_000 })
  return (account: Account, identity: Identity | undefined): Provider | undefined => {
    if (account.roleArn === undefined) return undefined
    const key = `${account.name} ${identity?.team ?? ''} ${identity?.user ?? ''}`
    const known = sessions.get(key)
    if (known) return known
    const session = untilStale(assume(account, account.roleArn, identity, options), options.now)
    sessions.set(key, session)
    return session
  }
}

function assume(
  account: Account,
  roleArn: string,
  identity: Identity | undefined,
  { endpoint, base }: RoleOptions,
): Provider {
  const region = account.regions[0]
  return fromTemporaryCredentials({
    params: {
      RoleArn: roleArn,
      RoleSessionName: identity ? `lifeguard.${identity.user}` : 'lifeguard',
      DurationSeconds: SESSION_SECONDS,
      ...(account.externalId === undefined ? {} : { ExternalId: account.externalId }),
      ...(account.sourceIdentity ? { SourceIdentity: sourceIdentity(identity) } : {}),
    },
    clientConfig: {
      ...(region === undefined ? {} : { region }),
      ...(endpoint === undefined ? {} : { endpoint }),
    },
    ...(base === undefined ? {} : { masterCredentials: base }),
  })
}

/** The bot's own reads carry a name too: a role may demand one of every session. */
function sourceIdentity(identity: Identity | undefined): string {
  return identity ? `slack.${identity.team}.${identity.user}` : 'lifeguard'
}

/** One AssumeRole serves all clients of a session until it nears its end; a failure is not kept. */
function untilStale(fetch: Provider, now: Clock): Provider {
  let held: Promise<Credentials> | undefined
  let staleAt = 0
  return (context) => {
    if (held && now() < staleAt) return held
    staleAt = Number.POSITIVE_INFINITY
    held = fetch(context).then(
      (credentials) => {
        staleAt = (credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY) - MARGIN_MS
        return credentials
      },
      (error: unknown) => {
        staleAt = 0
        throw error
      },
    )
    return held
  }
}
