/** The answer did not reach Slack: the connection was gone, or the safe text had been sent already. */
export class AckLost extends Error {
  override readonly name = 'AckLost'

  constructor(cause?: unknown) {
    super('The answer did not reach Slack in time.', { cause })
  }
}

interface Wiring {
  /** Rejects when the body could not be handed to the connection. */
  readonly send: (reply: unknown) => Promise<void>
  readonly withinMs: number
  /** Nobody has answered in time. */
  readonly overdue: () => void
  /** The listener answered twice. */
  readonly twice: () => void
  /** The first answer is on its way. */
  readonly answered: () => void
}

/** The one answer that a delivery gets, whoever gives it first: the listener, or we in its place. */
export class Acknowledgement {
  #by: 'nobody' | 'listener' | 'us' = 'nobody'
  readonly #wiring: Wiring
  readonly #timer: NodeJS.Timeout

  constructor(wiring: Wiring) {
    this.#wiring = wiring
    this.#timer = setTimeout(wiring.overdue, wiring.withinMs)
  }

  /** Who answered: the listener, or we in its place. */
  get by(): 'nobody' | 'listener' | 'us' {
    return this.#by
  }

  /** Bolt's `ack`. Resolves once the body has left; `AckLost` when it never will. */
  readonly ack = async (reply?: unknown): Promise<void> => {
    if (this.#by === 'listener') return this.#wiring.twice()
    if (this.#by === 'us') throw new AckLost()
    await this.#give('listener', reply)
  }

  /** Answers in the listener's place, unless somebody has answered. */
  async instead(reply: unknown): Promise<void> {
    if (this.#by === 'nobody') await this.#give('us', reply)
  }

  async #give(by: 'listener' | 'us', reply: unknown): Promise<void> {
    this.#by = by
    clearTimeout(this.#timer)
    this.#wiring.answered()
    try {
      await this.#wiring.send(reply)
    } catch (error) {
      throw new AckLost(error)
    }
  }
}
