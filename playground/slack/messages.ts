import type { Message } from './types.ts'

/** Messages of all conversations, oldest first, and those that only one person sees. */
export class Messages {
  readonly #byChannel = new Map<string, Message[]>()
  readonly #ephemeral: Message[] = []

  /** A copy: what the conversation shows now. */
  of(channel: string): readonly Message[] {
    return [...(this.#byChannel.get(channel) ?? [])]
  }

  ephemeralTo(user: string): readonly Message[] {
    return this.#ephemeral.filter((message) => message.ephemeral_to === user)
  }

  #made(channel: string): Message[] {
    const made = this.#byChannel.get(channel) ?? []
    this.#byChannel.set(channel, made)
    return made
  }

  find(channel: string, ts: string): Message | undefined {
    return this.#byChannel.get(channel)?.find((message) => message.ts === ts)
  }

  findEphemeral(channel: string, ts: string): Message | undefined {
    return this.#ephemeral.find((message) => message.channel === channel && message.ts === ts)
  }

  add(message: Message): Message {
    if (message.ephemeral_to !== undefined) this.#ephemeral.push(message)
    else this.#made(message.channel).push(message)
    return message
  }

  replace(changed: Message): void {
    this.#byChannel.set(
      changed.channel,
      this.of(changed.channel).map((message) => (message.ts === changed.ts ? changed : message)),
    )
  }

  remove(gone: Message): void {
    this.#byChannel.set(
      gone.channel,
      this.of(gone.channel).filter((message) => message.ts !== gone.ts),
    )
  }
}
