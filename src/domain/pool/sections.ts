import type { Json } from '../../core/canonical.ts'
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
    settings.map((setting) => [setting.name, heldBy(setting, valueAt(now, setting.path))]),
  )
}

/** Settings that no form can hold as they are: their fields stay empty, and empty leaves them alone. */
export function unshown(snapshot: PoolSnapshot, { settings }: Section): readonly Setting[] {
  const now = comparable(snapshot).settings
  return settings.filter((setting) => {
    const value = valueAt(now, setting.path)
    return value !== undefined && !isShown(setting, value)
  })
}

/** Whether its field shows what is there. */
export function isShown(setting: Setting, value: Json | undefined): boolean {
  return value !== undefined && fits(setting, value)
}

function heldBy(setting: Setting, value: Json | undefined): unknown {
  return value === undefined || isShown(setting, value) ? setting.kind.toForm(value) : undefined
}

/** Slack's own limit of a text. */
const MOST_TYPED = 3000

/** Whether the form gives the value back as it is; a text may lose the space around it. */
function fits({ kind }: Setting, value: Json): boolean {
  const held = kind.toForm(value)
  const short = typeof held !== 'string' || held.length <= MOST_TYPED
  return short && canonical(kind.fromForm(held)) === canonical(value)
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
  return canonical(typed(value)) === canonical(typed(kind.fromForm(now))) ? [] : [{ path, value }]
}

/** A form drops what is invisible and the space around a text: that is no change. */
function typed(value: Json | undefined): Json | undefined {
  return typeof value === 'string' ? value.replaceAll(INVISIBLE, '').trim() : value
}

const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}]/gu
