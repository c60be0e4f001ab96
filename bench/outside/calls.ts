import type { Span } from '../serial.ts'

/** The calls that were received, until they are taken away. */
export class Calls {
  #spans: Span[] = []

  add(span: Span): void {
    this.#spans.push(span)
  }

  take(): readonly Span[] {
    const taken = this.#spans
    this.#spans = []
    return taken
  }
}
