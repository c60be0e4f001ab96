import type { Caller } from './callers.ts'
import { dialectOf } from './dialects.ts'
import type { Desk, Dialect, Letter } from './dialects.ts'
import { refusalOf } from './faults.ts'
import type { Fault, Faults } from './faults.ts'
import type { RateLimits } from './rate-limits.ts'
import { ServiceError } from './service-error.ts'

export interface Counter extends Desk {
  readonly faults: Faults
  readonly limits: RateLimits | undefined
}

/** What has been found out about a request, filled in as far as it got. */
export interface Visit {
  operation: string
  caller: Caller | undefined
  input: unknown
  fault: Fault | undefined
  committed: boolean
  error: string | undefined
}

/** How an exchange ends: with an answer, in silence, or with a broken connection. */
export type Ending =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly type: string
      readonly body: string
    }
  | { readonly kind: 'silence' }
  | { readonly kind: 'reset' }

export function exchange(counter: Counter, letter: Letter, visit: Visit): Ending {
  const dialect = dialectOf(letter.headers)
  try {
    return perform(counter, letter, visit, dialect)
  } catch (error) {
    const refusal = error instanceof ServiceError ? error : broken(error)
    visit.error = refusal.type
    const body = dialect.refusal(refusal, letter)
    return { kind: 'answer', status: refusal.status, type: dialect.contentType, body }
  }
}

function perform(counter: Counter, letter: Letter, visit: Visit, dialect: Dialect): Ending {
  visit.operation = dialect.operation(letter)
  visit.caller = dialect.caller(letter, counter)
  visit.input = dialect.redacted(letter, counter)
  visit.fault = counter.faults.take(visit.operation)
  const instead = visit.fault && before(visit.fault)
  if (instead) return instead
  throttle(counter, visit)
  const body = dialect.run(letter, counter, visit.caller)
  visit.committed = true
  const lost = visit.fault && after(visit.fault)
  return lost ?? { kind: 'answer', status: 200, type: dialect.contentType, body }
}

function throttle({ limits, state }: Counter, { caller, operation }: Visit): void {
  if (!limits || !caller) return
  if (!limits.admits(caller.account, caller.region, operation, state.now()))
    throw new ServiceError('TooManyRequestsException', 'Rate exceeded')
}

const html = '<html><body><h1>Please sign in to the network</h1></body></html>'

/** What happens instead of the operation. */
function before({ kind }: Fault): Ending | undefined {
  if (kind === 'hang') return { kind: 'silence' }
  if (kind === 'reset-before-commit') return { kind: 'reset' }
  if (kind === 'html') return { kind: 'answer', status: 200, type: 'text/html', body: html }
  const refusal = kind === 'internal-error-after-commit' ? undefined : refusalOf(kind)
  if (refusal) throw refusal
  return undefined
}

/** What happens to the answer of an operation that did run. */
function after({ kind }: Fault): Ending | undefined {
  if (kind === 'hang-after-commit') return { kind: 'silence' }
  if (kind === 'reset-after-commit') return { kind: 'reset' }
  const refusal = kind === 'internal-error-after-commit' ? refusalOf(kind) : undefined
  if (refusal) throw refusal
  return undefined
}

/** A mistake in the local Cognito itself: said aloud, and shown as AWS would. */
function broken(error: unknown): ServiceError {
  process.emitWarning(error instanceof Error ? error : String(error))
  return new ServiceError('InternalErrorException', 'Internal server error', 500)
}
