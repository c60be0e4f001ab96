import { describe, it } from 'vitest'
import { dieAt, expectGoodEnd, expectKept, openCrashFirm, recover, upTo } from '../../crash/life.ts'
import type { Moment } from '../../crash/moments.ts'
import { nameOf } from '../../crash/moments.ts'

/** A few of the moments of `npm run test:crash`. */
const moments: readonly Moment[] = [
  {
    act: 'submit',
    method: 'temporary',
    call: 'chat.postMessage',
    fault: { kind: 'timeout-after-effect' },
  },
  {
    act: 'last vote',
    method: 'email-code',
    call: 'AdminResetUserPassword',
    fault: { kind: 'hang-after-commit' },
  },
  {
    act: 'reveal',
    method: 'temporary',
    call: 'AdminSetUserPassword',
    fault: { kind: 'hang-after-commit' },
  },
]

describe.concurrent('a process that is killed while it waits, and started again', () => {
  it.each(moments.map((moment) => ({ name: nameOf(moment), moment })))(
    '$name',
    async ({ moment }) => {
      await using firm = await openCrashFirm()
      const life = await upTo(firm, moment.act, moment.method)
      const acknowledged = await dieAt(life, moment)
      expectKept(await recover(life), moment, acknowledged)
      await expectGoodEnd(life)
    },
    60_000,
  )
})
