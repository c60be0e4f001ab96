import type { Clock } from '../core/ports.ts'
import { paces, type Pace, type Pause } from './pace.ts'

/** Calls per second of one account and region that Lifeguard allows itself (cognito.md 5). */
export interface Rates {
  readonly poolReads: number
  readonly userLists: number
  readonly recovery: number
  readonly update: number
  readonly creation: number
  readonly groups: number
}

/** At most a fifth of what the quotas allow. */
const RATES: Rates = {
  poolReads: 3,
  userLists: 6,
  recovery: 5,
  update: 5,
  creation: 10,
  groups: 5,
}

/** For each rate the pace of an account and region. */
export type Paces = { readonly [Name in keyof Rates]: (key: string) => Pace }

export function createPaces(given: Partial<Rates> | undefined, now: Clock, pause: Pause): Paces {
  const rates = { ...RATES, ...given }
  const at = (perSecond: number) => paces(perSecond, now, pause)
  return {
    poolReads: at(rates.poolReads),
    userLists: at(rates.userLists),
    recovery: at(rates.recovery),
    update: at(rates.update),
    creation: at(rates.creation),
    groups: at(rates.groups),
  }
}
