import { combinationsOf } from '../core/attributes.ts'
import type { Attributes } from '../core/attributes.ts'
import type { PoolRef } from '../core/directory.ts'
import type { Policy } from '../core/ports.ts'
import type { Verdict } from '../core/verdict.ts'
import type { LoadedPolicy } from './load.ts'
import { askable } from './schema.ts'
import type { Vocabulary } from './schema.ts'

/** What one operation with certain attributes needs, in the order of the environments. */
export interface Row {
  readonly operation: string
  readonly attributes: Attributes
  readonly verdicts: readonly Verdict[]
}

export type Right = 'approve' | 'break-glass'

/** Who may decide about one operation, in the order of the environments. */
export interface RightRow {
  readonly right: Right
  readonly operation: string
  /** How many votes have to be in before this one counts; undefined: never. */
  readonly after: readonly (number | undefined)[]
}

/** What somebody in exactly these groups may do. */
export interface Section {
  readonly groups: readonly string[]
  readonly rows: readonly Row[]
  readonly rights: readonly RightRow[]
}

/** Up to this many groups, every set of them is asked about; beyond it, sets of at most two. */
const FEW_GROUPS = 4

/** Asks the policy about everything that can be asked about a pool. */
export function matrixOf(policy: Policy, vocabulary: Vocabulary): readonly Section[] {
  return setsOf(vocabulary.groups).map((groups) => ({
    groups,
    rows: rowsOf(policy, vocabulary, groups),
    rights: rightsOf(policy, vocabulary, groups),
  }))
}

/**
 * Environments in which something waits for approvals that no group can give. Empty too for a
 * policy that names people or single pools: there, groups alone cannot tell.
 */
export function deadEnds(policy: LoadedPolicy, vocabulary: Vocabulary): readonly string[] {
  if (policy.readsPoolIdentity || policy.rules.some(({ namesPeople }) => namesPeople)) return []
  const sets = setsOf(vocabulary.groups)
  return vocabulary.environments.filter((environment) => {
    const here = { ...vocabulary, environments: [environment] }
    const answered = sets.some((groups) => rightsOf(policy, here, groups).some(mayApproveAtAll))
    return !answered && sets.some((groups) => rowsOf(policy, here, groups).some(asks))
  })
}

function mayApproveAtAll({ right, after }: RightRow): boolean {
  return right === 'approve' && after.some((votes) => votes !== undefined)
}

function asks({ verdicts }: Row): boolean {
  return verdicts.some(({ kind }) => kind === 'ask')
}

export function deadEndSentence(environment: string): string {
  return `In ${environment} something needs approvals, and no group may approve there. Permit Action::"approve" to one.`
}

function rowsOf(policy: Policy, vocabulary: Vocabulary, groups: readonly string[]): readonly Row[] {
  const operations = askable(vocabulary.operations).filter(({ pooled }) => pooled)
  return operations.flatMap((operation) =>
    combinationsOf(operation).map((attributes) => ({
      operation: operation.name,
      attributes,
      verdicts: poolsOf(vocabulary).map((pool) =>
        policy.decide({
          person: SAMPLE_PERSON,
          groups,
          operation: operation.name,
          pool,
          attributes,
        }),
      ),
    })),
  )
}

const RIGHTS: readonly Right[] = ['approve', 'break-glass']

function rightsOf(
  policy: Policy,
  vocabulary: Vocabulary,
  groups: readonly string[],
): readonly RightRow[] {
  const changes = vocabulary.operations.filter(({ pooled, risk }) => pooled && risk !== 'read')
  return RIGHTS.flatMap((right) =>
    changes.map(({ name: operation }) => ({
      right,
      operation,
      after: poolsOf(vocabulary).map((pool) =>
        votesBefore((approvals) => {
          const asked = { person: SAMPLE_PERSON, groups, pool, operation, approvals }
          return right === 'approve'
            ? policy.mayApprove({ ...asked, requester: SAMPLE_REQUESTER }).allowed
            : policy.mayBreakGlass(asked).allowed
        }),
      ),
    })),
  )
}

/** One vote fewer than the most that are ever needed: what is not allowed then never is. */
const MOST_BEFORE = 4

function votesBefore(allowed: (approvals: number) => boolean): number | undefined {
  if (!allowed(MOST_BEFORE)) return undefined
  return [0, 1, 2, 3].find(allowed) ?? MOST_BEFORE
}

function poolsOf(vocabulary: Vocabulary): readonly PoolRef[] {
  return vocabulary.environments.map((environment) => samplePool(vocabulary, environment))
}

/** Nobody in particular: policies about a person do not show in a matrix. */
export const SAMPLE_PERSON = 'U0000000000'
/** Whoever asked for what the sample person decides about. */
export const SAMPLE_REQUESTER = 'U0000000001'

/** Any pool of the environment, in the first account and region unless told otherwise. */
export function samplePool({ accounts }: Vocabulary, environment: string): PoolRef {
  const [account] = accounts
  const region = account?.regions[0] ?? ''
  return {
    id: `${region}_sample`,
    name: 'any-pool',
    environment,
    account: account?.name ?? '',
    region,
  }
}

function setsOf(groups: readonly string[]): readonly (readonly string[])[] {
  const most = groups.length > FEW_GROUPS ? 2 : groups.length
  return setsUpTo(most, groups).toSorted((a, b) => a.length - b.length)
}

function setsUpTo(most: number, groups: readonly string[]): readonly (readonly string[])[] {
  const [first, ...others] = groups
  if (first === undefined || most === 0) return [[]]
  const withFirst = setsUpTo(most - 1, others).map((set) => [first, ...set])
  return [...withFirst, ...setsUpTo(most, others)]
}
