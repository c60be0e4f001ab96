import {
  AdminResetUserPasswordCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-cognito-identity-provider'
import type { User } from '../core/directory.ts'
import type { Act, CallWitness, Clock } from '../core/ports.ts'
import { CloudFault } from '../core/cloud-fault.ts'
import { write, type Command, type Wire } from './call.ts'

export interface ActOptions {
  /** The client for writes in the user's pool, under the requester's identity. */
  readonly wireFor: (user: User) => Wire
  readonly witness: CallWitness
  readonly now: Clock
  readonly random: () => number
}

/** Writes on users, each witnessed before it is sent and after it ended. Always by username: aliases move. */
export function createAct({ wireFor, witness, now, random }: ActOptions): Act {
  const perform = async <I extends ServiceInputTypes, O extends ServiceOutputTypes>(
    user: User,
    call: string,
    make: (named: { UserPoolId: string; Username: string }) => Command<I, O>,
  ): Promise<void> => {
    const named = { UserPoolId: user.pool.id, Username: user.username }
    const wire = wireFor(user)
    await witness.before(call)
    const startedAt = now()
    const ended = (awsRequestId: string | undefined, error: string | undefined) =>
      witness.after({ call, awsRequestId, ms: now() - startedAt, error })
    try {
      const answer = await write(wire, call, () => make(named), random)
      ended(answer.$metadata.requestId, undefined)
    } catch (error) {
      if (error instanceof CloudFault) ended(error.awsRequestId, error.code)
      throw error
    }
  }
  return {
    setPassword: (user, password, kind) =>
      perform(user, 'AdminSetUserPassword', (named) => {
        // Sent even when false: leaving it out is easy to mistake for either.
        const Permanent = kind === 'permanent'
        return new AdminSetUserPasswordCommand({ ...named, Password: password.reveal(), Permanent })
      }),
    sendResetCode: (user) =>
      perform(user, 'AdminResetUserPassword', (named) => new AdminResetUserPasswordCommand(named)),
    signOut: (user) =>
      perform(user, 'AdminUserGlobalSignOut', (named) => new AdminUserGlobalSignOutCommand(named)),
  }
}
