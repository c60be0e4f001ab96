import type { EntryDraft } from '../audit.ts'
import { CloudFault } from '../cloud-fault.ts'
import type { Pass, StepDone, StepRecord } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import { advance, LEASE_MS } from '../request.ts'
import type { Executing } from '../request.ts'
import { entryOn } from './entries.ts'
import { follows, progressJob } from './jobs.ts'
import type { Common } from './parts.ts'

/** The request that an attempt works for, as it moves on while the attempt lasts. */
export interface Course {
  request: Executing
}

const INTERRUPTED =
  'Lifeguard stopped before it knew the result. Look at this user before you try again.'

const FOUND: StepDone = {
  as: 'done',
  sentence: 'Done: Lifeguard stopped before it knew, and a look at the user shows it.',
}

/** Slack takes about one redrawing a second. */
const SHOWN_EVERY_MS = 2_000

/** Somebody else has taken the work over: this attempt must not go on. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/** The steps of a request's work: each is begun once, whatever number of attempts there are. */
export async function passOf(common: Common, course: Course): Promise<Pass> {
  const { store } = common
  const { id } = course.request
  const records = await store.steps(id)
  const steps = new Map(records.map((step) => [step.key, doneOf(step)]))
  const interrupted = new Set(records.flatMap(({ key, as }) => (as === 'begun' ? [key] : [])))
  let shownAt = common.now()
  /** The card shows how far the work is, now and then. */
  const progress = () => {
    if (common.now() - shownAt < SHOWN_EVERY_MS) return []
    shownAt = common.now()
    return [progressJob(course.request, shownAt, steps.size + 1)]
  }
  const begin = async (key: string, intent: EntryDraft): Promise<void> => {
    if (interrupted.has(key)) return store.append(intent)
    const begun = { request: id, key, as: 'begun', sentence: '' } as const
    if (!(await store.beginStep(begun, { entries: [intent] }))) throw new LeaseLost(id)
  }
  return {
    steps,
    async run(key, work, settle) {
      const known = steps.get(key)
      if (known && !interrupted.has(key)) return known
      const look = known ? (settle?.() ?? 'unknown') : 'not-applied'
      if (known && look === 'unknown') return known
      await renewed(common, course)
      const about = { ...entryOn(course.request, 'intent', course.request.requester), target: key }
      if (look === 'not-applied') await begin(key, about)
      const done = look === 'applied' ? FOUND : await ended(work)
      interrupted.delete(key)
      const event = { ...about, event: `step-${done.as}`, outcome: done.sentence } as const
      await store.endStep({ request: id, key, ...done }, { entries: [event], jobs: progress() })
      steps.set(key, done)
      return done
    },
  }
}

/** A step that was begun and never ended may have happened: it is not done again. */
function doneOf({ as, sentence }: StepRecord): StepDone {
  return as === 'begun' ? { as: 'unknown', sentence: INTERRUPTED } : { as, sentence }
}

async function ended(work: () => Promise<string>): Promise<StepDone> {
  try {
    return { as: 'done', sentence: await work() }
  } catch (error) {
    if (error instanceof Refusal) return { as: 'failed', sentence: error.message }
    if (!(error instanceof CloudFault)) throw error
    return { as: error.kind === 'unknown' ? 'unknown' : 'failed', sentence: error.message }
  }
}

/** Long work keeps its lease, and its card shows how far it is. */
async function renewed(common: Common, course: Course): Promise<void> {
  const { store, now } = common
  if (course.request.leaseUntil - now() > LEASE_MS / 2) return
  const step = advance(course.request, { kind: 'renew', now: now() })
  if ('refused' in step || step.next.state !== 'executing') throw new LeaseLost(course.request.id)
  const swapped = await store.swap(course.request, step.next, {
    entries: [],
    jobs: follows(step.next, now()),
  })
  if (swapped.kind !== 'swapped') throw new LeaseLost(course.request.id)
  course.request = step.next
}

/** Of work in one step nothing is remembered but its outcome. */
export const onePass: Pass = {
  steps: new Map(),
  run: () => {
    throw new TypeError('Only a resumable operation works in steps.')
  },
}
