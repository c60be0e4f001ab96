import { poolRefusals } from './faults-pools.ts'
import { ServiceError } from './service-error.ts'

export type FaultKind =
  | 'throttle'
  | 'internal-error'
  | 'internal-error-after-commit'
  | 'concurrent-modification'
  | 'access-denied'
  | 'new-error-name'
  | 'html'
  | 'slow'
  | 'hang'
  | 'hang-after-commit'
  | 'reset-before-commit'
  | 'reset-after-commit'
  | keyof typeof poolRefusals

export interface Fault {
  /** An operation's name, `AssumeRole` among them, or `*` for any. */
  readonly operation: string
  readonly kind: FaultKind
  /** How many calls it hits; once when absent. */
  readonly times?: number
  /** For `slow`: how long the answer waits. */
  readonly ms?: number
}

/** Faults in the order they were asked for; each call meets at most one. */
export class Faults {
  readonly #waiting: { readonly fault: Fault; left: number }[] = []

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 })
  }

  take(operation: string): Fault | undefined {
    const next = this.#waiting.find(
      ({ fault, left }) => left > 0 && (fault.operation === operation || fault.operation === '*'),
    )
    if (next) next.left--
    return next?.fault
  }
}

/** Faults that are an ordinary error answer. */
const refusals: Partial<
  Record<FaultKind, readonly [type: string, message: string, status: number]>
> = {
  ...poolRefusals,
  throttle: ['TooManyRequestsException', 'Rate exceeded', 400],
  'internal-error': ['InternalErrorException', 'Internal server error', 500],
  'internal-error-after-commit': ['InternalErrorException', 'Internal server error', 500],
  'concurrent-modification': [
    'ConcurrentModificationException',
    'Another request is changing this resource.',
    400,
  ],
  'access-denied': [
    'AccessDeniedException',
    'User is not authorized to perform this action because no identity-based policy allows it',
    400,
  ],
  'new-error-name': ['BrandNewRuleException', 'A rule that did not exist before.', 400],
}

export function refusalOf(kind: FaultKind): ServiceError | undefined {
  const refusal = refusals[kind]
  return refusal && new ServiceError(...refusal)
}
