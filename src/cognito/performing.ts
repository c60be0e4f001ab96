import type {
  ServiceInputTypes,
  ServiceOutputTypes,
} from '@aws-sdk/client-cognito-identity-provider'
import { CloudFault } from '../core/cloud-fault.ts'
import type { CallWitness, Clock } from '../core/ports.ts'
import { write, type Command, type Wire } from './call.ts'

export interface Performing {
  readonly witness: CallWitness
  readonly now: Clock
  readonly random: () => number
}

/** One write, witnessed before it is sent and after it ended. `make` gives a fresh command with the same input. */
export async function perform<I extends ServiceInputTypes, O extends ServiceOutputTypes>(
  { witness, now, random }: Performing,
  wire: Wire,
  call: string,
  make: () => Command<I, O>,
): Promise<O> {
  await witness.before(call)
  const startedAt = now()
  const ended = (awsRequestId: string | undefined, error: string | undefined) =>
    witness.after({ call, awsRequestId, ms: now() - startedAt, error })
  try {
    const answer = await write(wire, call, make, random)
    ended(answer.$metadata.requestId, undefined)
    return answer
  } catch (error) {
    if (error instanceof CloudFault) ended(error.awsRequestId, error.code)
    throw error
  }
}
