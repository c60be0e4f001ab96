import type { WebClient } from '@slack/web-api'
import type { Log } from './log.ts'
import { slackFault } from './slack-fault.ts'

export interface ChannelWatchOptions {
  readonly client: Pick<WebClient, 'conversations'>
  /** Ids of the channels that the bot writes to. */
  readonly channels: readonly string[]
  readonly log: Log
}

/** Watches that the bot's channels stay its own: a shared or archived one must not receive audit lines. */
export class ChannelWatch {
  readonly #options: ChannelWatchOptions
  #trouble: string | undefined

  constructor(options: ChannelWatchOptions) {
    this.#options = options
  }

  /** Why nothing may be changed now, for people; undefined when all is well. */
  get trouble(): string | undefined {
    return this.#trouble
  }

  /** Asks Slack. A failed look-up changes nothing: it proves nothing about the channel. */
  async check(): Promise<void> {
    try {
      const found = await Promise.all(this.#options.channels.map((id) => this.#troubleOf(id)))
      this.#trouble = found.find((trouble) => trouble !== undefined)
    } catch (error) {
      this.#options.log.warn({ code: slackFault(error).code }, 'The channels could not be checked.')
    }
  }

  async #troubleOf(id: string): Promise<string | undefined> {
    const { channel } = await this.#options.client.conversations.info({ channel: id })
    const stop = (why: string) =>
      `Lifeguard changes nothing for now: the channel ${id} ${why}. Ask whoever runs Lifeguard to mend that.`
    if (channel?.is_archived) return stop('is archived')
    if (channel?.is_ext_shared || channel?.is_pending_ext_shared)
      return stop('is shared with another company')
    return channel?.is_member === false ? stop('does not have Lifeguard as a member') : undefined
  }
}
