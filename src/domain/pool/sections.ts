import type { PoolSnapshot, SettingChange } from '../../core/directory.ts'
import type { Values } from '../../core/operation.ts'
import { canonical } from '../../core/canonical.ts'
import { comparable } from './canonical.ts'
import { valueAt } from './paths.ts'
import type { Section, Setting } from './settings.ts'

/** What the form of a section starts from: its settings as they are. */
export function valuesOf(snapshot: PoolSnapshot, { settings }: Section): Values {
  const now = comparable(snapshot).settings
  return Object.fromEntries(
    settings.map(({ name, path, kind }) => [name, kind.toForm(valueAt(now, path))]),
  )
}

/** What a form of a section would change: only settings that are different from how they are. */
export function changesFrom(
  snapshot: PoolSnapshot,
  section: Section,
  values: Values,
): readonly SettingChange[] {
  const now = valuesOf(snapshot, section)
  return section.settings.flatMap((setting) => changeOf(setting, now[setting.name], values))
}

function changeOf({ name, path, kind }: Setting, now: unknown, values: Values): SettingChange[] {
  const value = kind.fromForm(values[name])
  return canonical(value) === canonical(kind.fromForm(now)) ? [] : [{ path, value }]
}
