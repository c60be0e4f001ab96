import type { Taken } from './job.ts'
import type { Clock, Store } from './ports.ts'

export interface RunnerParts {
  readonly store: Pick<Store, 'take' | 'finish' | 'postpone' | 'nextDue'>
  readonly work: (job: Taken) => Promise<void>
  readonly now: Clock
  /** Runs once after so many milliseconds; the returned function cancels it. */
  readonly after: (ms: number, run: () => void) => () => void
  /** Milliseconds to wait before the job is tried again, when the error says so. */
  readonly retryAfterMs: (error: unknown) => number | undefined
  readonly onFault: (error: unknown, job: Taken | undefined) => void
}

export interface Runner {
  start(): void
  /** A job was written just now. */
  wake(): void
  /** Takes no further job and waits for those under way. */
  stop(): Promise<void>
}

const AT_ONCE = 8
/** Longer than any job takes: two reads and a write of Cognito, and a few calls to Slack. */
const LEASE_MS = 60_000
/** Other processes write jobs too: look at least this often. */
const POLL_MS = 5_000
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 60_000

const nothing = (): void => undefined

/** Does the jobs in the store, one timer for the earliest of them, several at once. */
export function createRunner(parts: RunnerParts): Runner {
  const { store, work, now, after, retryAfterMs, onFault } = parts
  const under = new Set<Promise<void>>()
  let cancel = nothing
  let looking = false
  let again = false
  let running = false

  const run = async (job: Taken): Promise<void> => {
    try {
      await work(job)
      await store.finish(job)
    } catch (error) {
      onFault(error, job)
      const backOff = Math.min(FIRST_RETRY_MS * 2 ** (job.attempts - 1), LONGEST_RETRY_MS)
      await store.postpone(job, now() + Math.max(backOff, retryAfterMs(error) ?? 0))
    }
  }

  const begin = (job: Taken): void => {
    const done = run(job)
      .catch((error: unknown) => onFault(error, job))
      .finally(() => {
        under.delete(done)
        look()
      })
    under.add(done)
  }

  const takeDue = async (): Promise<void> => {
    const jobs = await store.take(now(), AT_ONCE - under.size, LEASE_MS)
    if (running) jobs.forEach(begin)
    const next = jobs.length > 0 ? now() : await store.nextDue()
    const wait = Math.min(POLL_MS, Math.max(0, (next ?? Number.POSITIVE_INFINITY) - now()))
    cancel()
    if (running && under.size < AT_ONCE) cancel = after(wait, look)
  }

  /** Never two looks at once; a wish that comes meanwhile is granted afterwards. */
  const look = (): void => {
    if (!running || under.size >= AT_ONCE) return
    if (looking) {
      again = true
      return
    }
    looking = true
    takeDue()
      .catch((error: unknown) => {
        onFault(error, undefined)
        if (running) cancel = after(POLL_MS, look)
      })
      .finally(() => {
        looking = false
        if (!again) return
        again = false
        look()
      })
  }

  return {
    start() {
      running = true
      look()
    },
    wake: look,
    async stop() {
      running = false
      cancel()
      await Promise.all(under)
    },
  }
}
