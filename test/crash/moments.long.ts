import { describe, it } from 'vitest'
import { dieAt, expectGoodEnd, expectKept, openCrashFirm, recover, upTo } from './life.ts'
import { moments, nameOf } from './moments.ts'

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
  )
})
