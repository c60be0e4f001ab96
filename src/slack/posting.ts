import type { ChatPostMessageArguments, WebClient } from '@slack/web-api'
import type { Clock } from '../core/ports.ts'

/** Where the bot posts, and where it looks for what it has posted. */
export interface Channel {
  /** The background client. */
  readonly client: Pick<WebClient, 'chat' | 'conversations'>
  /** Channel id. */
  readonly channel: string
  readonly now: Clock
}

/** Nothing in a message becomes a link, a preview or a mention by itself. */
export const QUIET = {
  unfurl_links: false,
  unfurl_media: false,
  parse: 'none',
  link_names: false,
} as const

/** How far our clock may be from Slack's when a message is looked for. */
const CLOCK_DRIFT_MS = 600_000
const PAGE = 200
const MOST_PAGES = 5

/** The message's timestamp, by which Slack names it. */
export async function post(at: Channel, message: ChatPostMessageArguments): Promise<string> {
  const { ts } = await at.client.chat.postMessage(message)
  if (ts === undefined) throw new Error('Slack answered without the message’s timestamp.')
  return ts
}

/** The newest message since then whose metadata fits; undefined when there is none. */
export async function findPosted(
  { client, channel }: Channel,
  since: number,
  fits: (metadata: unknown) => boolean,
): Promise<string | undefined> {
  const asked = {
    channel,
    include_all_metadata: true,
    oldest: String((since - CLOCK_DRIFT_MS) / 1000),
    limit: PAGE,
  }
  let cursor = ''
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const found = await client.conversations.history(cursor ? { ...asked, cursor } : asked)
    const message = found.messages?.find(({ metadata }) => fits(metadata))
    if (message?.ts !== undefined) return message.ts
    cursor = found.response_metadata?.next_cursor ?? ''
    if (cursor === '') return undefined
  }
  return undefined
}
