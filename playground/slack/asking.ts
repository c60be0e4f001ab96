import { trouble } from './acknowledgement.ts'
import type { Deliveries } from './deliveries.ts'
import { record } from './json.ts'
import type { DeliveryKind, DeliveryRecord, JsonObject, Reply } from './types.ts'
import { notice, type Workspace } from './workspace.ts'

/** What a person saw before they did something. */
interface Before {
  readonly version: number
  readonly ephemerals: number
}

/** Sends what one person does to the app, and tells what they see then. */
export class Asking {
  readonly #user: string
  readonly #workspace: Workspace
  readonly #deliveries: Deliveries
  readonly #settleMs: number

  constructor(user: string, workspace: Workspace, deliveries: Deliveries, settleMs: number) {
    this.#user = user
    this.#workspace = workspace
    this.#deliveries = deliveries
    this.#settleMs = settleMs
  }

  /** `apply` puts the acknowledgement before the person's eyes, and gives the sentence of a failure. */
  async ask(
    kind: DeliveryKind,
    body: JsonObject,
    apply: (delivery: DeliveryRecord) => string | undefined,
  ): Promise<Reply> {
    const before = this.#now()
    const delivery = await this.#deliveries.send(kind, body, this.#user)
    const error = apply(delivery)
    if (error !== undefined && error !== trouble) notice(this.#workspace, this.#user, error)
    if (kind !== 'view_closed') await this.#settled(before)
    return this.#reply(delivery, before, error)
  }

  /** What Slack's client says without asking the app. */
  refused(sentence: string): Reply {
    const before = this.#now()
    notice(this.#workspace, this.#user, sentence)
    return this.#reply(undefined, before, sentence)
  }

  /** What the person sees when nothing had to be sent. */
  unsent(): Reply {
    return this.#reply(undefined, this.#now(), undefined)
  }

  /** After an empty acknowledgement the bot may still open a view or write: wait a moment for it. */
  async #settled(before: Before): Promise<void> {
    const { changes } = this.#workspace
    await changes.until(() => changes.version(this.#user) > before.version, this.#settleMs)
  }

  #now(): Before {
    return {
      version: this.#workspace.changes.version(this.#user),
      ephemerals: this.#workspace.messages.ephemeralTo(this.#user).length,
    }
  }

  #reply(delivery: DeliveryRecord | undefined, before: Before, error: string | undefined): Reply {
    const { views, messages } = this.#workspace
    const atHome = record(delivery?.body['event'])['type'] === 'app_home_opened'
    const view = atHome ? views.home(this.#user) : views.top(this.#user)
    const errors = view?.errors ?? {}
    return {
      ack: delivery?.ack,
      acknowledged: delivery?.state === 'acknowledged',
      ephemeral: messages.ephemeralTo(this.#user).slice(before.ephemerals).at(-1),
      view,
      errors: Object.keys(errors).length === 0 ? undefined : errors,
      error,
      delivery,
    }
  }
}
