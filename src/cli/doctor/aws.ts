import { z } from 'zod'
import type { Wire } from '../../cognito/call.ts'
import type { ClientOptions } from '../../cognito/clients.ts'
import { createClients } from '../../cognito/clients.ts'
import type { PoolPage } from '../../cognito/reads.ts'
import { listPools } from '../../cognito/reads.ts'
import type { Account } from '../../cognito/target.ts'
import { targetsOf } from '../../cognito/target.ts'
import { CloudFault } from '../../core/cloud-fault.ts'
import type { PoolRule } from '../../domain/pool-rules.ts'
import { needsTags, poolRuleFor } from '../../domain/pool-rules.ts'
import type { Finding } from './finding.ts'
import { ill, well } from './finding.ts'

export interface AwsPlaces extends Pick<ClientOptions, 'endpoint' | 'credentials' | 'timing'> {
  readonly accounts: readonly Account[]
  readonly pools: readonly PoolRule[]
}

/** One ListUserPools for each account and region, as Lifeguard itself would send it. */
export async function checkAws({ pools, ...places }: AwsPlaces): Promise<readonly Finding[]> {
  const clients = createClients({ ...places, now: Date.now, onCall: () => undefined })
  try {
    return await Promise.all(
      places.accounts.flatMap((account) =>
        targetsOf([account]).map((target) => checkTarget(clients.reading(target), account, pools)),
      ),
    )
  } finally {
    clients.close()
  }
}

async function checkTarget(
  wire: Wire,
  account: Account,
  rules: readonly PoolRule[],
): Promise<Finding> {
  const what = `AWS ${account.name}, ${wire.target.region}`
  const went = watchAddress(wire)
  try {
    const page = await listPools(wire, undefined)
    const many = page.pools.length === 1 ? '1 user pool' : `${page.pools.length} user pools`
    const more = page.next === undefined ? '' : ' or more'
    return well(what, `${many}${more}, listed at ${went.to}.`, notesOn(page, rules))
  } catch (error) {
    if (!(error instanceof CloudFault)) throw error
    return ill(what, adviceFor(error, account, went.to))
  }
}

const Address = z.object({
  protocol: z.string(),
  hostname: z.string(),
  port: z.number().optional(),
})

/** Notes where calls really go: variables and the SDK's own files may name another endpoint. */
function watchAddress({ client }: Wire): { to: string | undefined } {
  const went: { to: string | undefined } = { to: undefined }
  client.middlewareStack.add(
    (next) => (args) => {
      const { data: address } = Address.safeParse('request' in args ? args.request : undefined)
      if (address) {
        const { protocol, hostname, port } = address
        went.to = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`
      }
      return next(args)
    },
    { step: 'build', name: 'lifeguardAddress' },
  )
  return went
}

function notesOn({ pools, next }: PoolPage, rules: readonly PoolRule[]): readonly string[] {
  const perhaps = pools.some(
    (pool) => needsTags(rules, pool) || poolRuleFor(rules, { ...pool, tags: {} }),
  )
  if (perhaps || next !== undefined) return []
  return ['No rule under pools in lifeguard.yml matches any of them, so none is managed.']
}

const UNREACHABLE = /^(E[A-Z_]+|TimeoutError|AbortError)$/
const NOT_ACCEPTED =
  /^(ExpiredToken|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|MissingAuthentication)/
const NONE = /^CredentialsProviderError$/

/** For whoever runs Lifeguard; the faults' own sentences are for those who use it. */
function adviceFor(fault: CloudFault, account: Account, address: string | undefined): string {
  const { code, kind } = fault
  const { roleArn } = account
  if (UNREACHABLE.test(code))
    return `nothing answered${address === undefined ? '' : ` at ${address}`} (${code}). Check the network, the region and the AWS_ENDPOINT_URL variables.`
  if (NOT_ACCEPTED.test(code)) return `AWS does not accept the credentials (${code}). Renew them.`
  if (NONE.test(code) || (kind === 'not-sent' && roleArn === undefined))
    return `there are no AWS credentials (${code}). Give the task or instance a role, or set the SDK’s variables.`
  if (kind === 'not-sent')
    return `the role ${roleArn} cannot be assumed (${code}). Check that it trusts Lifeguard’s own role, and its external_id.`
  if (code.startsWith('AccessDenied'))
    return `the role may not list user pools (${code}). Attach docs/iam-policy.json to it.`
  return `the pools could not be listed (${code}). Run this once more; if it stays, ask AWS about the code.`
}
