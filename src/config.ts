import { readEnvironment } from './config/environment.ts'
import type { Surroundings } from './config/environment.ts'
import { readInventory } from './config/inventory.ts'
import type { Inventory } from './config/inventory.ts'
import { storeIn } from './config/store-place.ts'
import type { StorePlace } from './config/store-place.ts'
import { Faults } from './core/faults.ts'

export type { StorePlace }

/** All that the operator decides, checked once and frozen. */
export interface Config extends Omit<Inventory, 'slack'>, Omit<Surroundings, 'slack'> {
  readonly slack: Inventory['slack'] & Surroundings['slack']
}

export class ConfigFaults extends Faults {
  override readonly name = 'ConfigFaults'
}

/** The one place that reads the variables of this process. */
export function environment(): NodeJS.ProcessEnv {
  return process.env
}

/** Throws `ConfigFaults` with everything that is wrong in the environment and in lifeguard.yml. */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const around = readEnvironment(env)
  const written = readInventory(env)
  if (!around.value || !written.value) throw new ConfigFaults([...around.faults, ...written.faults])
  const slack = { ...written.value.slack, ...around.value.slack }
  return deepFreeze({ ...written.value, ...around.value, slack })
}

/** lifeguard.yml and the policy alone: needs no credentials. Throws `ConfigFaults`. */
export function loadInventory(env: NodeJS.ProcessEnv): Inventory {
  const { value, faults } = readInventory(env)
  if (!value) throw new ConfigFaults(faults)
  return deepFreeze(value)
}

/** Where the store is: needs nothing else of the configuration. Throws `ConfigFaults`. */
export function storePlace(env: NodeJS.ProcessEnv): StorePlace {
  const { value, faults } = storeIn(env)
  if (!value) throw new ConfigFaults(faults)
  return deepFreeze(value)
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze)
    Object.freeze(value)
  }
  return value
}
