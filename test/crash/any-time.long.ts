import { setTimeout as pause } from 'node:timers/promises'
import { describe, it } from 'vitest'
import { expectGoodEnd, openCrashFirm, quiet, recover, upTo } from './life.ts'
import { dieAt, expectKept } from './life.ts'
import type { Act, Moment } from './moments.ts'

const acts: readonly Act[] = ['submit', 'vote', 'last vote', 'reveal', 'deny', 'break-glass']
/** Milliseconds after the act: spread over what it takes. */
const LATER = [1, 6, 14, 30, 60, 110]

describe.concurrent('a process that is killed at any time, and started again', () => {
  it.each(acts.flatMap((act, nth) => LATER.map((base) => ({ act, ms: base + nth }))))(
    '$ms ms after $act',
    async ({ act, ms }) => {
      await using firm = await openCrashFirm()
      const method = act === 'reveal' || ms % 2 === 0 ? 'temporary' : 'email-code'
      const life = await upTo(firm, act, method)
      const acted = life.act().catch(() => undefined)
      await pause(ms)
      await firm.kill()
      await acted
      await recover(life)
      await expectGoodEnd(life)
    },
  )
})

/** The same without turning the clock: the leases really end. */
describe.concurrent('a process that comes back at once', () => {
  const hang = { kind: 'hang' } as const
  const vote: Moment = { act: 'vote', method: 'temporary', call: 'users.info', fault: hang }
  const code: Moment = {
    act: 'last vote',
    method: 'email-code',
    call: 'AdminResetUserPassword',
    fault: { kind: 'hang-after-commit' },
  }
  it.each([vote, code])('waits until its leases are over: $act', async (moment) => {
    await using firm = await openCrashFirm()
    const life = await upTo(firm, moment.act, moment.method)
    const acknowledged = await dieAt(life, moment)
    await firm.start()
    expectKept(await quiet(life, 0), moment, acknowledged)
    await expectGoodEnd(life)
  })
})
