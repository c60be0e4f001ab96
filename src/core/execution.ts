import type { EntryDraft } from './audit.ts'
import { CloudFault } from './cloud-fault.ts'
import type { Json } from './canonical.ts'
import type { Outcome, Prepared, Values } from './operation.ts'
import type { Person } from './person.ts'
import type { CallRecord, CallWitness, Clock, Directory, Store } from './ports.ts'
import { Refusal } from './refusal.ts'
import { advance } from './request.ts'
import type { Ended, Executing } from './request.ts'

/** An attempt that ended. `outcome` is there only when the work is done and recorded as done. */
export interface Ending {
  readonly request: Ended
  readonly outcome: Outcome | undefined
  /** An error that is neither a refusal nor a cloud fault: a bug, to be logged. */
  readonly bug?: unknown
}

interface Attempt {
  readonly as: Ended['state']
  readonly sentence: string
  readonly outcome?: Outcome
  readonly bug?: unknown
}

interface Progress {
  /** Calls that may have been sent; one that ended in a bug is never in `calls`. */
  begun: number
  readonly calls: CallRecord[]
}

/** Runs one attempt of a request whose intent is already durable, and makes its outcome durable. */
export async function execute(
  request: Executing,
  prepared: Prepared,
  person: Person,
  on: { directory: Directory; store: Store; now: Clock },
): Promise<Ending> {
  const progress: Progress = { begun: 0, calls: [] }
  const witness = witnessOf(request, progress, on.store)
  const attempt = await tryOnce(prepared, on.directory.act(person, witness), progress)
  const ended = advance(request, {
    kind: 'end',
    as: on.now() > request.leaseUntil && attempt.as === 'done' ? 'unknown' : attempt.as,
    attempt: request.attempt,
    outcome: attempt.sentence,
  })
  if (!ended) throw new Error(`Request ${request.id} had already ended before its attempt did.`)
  const entry = entryOf(request, ended.state, ended.outcome, progress.calls)
  const swapped = await on.store.swap(request, ended, entry)
  if (!swapped) await on.store.append({ ...entry, event: 'stale-outcome' })
  const done = swapped && ended.state === 'done'
  return {
    request: swapped ? ended : { ...ended, state: 'unknown', outcome: LATE },
    outcome: done ? attempt.outcome : undefined,
    ...(attempt.bug === undefined ? {} : { bug: attempt.bug }),
  }
}

const LATE =
  'This took too long and may have changed something. Look at the user, then run the command again.'

async function tryOnce(
  prepared: Prepared,
  act: Parameters<Prepared['apply']>[0],
  progress: Progress,
): Promise<Attempt> {
  try {
    const outcome = await prepared.apply(act)
    return { as: 'done', sentence: outcome.sentence, outcome }
  } catch (error) {
    if (error instanceof Refusal) return { as: 'failed', sentence: error.message }
    if (error instanceof CloudFault)
      return { as: error.kind === 'unknown' ? 'unknown' : 'failed', sentence: error.message }
    const touched = progress.begun > 0
    return {
      as: touched ? 'unknown' : 'failed',
      sentence: touched ? LATE : 'Something in Lifeguard went wrong before anything was changed.',
      bug: error,
    }
  }
}

/** The first call's intent is the request's own; each further call gets an intent before it is sent. */
function witnessOf(request: Executing, progress: Progress, store: Store): CallWitness {
  return {
    async before(call) {
      progress.begun += 1
      if (progress.begun === 1) return
      await store.append({ ...subject(request), event: 'intent', outcome: `Sending ${call}.` })
    },
    after: (record) => void progress.calls.push(record),
  }
}

/** What the requester gave as grounds, and all else that was asked for. */
export function evidenceOf(input: Values): NonNullable<EntryDraft['details']> {
  return { input: input as Json, reason: input['reason'] as Json }
}

function subject(request: Executing) {
  const { id, operation, requester, pool, target } = request
  return { request: id, operation, actor: requester, pool, target }
}

function entryOf(
  request: Executing,
  event: Ended['state'],
  outcome: string,
  calls: readonly CallRecord[],
): EntryDraft {
  return {
    ...subject(request),
    event,
    outcome,
    awsRequestIds: calls.flatMap(({ awsRequestId }) => awsRequestId ?? []),
    details: {
      reason: request.input['reason'] as Json,
      attempt: request.attempt,
      calls: calls.map(({ call, awsRequestId, ms, error }) => ({ call, awsRequestId, ms, error })),
    },
  }
}
