import type { Clock } from './types.ts'
import type { Ids } from './ids.ts'

/** "trigger_id ... expires 3 seconds after", once only (docs.slack.dev, views.open). */
const lifeMs = 3000

export interface Trigger {
  readonly user: string
  /** Whether the person was inside a modal. */
  readonly inModal: boolean
}

interface Issued extends Trigger {
  readonly at: number
  used: boolean
}

export class Triggers {
  readonly #issued = new Map<string, Issued>()
  readonly #clock: Clock
  readonly #ids: Ids

  constructor(clock: Clock, ids: Ids) {
    this.#clock = clock
    this.#ids = ids
  }

  issue(user: string, inModal = false): string {
    const id = `${this.#ids.next('13')}.4242.${this.#ids.next('f')}`
    this.#issued.set(id, { user, inModal, at: this.#clock.now(), used: false })
    return id
  }

  /** The person who may now be shown a view, or Slack's error code. */
  exchange(id: string): Trigger | { readonly error: string } {
    const trigger = this.#issued.get(id)
    if (!trigger) return { error: 'invalid_trigger_id' }
    if (trigger.used) return { error: 'exchanged_trigger_id' }
    if (this.#clock.now() - trigger.at > lifeMs) return { error: 'expired_trigger_id' }
    trigger.used = true
    return trigger
  }
}
