import { z } from 'zod'
import { kept, pick, pool, reason } from '../../core/field.ts'
import { mutation } from '../../core/operation.ts'
import type { PoolChange } from '../../core/ports.ts'
import { Refusal } from '../../core/refusal.ts'
import { spanOf } from '../../core/span.ts'
import { restorable } from '../../domain/pool/change.ts'
import { carriedOut } from '../../domain/pool/carried-out.ts'
import type { PoolChanging } from '../../domain/pool/carried-out.ts'
import { changePlan, changeTitle } from '../../domain/pool/change-plan.ts'
import { settingChange } from '../../domain/pool/setting-fields.ts'

export const restorePool = mutation({
  name: 'restore-pool',
  title: 'Undo a pool change',
  button: 'Restore',
  summary: 'Take one change of a pool back: only the settings that it touched.',
  risk: 'change',
  input: z.object({
    pool: pool(),
    change: pick('Change', 'Choose the change to take back.', {
      hint: 'Changes that were made through Lifeguard, newest first.',
    }),
    reason: reason(),
    changes: kept(z.array(settingChange)),
  }),
  examples: [{ typed: 'restore-pool customers', means: { pool: 'customers' } }],
  words: ['pool'],
  options: {
    change: async (values, look) => {
      if (typeof values['pool'] !== 'string') throw new Refusal('Choose a pool first.')
      const found = await look.poolChanges(values['pool'])
      if (found.length === 0)
        throw new Refusal(
          'No change of this pool is known. Only what was changed through Lifeguard can be taken back.',
        )
      return found.map((change) => ({
        value: change.request,
        label: changeTitle(change.before, change.after),
        description: `${change.operation}, ${spanOf(look.now() - change.at)} ago`,
      }))
    },
  },

  async plan(input, look): Promise<PoolChanging> {
    const [before, found] = await Promise.all([
      look.snapshot(input.pool),
      look.poolChanges(input.pool),
    ])
    const changed = changeNamed(found, input.change)
    const changes = input.changes ?? restorable(changed.before, changed.after, before)
    const plan = changePlan(before, changes)
    const since = new Date(changed.at).toISOString().slice(0, 16).replace('T', ' ')
    return {
      ...plan,
      facts: [{ term: 'Takes back', text: `${changed.operation} of ${since} UTC` }, ...plan.facts],
      keep: { ...input, changes },
      before,
      changes,
    }
  },

  ...carriedOut,
})

function changeNamed(found: readonly PoolChange[], request: string): PoolChange {
  const change = found.find((one) => one.request === request)
  if (change) return change
  throw new Refusal(
    'This change of the pool is not known any more. Nothing was changed. Choose one from the list.',
    {
      field: 'change',
    },
  )
}
