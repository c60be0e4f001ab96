import { z } from 'zod'
import { carried, choice, kept, pool, reason } from '../../core/field.ts'
import { mutation } from '../../core/operation.ts'
import type { Values } from '../../core/operation.ts'
import { Refusal } from '../../core/refusal.ts'
import { settingsDigest } from '../../domain/pool/canonical.ts'
import { expectedAfter } from '../../domain/pool/change.ts'
import { carriedOut } from '../../domain/pool/carried-out.ts'
import type { PoolChanging } from '../../domain/pool/carried-out.ts'
import { changePlan } from '../../domain/pool/change-plan.ts'
import { differences } from '../../domain/pool/difference.ts'
import { changesFrom, unshown, valuesOf } from '../../domain/pool/sections.ts'
import { SECTION_CHOICES, settingChange, settingFields } from '../../domain/pool/setting-fields.ts'
import { sectionNamed } from '../../domain/pool/settings.ts'

const NO_ROOM =
  'what the pool has does not fit into a form. It stays as it is while the field is empty.'

/** Shown whatever section is chosen. */
const ALWAYS = ['pool', 'section', 'reason']

export const updatePool = mutation({
  name: 'update-pool',
  title: 'Change a pool',
  button: 'Change',
  summary: 'Change settings of one section, and prove that nothing else moved.',
  risk: 'change',
  input: z.object({
    pool: pool(),
    section: choice(
      'Section',
      SECTION_CHOICES,
      'Its settings appear below, as they are now.',
      true,
    ),
    ...settingFields,
    reason: reason(),
    based_on: carried(64).optional(),
    changes: kept(z.array(settingChange)),
  }),
  attributes: ['section'],
  words: ['pool', 'section'],
  examples: [
    { typed: 'update-pool customers', means: { pool: 'customers' } },
    {
      typed: 'update-pool customers password_policy',
      means: { pool: 'customers', section: 'password_policy' },
    },
  ],

  shows: ({ section }) => [
    ...ALWAYS,
    ...(sectionNamed(section)?.settings ?? []).map(({ name }) => name),
  ],

  prefill({ section }, { snapshots }): Values {
    const snapshot = snapshots['pool']
    const chosen = sectionNamed(section)
    if (!snapshot || !chosen) return {}
    return { ...valuesOf(snapshot, chosen), based_on: settingsDigest(snapshot) }
  },

  advise({ snapshots }, { section }) {
    const snapshot = snapshots['pool']
    const chosen = sectionNamed(section)
    const left = snapshot && chosen ? unshown(snapshot, chosen) : []
    return { notes: left.map(({ label }) => `${label}: ${NO_ROOM}`) }
  },

  async plan(input, look): Promise<PoolChanging> {
    const before = await look.snapshot(input.pool)
    if (input.based_on !== undefined && input.based_on !== settingsDigest(before))
      throw new Refusal(
        'Somebody has changed this pool since the form was opened. Nothing was changed. Choose the section again to see the settings as they are now.',
        { field: 'section' },
      )
    const section = sectionNamed(input.section)
    if (!section) throw new Refusal('Choose one of the sections.', { field: 'section' })
    const changes = input.changes ?? changesFrom(before, section, input)
    if (differences(before, expectedAfter(before, changes)).length === 0)
      throw new Refusal(
        'Nothing is different from how it is now, so nothing was changed. Change a setting, or choose another section.',
        { field: 'section' },
      )
    return {
      ...changePlan(before, changes),
      keep: { pool: input.pool, section: input.section, reason: input.reason, changes },
      before,
      changes,
    }
  },

  ...carriedOut,
})
