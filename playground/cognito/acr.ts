import type { PoolSettings } from './pool-settings.ts'

type Acr = NonNullable<PoolSettings['AcrConfiguration']>

const levels = ['Level1', 'Level2', 'Level3', 'Level4']

const defaultName = (level: string): string => `urn:cognito:loa:${level.slice(-1)}`

/** All four levels by name, custom or default: what a read shows. */
export const everyLevel = (custom: Acr = {}): Acr =>
  Object.fromEntries(
    levels.map((level) => [level, custom[level] ?? { AcrValue: defaultName(level) }]),
  )

/** Only the levels whose name is not their default one: what is kept. */
export const customLevels = (given: Acr): Acr =>
  Object.fromEntries(
    Object.entries(given).filter(([level, { AcrValue }]) => AcrValue !== defaultName(level)),
  )

/** Whether two of the four levels would have the same name, defaults included. */
export function levelsClash(given: Acr): boolean {
  const names = Object.values(everyLevel(given)).map(({ AcrValue }) => AcrValue)
  return new Set(names).size < names.length
}
