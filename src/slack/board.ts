import type { Board, CardModel, Note } from '../core/board.ts'
import type { Card, Store } from '../core/ports.ts'
import { cardMessage, isCardOf, noteMessage, nudgeMessage } from './board-message.ts'
import type { Log } from './log.ts'
import { mentionsOf } from './mentions.ts'
import type { PeopleGroup } from './people.ts'
import type { Channel } from './posting.ts'
import { findPosted, post } from './posting.ts'
import { slackFault } from './slack-fault.ts'
import { Turns } from './turns.ts'

export interface SlackBoardOptions extends Channel {
  readonly store: Pick<Store, 'card' | 'keepCard'>
  readonly groups: readonly PeopleGroup[]
  readonly log: Log
  /** Told after each card that was drawn. */
  readonly onDrawn?: (request: string) => void
}

/** What the board could not do, to be tried again. Quotes nothing of what was to be shown. */
export class BoardFault extends Error {
  override readonly name = 'BoardFault'
  readonly code: string
  /** Milliseconds that Slack asked us to wait. */
  readonly retryAfterMs: number | undefined

  constructor(code: string, retryAfterMs?: number) {
    super(`Slack did not take this (${code}).`)
    this.code = code
    this.retryAfterMs = retryAfterMs
  }
}

/** A post that another process has begun is over by then: its client waits 10 s for the answer. */
const POST_TAKES_MS = 12_000
const MOST_REMEMBERED = 1000

/** These people have no way to be written to; trying again would not help. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  'user_disabled',
  'user_not_found',
  'users_not_found',
  'cannot_dm_bot',
  'channel_not_found',
  'messages_tab_disabled',
])
/** The card is gone, or what was taken for it is not ours. */
const LOST: ReadonlySet<string> = new Set(['message_not_found', 'cant_update_message'])

/** The approvals channel and direct messages: cards posted once and redrawn in place. */
export class SlackBoard implements Board {
  readonly #options: SlackBoardOptions
  readonly #turns = new Turns()
  /** Posts of unknown outcome: when this process first met them; its own ones are over at once. */
  readonly #met = new Map<string, number>()
  /** The newest version drawn here, so that a slow draw does not put an older state on top. */
  readonly #drawn = new Map<string, number>()

  constructor(options: SlackBoardOptions) {
    this.#options = options
  }

  async draw(card: CardModel): Promise<void> {
    const { id } = card.request
    await this.#turns.run(id, () => this.#draw(card))
    this.#options.onDrawn?.(id)
  }

  async nudge(card: CardModel, text: string, groups: readonly string[]): Promise<void> {
    const { store, groups: configured } = this.#options
    const kept = await store.card(card.request.id)
    if (kept?.ts === undefined) throw new BoardFault('card_not_posted')
    const mentions = mentionsOf(groups, configured, card.request.requester)
    const place = { channel: kept.channel, thread_ts: kept.ts }
    await asking(post(this.#options, nudgeMessage(place, mentions, text)))
  }

  async tell(note: Note): Promise<void> {
    try {
      await asking(post(this.#options, noteMessage(note)))
    } catch (error) {
      if (!(error instanceof BoardFault && UNREACHABLE.has(error.code))) throw error
      const { person, request } = note
      this.#options.log.warn(
        { code: error.code, person, request },
        'A person cannot be written to.',
      )
    }
  }

  async #draw(card: CardModel): Promise<void> {
    const { id, version } = card.request
    if ((this.#drawn.get(id) ?? 0) > version) return
    const kept = await this.#options.store.card(id)
    if (kept?.ts === undefined) await this.#place(card, kept)
    else await this.#redraw(card, kept.channel, kept.ts)
    remember(this.#drawn, id, version)
  }

  /** Posts the card, unless a post that was begun before has left it in the channel. */
  async #place(card: CardModel, begun: Card | undefined): Promise<void> {
    const { store } = this.#options
    const { id } = card.request
    const channel = begun?.channel ?? this.#options.channel
    const found = begun && (await this.#find(card, channel))
    if (found !== undefined) {
      await store.keepCard({ request: id, channel, ts: found })
      return this.#redraw(card, channel, found)
    }
    if (begun) this.#letItEnd(id)
    await this.#post(card, begun)
  }

  async #find({ request }: CardModel, channel: string): Promise<string | undefined> {
    return asking(
      findPosted({ ...this.#options, channel }, request.askedAt, (metadata) =>
        isCardOf(metadata, request.id),
      ),
    )
  }

  /** Another process may be posting at this moment: only when it must have ended do we post. */
  #letItEnd(id: string): void {
    const now = this.#options.now()
    const since = this.#met.get(id) ?? remember(this.#met, id, now)
    const leftMs = since + POST_TAKES_MS - now
    if (leftMs > 0) throw new BoardFault('posted_elsewhere', leftMs)
  }

  async #post(card: CardModel, begun: Card | undefined): Promise<void> {
    const { store, channel } = this.#options
    const { id: request } = card.request
    const first = await store.keepCard({ request, channel, ts: undefined })
    if (!first && !begun) this.#letItEnd(request)
    remember(this.#met, request, 0)
    const ts = await asking(post(this.#options, { channel, ...this.#message(card) }))
    await store.keepCard({ request, channel, ts })
  }

  async #redraw(card: CardModel, channel: string, ts: string): Promise<void> {
    try {
      const message = { channel, ts, ...this.#message(card) }
      await asking(this.#options.client.chat.update(message))
    } catch (error) {
      if (!(error instanceof BoardFault && LOST.has(error.code))) throw error
      if (card.request.state === 'pending')
        await this.#post(card, { request: card.request.id, channel, ts })
    }
  }

  #message(card: CardModel) {
    const { now, groups } = this.#options
    return cardMessage(card, now(), groups)
  }
}

/** A call to Slack, its error translated. */
async function asking<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    const { code, retryAfterMs } = slackFault(error)
    throw new BoardFault(code, retryAfterMs)
  }
}

/** Keeps the newest entries of a map. */
function remember(map: Map<string, number>, key: string, value: number): number {
  map.delete(key)
  map.set(key, value)
  if (map.size > MOST_REMEMBERED) map.delete(map.keys().next().value ?? '')
  return value
}
