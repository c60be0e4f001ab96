import { describe, expect, it } from 'vitest'
import { advance } from '../../src/core/request.ts'
import type { Executing } from '../../src/core/request.ts'

const executing: Executing = {
  id: 'r1',
  operation: 'reset-password',
  requester: 'U0ADA',
  pool: 'eu-west-1_a',
  target: 'grace',
  input: {},
  digest: 'd',
  policyVersion: 'v',
  askedAt: 0,
  version: 1,
  attempt: 1,
  state: 'executing',
  leaseUntil: 30_000,
}
const done = { kind: 'end', as: 'done', attempt: 1, outcome: 'Reset.' } as const

describe('advance', () => {
  it('ends an executing request with its outcome and a new version', () => {
    expect(advance(executing, done)).toEqual({
      ...executing,
      leaseUntil: undefined,
      state: 'done',
      outcome: 'Reset.',
      version: 2,
    })
  })

  it('does not apply the outcome of an older attempt', () => {
    expect(advance({ ...executing, attempt: 2 }, done)).toBeUndefined()
  })

  it('never changes a request that has ended', () => {
    const ended = advance(executing, done)
    expect(ended && advance(ended, { ...done, as: 'unknown' })).toBeUndefined()
  })
})
