import { CloudFault } from '../cloud-fault.ts'
import type { PoolSnapshot } from '../directory.ts'
import type { Mutation, Outcome, Prepared } from '../operation.ts'
import type { Person } from '../person.ts'
import type { CallRecord, CallWitness, Store } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import { advance, failureText, LEASE_MS } from '../request.ts'
import type { Ended, Executing } from '../request.ts'
import { callsOf, entryOn, thingOf } from './entries.ts'
import { follows, tellJob } from './jobs.ts'
import { LeaseLost, onePass, passOf } from './pass.ts'
import type { Course } from './pass.ts'
import type { Common } from './parts.ts'
import type { Ending } from './workflow.ts'

interface Result {
  readonly as: Ended['state']
  readonly sentence: string
  readonly outcome?: Outcome
  /** The pool as it was found afterwards, when no outcome tells. */
  readonly found?: PoolSnapshot
  readonly bug?: unknown
}

interface Progress {
  /** Calls that may have been sent; one that ended in a bug is never in `calls`. */
  begun: number
  readonly calls: CallRecord[]
}

const lateAbout = (request: Executing) =>
  `This took too long and may have changed something. Look at the ${thingOf(request)} before you try again.`

/** Runs one attempt whose intent is already durable, and makes its outcome durable. */
export async function attempt(
  common: Common,
  request: Executing,
  prepared: Prepared,
  person: Person,
): Promise<Ending> {
  const { store, directory, onEnd } = common
  const course: Course = { request }
  const progress: Progress = { begun: 0, calls: [] }
  const { resumable } = common.mutation(request.operation)
  const witness = resumable ? stepWitness(progress) : witnessOf(request, progress, store)
  const act = directory.act(person, witness, { paced: resumable })
  const pass = resumable ? await passOf(common, course) : onePass
  const tried = await tryOnce(async () => prepared.apply(act, pass), progress, lateAbout(request))
  const result = await settled(common, course.request, tried)
  const ended = await keep(common, course.request, result, progress.calls)
  onEnd(request.operation, ended?.state ?? 'unknown')
  return {
    kind: 'ended',
    request: ended ?? lost(request),
    outcome: ended?.state === 'done' ? result.outcome : undefined,
    ...(result.bug === undefined ? {} : { bug: result.bug }),
  }
}

/** The outcome in the store; undefined when the lease was lost and somebody else ended the request. */
async function keep(
  common: Common,
  request: Executing,
  result: Result,
  calls: readonly CallRecord[],
): Promise<Ended | undefined> {
  const { store, now } = common
  // Work in steps has a record of each, so its lateness changes nothing.
  const { resumable } = common.mutation(request.operation)
  const late = !resumable && now() > request.leaseUntil && result.as === 'done'
  const as = late ? 'unknown' : result.as
  const outcome = late ? lateAbout(request) : result.sentence
  const step = advance(request, { kind: 'end', as, attempt: request.attempt, outcome })
  if ('refused' in step || !isEnded(step.next))
    throw new Error('An attempt ended that had not begun.')
  const ended = step.next
  const { awsRequestIds, details } = callsOf(calls)
  const { alarm, image = result.found } = result.outcome ?? {}
  const about = {
    outcome,
    awsRequestIds: awsRequestIds ?? [],
    details: { ...details, reason: reasonOf(request), ...(alarm ? { alarm } : {}) },
  }
  const swapped = await store.swap(request, ended, {
    entries: [entryOn(request, ended.state, request.requester, about)],
    jobs: [...follows(ended, now()), ...tidings(ended, now(), result.outcome)],
    images: image ? [{ request: request.id, moment: 'after', snapshot: image }] : [],
  })
  if (swapped.kind === 'swapped') return ended
  await store.append(entryOn(request, 'stale-outcome', request.requester, about))
  return undefined
}

/** Whoever waited for approvals learns what came of it; whoever acted alone has it on the screen. */
function tidings(ended: Ended, now: number, outcome: Outcome | undefined) {
  if (ended.approvals === 0) return []
  const again = ended.secret && ended.revealUntil > now && ended.state !== 'done'
  const text =
    ended.state === 'failed'
      ? failureText(ended.outcome)
      : [ended.outcome, ...particulars(outcome)].join('\n')
  const note = { person: ended.requester, text, ...(again ? { button: 'reveal' as const } : {}) }
  return ended.secret && ended.state === 'done'
    ? []
    : [tellJob(ended, now, `ended-${ended.attempt}`, note)]
}

