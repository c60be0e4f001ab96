import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, normalize } from 'node:path'
import type { z } from 'zod'
import type { Fault } from '../core/faults.ts'
import type { Limits } from '../core/limits.ts'
import type { PoolRule } from '../domain/pool-rules.ts'
import { faultsOf, readYaml } from './document.ts'
import { namesIn, REGION, shapeOf } from './shape.ts'

interface Group {
  readonly name: string
  /** Slack user group id. */
  readonly usergroup?: string
  /** Slack user ids. */
  readonly users: readonly string[]
}

interface Account {
  readonly name: string
  readonly regions: readonly string[]
  readonly roleArn?: string
  readonly externalId?: string
  /** Whether the requester is named in CloudTrail (STS SourceIdentity). */
  readonly sourceIdentity: boolean
}

/** What lifeguard.yml and the policy beside it say: all that can be known without credentials. */
export interface Inventory {
  readonly slack: {
    readonly team: string
    readonly auditChannel: string
    readonly approvalsChannel?: string
  }
  readonly groups: readonly Group[]
  readonly environments: readonly string[]
  readonly accounts: readonly Account[]
  readonly pools: readonly PoolRule[]
  readonly approvals: {
    readonly expireAfterMs: number
    readonly remindAfterMs: number
    readonly revealWithinMs: number
    /** A second group that is called after so long. */
    readonly escalation: { readonly afterMs: number; readonly group: string } | undefined
  }
  readonly protectedGroups: readonly string[]
  readonly passwordLength: number
  /** Users that one bulk request may name. */
  readonly bulkMost: number
  readonly limits: Limits
  readonly policy: { readonly path: string; readonly text: string }
}

export type Reading<T> =
  | { readonly value: T; readonly faults: readonly [] }
  | { readonly value: undefined; readonly faults: readonly Fault[] }

type Written = z.infer<ReturnType<typeof shapeOf>>

export function readInventory(env: NodeJS.ProcessEnv): Reading<Inventory> {
  const file = normalize(env['LIFEGUARD_CONFIG'] || 'lifeguard.yml')
  const text = readText(file)
  if (text === undefined) return faulty([{ where: file, sentence: NO_FILE }])
  const yaml = readYaml(file, text)
  if (yaml.faults.length > 0) return faulty(yaml.faults)

  const { data: written, error } = shapeOf(namesIn(yaml.value)).safeParse(yaml.value ?? {})
  if (!written) return faulty(faultsOf(yaml, error.issues))

  const path = isAbsolute(written.policy) ? written.policy : join(dirname(file), written.policy)
  const policy = readText(path)
  const accounts = written.accounts?.map(accountOf) ?? accountsFrom(env)
  if (policy !== undefined && accounts)
    return { value: inventoryOf(written, accounts, { path, text: policy }), faults: [] }
  return faulty([
    ...(accounts ? [] : [{ where: yaml.where(['accounts']), sentence: NO_REGION }]),
    ...(policy === undefined ? [{ where: yaml.where(['policy']), sentence: noPolicy(path) }] : []),
  ])
}

const NO_FILE =
  'There is no such file that can be read. Copy lifeguard.example.yml and fill it in, or set LIFEGUARD_CONFIG to its path.'
const NO_REGION =
  'It is not said where the pools are. Add accounts: [{ name: main, regions: [eu-west-1] }], or set AWS_REGION.'

function noPolicy(path: string): string {
  return `There is no policy at ${path} that can be read. Copy policy.example.cedar there, or set policy to its path.`
}

function faulty(faults: readonly Fault[]): Reading<never> {
  return { value: undefined, faults }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function accountsFrom(env: NodeJS.ProcessEnv): readonly Account[] | undefined {
  const region = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || ''
  return REGION.test(region)
    ? [{ name: 'main', regions: [region], sourceIdentity: false }]
    : undefined
}

function accountOf(account: NonNullable<Written['accounts']>[number]): Account {
  const { name, regions, role_arn: roleArn, external_id: externalId } = account
  return {
    name,
    regions,
    sourceIdentity: account.source_identity,
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(externalId === undefined ? {} : { externalId }),
  }
}

function groupOf([name, { usergroup, users = [] }]: [string, Written['groups'][string]]): Group {
  return { name, users, ...(usergroup === undefined ? {} : { usergroup }) }
}

function ruleOf({ match: { name, id, tags }, environment }: Written['pools'][number]): PoolRule {
  return {
    match: {
      ...(name === undefined ? {} : { name }),
      ...(id === undefined ? {} : { id }),
      ...(tags === undefined ? {} : { tags }),
    },
    environment,
  }
}

function inventoryOf(
  written: Written,
  accounts: readonly Account[],
  policy: Inventory['policy'],
): Inventory {
  const { slack, approvals, limits } = written
  const { escalate_after: afterMs, escalate_to: group } = approvals
  return {
    slack: {
      team: slack.team,
      auditChannel: slack.audit_channel,
      ...(slack.approvals_channel === undefined
        ? {}
        : { approvalsChannel: slack.approvals_channel }),
    },
    groups: Object.entries(written.groups).map(groupOf),
    environments: written.environments,
    accounts,
    pools: written.pools.map(ruleOf),
    approvals: {
      expireAfterMs: approvals.expire_after,
      remindAfterMs: approvals.remind_after,
      revealWithinMs: approvals.reveal_within,
      escalation: afterMs === undefined || group === undefined ? undefined : { afterMs, group },
    },
    protectedGroups: written.protected_groups,
    passwordLength: written.password_length,
    bulkMost: written.bulk_users,
    limits: { perRequester: limits.per_requester, perPool: limits.per_pool, all: limits.all },
    policy,
  }
}
