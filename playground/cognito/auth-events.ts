import { randomUUID } from 'node:crypto'

import type { Pool } from './pool.ts'
import { ServiceError } from './service-error.ts'
import type { Call } from './state.ts'
import type { Origin } from './user-sessions.ts'
import type { User } from './user.ts'

export interface AuthEvent {
  readonly seq: number
  readonly id: string
  readonly type: 'SignIn' | 'ForgotPassword'
  readonly at: number
  readonly response: 'Pass' | 'Fail' | 'InProgress'
  readonly origin: Origin
}

/** Only threat protection keeps a history. */
export function hasThreatProtection({ settings }: Pool): boolean {
  const mode = settings.UserPoolAddOns?.['AdvancedSecurityMode']
  return mode === 'AUDIT' || mode === 'ENFORCED'
}

/** Runs an attempt and notes how it ended, where the pool keeps a history of its users. */
export function noted<T extends object>(
  call: Call,
  pool: Pool,
  user: User | undefined,
  type: AuthEvent['type'],
  attempt: () => T,
): T {
  if (!user || !hasThreatProtection(pool)) return attempt()
  const note = (response: AuthEvent['response']) =>
    user.events.push({
      seq: user.events.length,
      id: randomUUID(),
      type,
      at: call.state.now(),
      response,
      origin: call.origin,
    })
  try {
    const answer = attempt()
    note('ChallengeName' in answer ? 'InProgress' : 'Pass')
    return answer
  } catch (error) {
    if (error instanceof ServiceError) note('Fail')
    throw error
  }
}