/** What a screen shows below the sentence. */
function particulars({ notes = [], facts = [] }: Partial<Outcome> = {}): readonly string[] {
  return [...notes, ...facts.map(({ term, text }) => `${term}: ${text}`)]
}

function isEnded(request: { readonly state: string }): request is Ended {
  return request.state === 'done' || request.state === 'failed' || request.state === 'unknown'
}

function lost(request: Executing): Ended {
  const { leaseUntil: _lease, ...asked } = request
  return { ...asked, state: 'unknown', outcome: lateAbout(request) }
}

const reasonOf = ({ input }: Executing) =>
  typeof input['reason'] === 'string' ? input['reason'] : null

async function tryOnce(
  work: () => Promise<Outcome>,
  progress: Progress,
  late: string,
): Promise<Result> {
  try {
    const outcome = await work()
    const { sentence, alarm, as = 'done' } = outcome
    return { as, sentence: alarm ? `${sentence} ${alarm}` : sentence, outcome }
  } catch (error) {
    if (error instanceof LeaseLost) return { as: 'unknown', sentence: late }
    // A call that went through before makes it more than a failure.
    const half = progress.calls.some((call) => call.error === undefined)
    if (error instanceof Refusal)
      return { as: half ? 'unknown' : 'failed', sentence: error.message }
    if (error instanceof CloudFault)
      return {
        as: half || error.kind === 'unknown' ? 'unknown' : 'failed',
        sentence: error.message,
      }
    const touched = progress.begun > 0
    return {
      as: touched ? 'unknown' : 'failed',
      sentence: touched ? late : 'Something in Lifeguard went wrong before anything was changed.',
      bug: error,
    }
  }
}

/** A lost answer is settled by a read where one can tell, and never by sending again. */
async function settled(common: Common, request: Executing, result: Result): Promise<Result> {
  if (result.as !== 'unknown') return result
  const seen = await resolve(common, request, common.mutation(request.operation))
  if (seen === 'applied') {
    const sentence = `${result.sentence} A look at the ${thingOf(request)} shows that it was done.`
    // What an operation left to be read back keeps its facts.
    const outcome = result.outcome && { ...result.outcome, as: 'done' as const, sentence }
    const found = await foundAfter(common, request)
    return { as: 'done', sentence, ...(outcome ? { outcome } : {}), ...(found ? { found } : {}) }
  }
  if (seen === 'not-applied')
    return {
      as: 'failed',
      sentence: `${result.sentence} A look at the ${thingOf(request)} shows that it was not done.`,
    }
  return result
}

/** The pool as it is now, where the one before was kept: so that the change can be taken back. */
export async function foundAfter(
  { store, directory }: Common,
  { id, pool }: Executing,
): Promise<PoolSnapshot | undefined> {
  try {
    return (await store.image(id, 'before')) && (await directory.snapshot(pool))
  } catch {
    return undefined
  }
}

export async function resolve(common: Common, request: Executing, operation: Mutation) {
  const { directory, store, now } = common
  const since = request.leaseUntil - LEASE_MS
  const { id, pool, target } = request
  try {
    const image = await store.image(id, 'before')
    return await operation.resolve(
      request.input,
      { request: id, pool, target, since, image },
      { ...directory, now },
    )
  } catch {
    return 'unknown'
  }
}

/** Each step's intent is written by the pass. */
function stepWitness(progress: Progress): CallWitness {
  return {
    async before() {
      progress.begun += 1
    },
    after: (record) => void progress.calls.push(record),
  }
}

/** The first call's intent is the request's own; each further call gets an intent before it is sent. */
function witnessOf(request: Executing, progress: Progress, store: Store): CallWitness {
  return {
    async before(call) {
      progress.begun += 1
      if (progress.begun === 1) return
      await store.append(
        entryOn(request, 'intent', request.requester, { outcome: `Sending ${call}.` }),
      )
    },
    after: (record) => void progress.calls.push(record),
  }
}
