import { combinationsOf } from '../core/attributes.ts'
import type { Attributes } from '../core/attributes.ts'
import type { Policy } from '../core/ports.ts'
import type { Verdict } from '../core/verdict.ts'
import type { Vocabulary } from './schema.ts'

/** What one operation with certain attributes needs, in the order of the environments. */
export interface Row {
  readonly operation: string
  readonly attributes: Attributes
  readonly verdicts: readonly Verdict[]
}

/** What somebody in exactly these groups may do. */
export interface Section {
  readonly groups: readonly string[]
  readonly rows: readonly Row[]
}

/** Up to this many groups, every set of them is asked about; beyond it, sets of at most two. */
const FEW_GROUPS = 4

/** Asks the policy about everything that can be asked about a pool. */
export function matrixOf(policy: Policy, vocabulary: Vocabulary): readonly Section[] {
  const operations = vocabulary.operations.filter(({ pooled }) => pooled)
  return setsOf(vocabulary.groups).map((groups) => ({
    groups,
    rows: operations.flatMap((operation) =>
      combinationsOf(operation).map((attributes) => ({
        operation: operation.name,
        attributes,
        verdicts: vocabulary.environments.map((environment) =>
          policy.decide({
            person: SAMPLE_PERSON,
            groups,
            operation: operation.name,
            pool: samplePool(vocabulary, environment),
            attributes,
          }),
        ),
      })),
    ),
  }))
}

/** Nobody in particular: policies about a person do not show in a matrix. */
export const SAMPLE_PERSON = 'U0000000000'

/** Any pool of the environment, in the first account and region unless told otherwise. */
export function samplePool({ accounts }: Vocabulary, environment: string) {
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
