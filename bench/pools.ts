import { world } from './world.ts'

const KINDS = ['customers', 'partners', 'staff', 'shops', 'devices', 'press', 'beta']

/** The name of the pool at this place of a long list: the one that forms use, then ever the same mixture. */
export function poolName(place: number): string {
  if (place === 0) return world.pool.name
  if (place === 1) return 'customers'
  return `${KINDS[place % KINDS.length]}-${digits(place)}`
}

export function poolId(place: number): string {
  return place === 0 ? world.pool.id : `${world.region}_B${digits(place)}`
}

const digits = (place: number) => String(place).padStart(9, '0')
