import type { types } from '@slack/bolt'
import { CloudFault } from '../core/cloud-fault.ts'
import type { Choice } from '../core/field.ts'
import type { Advice, Operation, Values } from '../core/operation.ts'
import type { Standing } from '../core/person.ts'
import type { Clock, Directory, Ids, People } from '../core/ports.ts'
import { Refusal } from '../core/refusal.ts'
import type { Workflow } from '../core/workflow/workflow.ts'
import type { Client } from './client.ts'
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

/** The form as far as memory can tell: choices that the policy leaves, advice for the chosen user. */
export function draftForm(desk: Desk, draft: Draft): types.ModalView {
  const { operation, standing, values } = draft
  const { rights } = desk.workflow
  const pool = desk.directory.pools.get(String(values['pool']))
  const advice = adviceFor(desk, operation, values)
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

function adviceFor(desk: Desk, operation: Operation, values: Values): Advice {
  if (operation.kind !== 'mutation') return { notes: [] }
  const { directory } = desk
  const id = String(values['pool'])
  return operation.advise({
    pool: directory.knownPool(id),
    user: directory.knownUser(id, String(values['user'])),
  })
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
