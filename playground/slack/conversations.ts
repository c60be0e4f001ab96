import type { Channel } from './types.ts'

/** Channels, and the direct messages between the bot and each person. */
export class Conversations {
  readonly #channels = new Map<string, Channel>()
  readonly #isPerson: (id: string) => boolean

  constructor(channels: readonly Channel[], isPerson: (id: string) => boolean) {
    for (const channel of channels) this.#channels.set(channel.id, channel)
    this.#isPerson = isPerson
  }

  all(): readonly Channel[] {
    return [...this.#channels.values()]
  }

  /** By id, `#name` or name. */
  channel(idOrName: string): Channel | undefined {
    const name = idOrName.replace(/^#/u, '')
    return this.#channels.get(idOrName) ?? this.all().find((channel) => channel.name === name)
  }

  change(id: string, patch: Partial<Omit<Channel, 'id'>>): void {
    const channel = this.#channels.get(id)
    if (!channel) throw new Error(`There is no channel ${id}.`)
    this.#channels.set(id, { ...channel, ...patch })
  }

  directWith(user: string): string {
    return `D${user.slice(1)}`
  }

  /** The person of a direct message. */
  partner(conversation: string): string | undefined {
    if (!conversation.startsWith('D')) return undefined
    return ['U', 'W'].map((kind) => kind + conversation.slice(1)).find(this.#isPerson)
  }

  /** Where a `channel` argument leads: a conversation's id, or Slack's error. */
  resolve(target: string): { readonly id: string } | { readonly error: string } {
    if (this.#isPerson(target)) return { id: this.directWith(target) }
    if (this.partner(target) !== undefined) return { id: target }
    const channel = this.channel(target)
    if (!channel) return { error: 'channel_not_found' }
    if (channel.bot_is_member !== false) return { id: channel.id }
    return { error: channel.is_private === true ? 'channel_not_found' : 'not_in_channel' }
  }

  /** Who sees what is posted there. */
  audience(conversation: string): readonly string[] {
    const partner = this.partner(conversation)
    return partner === undefined ? (this.channel(conversation)?.members ?? []) : [partner]
  }
}
