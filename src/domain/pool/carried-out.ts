import { z } from 'zod'
import type { PoolSnapshot, SettingChange } from '../../core/directory.ts'
import type { Attempted, Fact, Outcome, Plan, Resolution, Values } from '../../core/operation.ts'
import type { Act, Reads } from '../../core/ports.ts'
import { changeOutcome, changeResolution, driftFacts } from './change-plan.ts'
import { settingChange } from './setting-fields.ts'

/** A plan to change settings of a pool, from how it is now. */
export interface PoolChanging extends Plan {
  readonly before: PoolSnapshot
  readonly changes: readonly SettingChange[]
}

/** How a change of settings is carried out, whichever operation asks for it. Its input keeps the changes. */
export const carriedOut = {
  async apply({ before, changes }: PoolChanging, act: Act): Promise<Outcome> {
    return changeOutcome(before, changes, await act.changePool(before, changes))
  },

  async resolve(values: Values, { pool, image }: Attempted, reads: Reads): Promise<Resolution> {
    const changes = z.array(settingChange).parse(values['changes'])
    return changeResolution(image, changes, await reads.snapshot(pool))
  },

  drift: (image: PoolSnapshot, { before }: PoolChanging): readonly Fact[] =>
    driftFacts(image, before),
}
