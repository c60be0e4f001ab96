import { z } from 'zod'
import type { Json } from '../../core/canonical.ts'
import type { SettingChange } from '../../core/directory.ts'
import type { Choice } from '../../core/field.ts'
import { choice, choices, text, toggle, wholeNumber } from '../../core/field.ts'
import { SECTIONS } from './settings.ts'
import type { Setting } from './settings.ts'

const [first, ...others] = SECTIONS.map(({ value, label }) => ({ value, label }))
if (!first) throw new TypeError('There are no sections.')

/** The sections, to choose one of. */
export const SECTION_CHOICES: readonly [Choice, ...Choice[]] = [first, ...others]

/** One field for every setting, each optional: a form shows those of its section. */
export const settingFields: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  SECTIONS.flatMap(({ settings }) => settings.map((one) => [one.name, fieldOf(one)] as const)),
)

function fieldOf({ label, kind, hint }: Setting): z.ZodType {
  const { input } = kind
  const more = hint === undefined ? {} : { hint }
  switch (input.as) {
    case 'number':
      return wholeNumber(label, input.least, input.most, more).optional()
    case 'switch':
      return toggle(label, 'Yes', hint)
    case 'choice':
      return choice(label, input.choices, hint).optional()
    case 'choices':
      return choices(label, input.choices, more)
    case 'text':
      return text(label, {
        missing: `Give ${label}.`,
        most: input.most,
        lines: input.lines,
        ...more,
      }).optional()
  }
}

/** A change as it is kept with a request. */
export const settingChange: z.ZodType<SettingChange> = z
  .object({ path: z.string().max(200), value: z.json().optional() })
  .transform(({ path, value }) => ({ path, value: value as Json | undefined }))
