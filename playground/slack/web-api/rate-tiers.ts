import type { JsonRecord } from '../json.ts'
import { string } from '../json.ts'
import type { Method } from './method.ts'

/** Calls a minute per tier (docs.slack.dev, rate limits). */
const perMinute = { 1: 1, 2: 20, 3: 50, 4: 100 } as const

/** Counts calls in sliding windows, as strict Slack does. */
export class RateTiers {
  readonly #calls = new Map<string, number[]>()

  /** Seconds to wait, or undefined when the call is within its tier (and is then counted). */
  exceeded(name: string, method: Method, args: JsonRecord, now: number): number | undefined {
    if (name === 'chat.postMessage')
      return this.#count(`${name} ${string(args['channel']) ?? ''}`, 1, 1000, now)
    return method.tier === undefined
      ? undefined
      : this.#count(name, perMinute[method.tier], 60_000, now)
  }

  #count(key: string, allowed: number, windowMs: number, now: number): number | undefined {
    const recent = (this.#calls.get(key) ?? []).filter((at) => now - at < windowMs)
    this.#calls.set(key, recent)
    const [oldest] = recent
    if (recent.length >= allowed && oldest !== undefined)
      return Math.max(1, Math.ceil((oldest + windowMs - now) / 1000))
    recent.push(now)
    return undefined
  }
}
