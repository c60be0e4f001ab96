import type {
  $Command,
  CognitoIdentityProviderClient,
  CognitoIdentityProviderClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes,
} from '@aws-sdk/client-cognito-identity-provider'
import { setTimeout as wait } from 'node:timers/promises'
import { CloudFault } from '../core/cloud-fault.ts'
import { faultOf } from './faults.ts'
import type { Target } from './target.ts'

/** A call as it ended, for metrics. Never its input. */
export interface CallSeen extends Target {
  readonly call: string
  readonly ms: number
  readonly attempts: number
  readonly awsRequestId: string | undefined
  /** The API's error name; undefined after success. */
  readonly error: string | undefined
}

export type OnCall = (seen: CallSeen) => void

/** A client, and how long a call through it may take in all. */
export interface Wire {
  readonly client: CognitoIdentityProviderClient
  readonly target: Target
  readonly purpose: 'read' | 'write'
  readonly deadlineMs: number
  readonly onCall: OnCall
}

export type Command<I extends ServiceInputTypes, O extends ServiceOutputTypes> = $Command<
  I,
  O,
  CognitoIdentityProviderClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes
>

/** Sends one command before the deadline. Every failure is a `CloudFault`. */
export async function send<I extends ServiceInputTypes, O extends ServiceOutputTypes>(
  wire: Wire,
  call: string,
  command: Command<I, O>,
  deadline = AbortSignal.timeout(wire.deadlineMs),
): Promise<O> {
  const { account, region } = wire.target
  const progress = { sent: false }
  const startedAt = performance.now()
  const report = (awsRequestId: string | undefined, attempts: number, error?: string) => {
    const ms = performance.now() - startedAt
    wire.onCall({ account, region, call, ms, attempts, awsRequestId, error })
  }
  watch(command, progress, deadline)
  const sending = wire.client.send(command, { abortSignal: deadline })
  // The signal reaches the socket alone, not credentials or the pause before a repeat.
  const answer = await Promise.race([sending, expiry(deadline)]).catch((error: unknown) => {
    const fault = faultOf(error, { call, sent: progress.sent, purpose: wire.purpose })
    report(fault.awsRequestId, progress.sent ? attemptsOf(error) : 0, fault.code)
    throw fault
  })
  report(answer.$metadata.requestId, answer.$metadata.attempts ?? 1)
  return answer
}

/** Notes the moment a request goes to the socket: before it, a failure certainly changed nothing. */
function watch<I extends ServiceInputTypes, O extends ServiceOutputTypes>(
  command: Command<I, O>,
  progress: { sent: boolean },
  deadline: AbortSignal,
): void {
  command.middlewareStack.add(
    (next) => (args) => {
      // An expired deadline keeps the request from being sent.
      if (!deadline.aborted) progress.sent = true
      return next(args)
    },
    { step: 'deserialize', name: 'lifeguardSent', priority: 'low' },
  )
}

function expiry(deadline: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const expire = () => reject(new DOMException('The deadline passed.', 'TimeoutError'))
    if (deadline.aborted) expire()
    else deadline.addEventListener('abort', expire, { once: true })
  })
}

function attemptsOf(error: unknown): number {
  const { $metadata }: { $metadata?: { attempts?: number } } =
    typeof error === 'object' && error !== null ? error : {}
  return $metadata?.attempts ?? 1
}

const MOST_REPEATS = 3
const FIRST_PAUSE_MS = 200

/**
 * Sends a write. Only what certainly did not run is sent again, at most three times, jittered,
 * before the same deadline. `make` gives a fresh command with the same input.
 */
export async function write<I extends ServiceInputTypes, O extends ServiceOutputTypes>(
  wire: Wire,
  call: string,
  make: () => Command<I, O>,
  random: () => number,
): Promise<O> {
  const deadline = AbortSignal.timeout(wire.deadlineMs)
  for (let repeat = 0; ; repeat++) {
    try {
      return await send(wire, call, make(), deadline)
    } catch (fault) {
      const again = repeat < MOST_REPEATS && changedNothing(fault) && !deadline.aborted
      if (!again) throw fault
      await wait(random() * FIRST_PAUSE_MS * 2 ** repeat, undefined, { signal: deadline }).catch(
        () => {
          throw fault
        },
      )
    }
  }
}

function changedNothing(fault: unknown): boolean {
  return fault instanceof CloudFault && (fault.kind === 'throttled' || fault.kind === 'not-sent')
}
