import { z } from 'zod'
import { monotonicMs } from '../clock.ts'

const shape = z.object({ private_metadata: z.string().default('') })

/** A view as it reached Slack. */
export interface OpenedView {
  /** On the machine's monotonic clock, milliseconds. */
  readonly at: number
  readonly privateMetadata: string
}

/** The views that were opened, by trigger. */
export class Views {
  readonly #opened = new Map<string, PromiseWithResolvers<OpenedView>>()

  see(method: string, text: string): void {
    if (method !== 'views.open') return
    const at = monotonicMs()
    const sent = new URLSearchParams(text)
    const view = shape.parse(JSON.parse(sent.get('view') ?? '{}'))
    const seen = this.#entry(sent.get('trigger_id') ?? '')
    seen.resolve({ at, privateMetadata: view.private_metadata })
  }

  /** Waits until a view is opened with this trigger; asked once. */
  async of(trigger: string): Promise<OpenedView> {
    const view = await this.#entry(trigger).promise
    this.#opened.delete(trigger)
    return view
  }

  #entry(trigger: string): PromiseWithResolvers<OpenedView> {
    const entry = this.#opened.get(trigger) ?? Promise.withResolvers<OpenedView>()
    this.#opened.set(trigger, entry)
    return entry
  }
}
