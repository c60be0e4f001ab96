import type { types } from '@slack/bolt'
import { CloudFault } from '../core/cloud-fault.ts'
import { fieldsOf } from '../core/field.ts'
import type { Choice } from '../core/field.ts'
import type { PoolRef, UserSummary } from '../core/directory.ts'
import { maskedUser } from '../core/mask.ts'
import { SEE_PERSONAL_DATA } from '../core/personal-data.ts'
import type { Advice, Known, Operation, Values } from '../core/operation.ts'
import type { Standing } from '../core/person.ts'
import type { Clock, Directory, Ids, People } from '../core/ports.ts'
import { Refusal } from '../core/refusal.ts'
import type { Workflow } from '../core/workflow/workflow.ts'
import type { Client } from './client.ts'
import { COMMAND } from './ids.ts'
import { formView } from './form.ts'
import type { Homes } from './homes.ts'

/** What the interactions share. */
export interface Desk {
  readonly workflow: Workflow
  readonly operations: ReadonlyMap<string, Operation>
  readonly directory: Directory
  readonly people: People
  readonly ids: Ids
  readonly client: Client
  readonly homes: Homes
  /** Id of the channel where approvals are asked for. */
  readonly approvalsChannel: string
  readonly now: Clock
  /** Runs once after so many milliseconds, unless the process ends first. */
  after(ms: number, run: () => void): () => void
  /** Logs a fault whole and returns the reference that a person may quote. */
  readonly report: (error: unknown) => string
}

/** The acknowledgement: its body is the answer. Sent at most once. */
export type Reply = (body?: object) => Promise<void>

/** An error as one sentence for the person: what is wrong and what to do next. */
export function sentenceOf(desk: Desk, error: unknown): string {
  if (error instanceof Refusal || error instanceof CloudFault) return error.message
  const reference = desk.report(error)
  return `Something went wrong in Lifeguard, and it has been logged. Try again; if it happens again, tell your platform team the reference ${reference}.`
}

export interface Draft {
  readonly operation: Operation
  readonly requestId: string
  readonly standing: Standing
  readonly values: Values
  readonly trouble?: string
}

type Filling = Pick<Draft, 'operation' | 'standing' | 'values'>

/** What memory holds about what a form has chosen: the pool, the user, the settings of every pool field. */
function knownFor(desk: Desk, draft: Filling): Known {
  const { values } = draft
  const { directory } = desk
  const pools = poolsChosen(desk, draft)
  const id = pools.get('pool') ?? ''
  const pool = directory.pools.get(id)
  const known = directory.knownUser(id, String(values['user']))
  return {
    pool: directory.knownPool(id),
    user: known && pool ? asSeenBy(desk, draft.standing, pool, known) : undefined,
    snapshots: draft.operation.prefills
      ? Object.fromEntries(Array.from(pools, ([field, pool]) => [field, directory.lastSeen(pool)]))
      : {},
  }
}

/** A user as this person may see them. */
export function asSeenBy(
  { workflow }: Desk,
  standing: Standing,
  pool: PoolRef,
  user: UserSummary,
): UserSummary {
  const { kind } = workflow.rights.verdict(standing, SEE_PERSONAL_DATA, pool, {})
  return kind === 'run' ? user : maskedUser(user)
}

/** The managed pools that a form has chosen and its person may see there, by field. */
export function poolsChosen(
  desk: Desk,
  { operation, standing, values }: Filling,
): ReadonlyMap<string, string> {
  const fields = [...fieldsOf(operation.input)].filter(([, { widget }]) => widget.as === 'pool')
  return new Map(
    fields.flatMap(([field]) => {
      const pool = desk.directory.pools.get(String(values[field]))
      const through = seenThrough(desk, operation, field)
      const seen = pool && desk.workflow.rights.offers(standing, through, pool, {})
      return seen ? [[field, pool.id] as const] : []
    }),
  )
}

/** A pool that only serves as a source or for comparison has to be one that the person may see. */
export function seenThrough(desk: Desk, operation: Operation, field: string): Operation {
  return field === 'pool' ? operation : (desk.operations.get('show-pool') ?? operation)
}

/** A no that is certain before the form is filled is said before the form opens. */
export function requireWay(
  desk: Desk,
  standing: Standing,
  operation: Operation,
  values: Values,
): void {
  if (!operation.pooled) return
  const { rights } = desk.workflow
  const pool = desk.directory.pools.get(String(values['pool']))
  if (rights.offers(standing, operation, pool, {})) return
  const { policies } = pool ? rights.verdict(standing, operation, pool, values) : { policies: [] }
  const where = pool ? `in ${pool.environment}` : 'on any pool'
  const why = policies.length > 0 ? ` (${policies.join(', ')})` : ''
  throw new Refusal(
    `The policy does not let you use ${operation.name} ${where}${why}. \`${COMMAND} help\` lists what you may do; a Cognito admin can add you to a group.`,
    { policies },
  )
}

/** The form's values with those that it starts from once a pool or a section is chosen. */
export function prefilled(desk: Desk, draft: Filling, chosen?: string): Values {
  const { operation, values } = draft
  return { ...values, ...operation.prefill(values, knownFor(desk, draft), chosen) }
}

/** The form as far as memory can tell: choices that the policy leaves, advice for the chosen user. */
export function draftForm(desk: Desk, draft: Draft): types.ModalView {
  const { operation, standing, values } = draft
  const { rights } = desk.workflow
  const pool = desk.directory.pools.get(String(values['pool']))
  const advice = adviceFor(desk, draft)
  const allowed = (field: string, choice: Choice) =>
    !operation.attributes.includes(field) ||
    rights.offers(standing, operation, pool, { [field]: choice.value })
  return formView({
    ...draft,
    notes: advice.notes,
    poolLabel: (id) => poolLabel(desk, id),
    choicesOf: (field, choices) => {
      const permitted = choices.filter((choice) => allowed(field, choice))
      const sensible = inOrder(permitted, advice.offers?.[field])
      return [sensible, permitted, choices].find((list) => list.length > 0) ?? choices
    },
  })
}

function adviceFor(desk: Desk, draft: Draft): Advice {
  const { operation, values } = draft
  if (operation.kind !== 'mutation') return { notes: [] }
  return operation.advise(knownFor(desk, draft), values)
}

/** The choices whose values are named, in the order they are named; all of them when none is. */
function inOrder(
  choices: readonly Choice[],
  values: readonly string[] | undefined,
): readonly Choice[] {
  if (!values) return choices
  return values.flatMap((value) => choices.find((choice) => choice.value === value) ?? [])
}

/** `customers · prod`, with account and region where the name alone would not tell pools apart. */
export function poolLabel(desk: Desk, id: string): string {
  const pool = desk.directory.pools.get(id)
  if (!pool) return id
  const twins = desk.directory.pools.named(pool.name).length > 1
  return [pool.name, pool.environment, ...(twins ? [pool.account, pool.region] : [])].join(' · ')
}
