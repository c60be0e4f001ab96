/** The public shapes of the local Slack. Members of Slack's own payloads keep Slack's spelling. */

export type JsonObject = { readonly [member: string]: unknown }

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Runs once after `ms`; the returned function cancels it. */
  after(ms: number, run: () => void): () => void
}

export interface Team {
  readonly id: string
  readonly domain: string
  readonly name: string
}

export interface Person {
  readonly id: string
  readonly name: string
  readonly real_name?: string
  readonly email?: string
  readonly title?: string
  readonly is_admin?: boolean
  readonly is_restricted?: boolean
  readonly is_ultra_restricted?: boolean
  readonly is_stranger?: boolean
  readonly deleted?: boolean
  readonly is_bot?: boolean
  /** Another team's id makes this person external. */
  readonly team_id?: string
}

export interface Usergroup {
  readonly id: string
  readonly handle: string
  readonly name?: string
  readonly users: readonly string[]
}

export interface Channel {
  readonly id: string
  readonly name: string
  /** User ids; the bot is a member unless `bot_is_member` is false. */
  readonly members?: readonly string[]
  readonly bot_is_member?: boolean
  readonly is_private?: boolean
  readonly is_archived?: boolean
  readonly is_ext_shared?: boolean
}

export interface Block {
  readonly type: string
  readonly block_id: string
  readonly [member: string]: unknown
}

export interface TextObject {
  readonly type: 'plain_text' | 'mrkdwn'
  readonly text: string
  readonly emoji?: boolean
  readonly verbatim?: boolean
}

export interface Option {
  readonly text: TextObject
  readonly value: string
  readonly description?: TextObject
}

export interface Metadata {
  readonly event_type: string
  readonly event_payload: JsonObject
}

export interface Message {
  readonly channel: string
  readonly ts: string
  readonly user: string
  readonly bot_id?: string
  readonly text: string
  readonly blocks: readonly Block[]
  readonly edited?: { readonly user: string; readonly ts: string }
  readonly metadata?: Metadata
  readonly thread_ts?: string
  /** Only this person sees it, and it cannot be updated or fetched. */
  readonly ephemeral_to?: string
}

/** One value of `view.state.values[block_id][action_id]`, in the shape Slack uses for the element's type. */
export interface InputValue {
  readonly type: string
  readonly value?: string | null
  readonly selected_option?: Option | null
  readonly selected_options?: readonly Option[]
  readonly selected_user?: string | null
  readonly selected_users?: readonly string[]
  readonly selected_conversation?: string | null
  readonly selected_conversations?: readonly string[]
  readonly selected_channel?: string | null
  readonly selected_channels?: readonly string[]
  readonly selected_date?: string | null
  readonly selected_time?: string | null
  readonly selected_date_time?: number | null
  readonly rich_text_value?: unknown
  readonly files?: readonly unknown[]
}

export type InputValues = Readonly<Record<string, Readonly<Record<string, InputValue>>>>

/** A view as Slack sends it back to the app. */
export interface View {
  readonly id: string
  readonly team_id: string
  readonly type: 'modal' | 'home'
  readonly blocks: readonly Block[]
  readonly private_metadata: string
  readonly callback_id: string
  readonly external_id: string
  readonly title: TextObject | null
  readonly submit: TextObject | null
  readonly close: TextObject | null
  readonly state: { readonly values: InputValues }
  readonly hash: string
  readonly clear_on_close: boolean
  readonly notify_on_close: boolean
  readonly root_view_id: string
  readonly previous_view_id: string | null
  readonly app_id: string
  readonly app_installed_team_id: string
  readonly bot_id: string
}

/** A view as a person sees it. */
export interface ViewState extends View {
  /** Sentences under the fields, by block_id. */
  readonly errors: Readonly<Record<string, string>>
  /** The sentence across the modal, when Slack could not reach the app. */
  readonly trouble?: string
}

/** What came of something a person did. */
export interface Reply {
  /** The acknowledgement's body, parsed; undefined when it was empty or never came. */
  readonly ack: unknown
  readonly acknowledged: boolean
  /** The message only this person sees, when the acknowledgement or the bot wrote one. */
  readonly ephemeral: Message | undefined
  /** The top of the person's modal stack (or the home, for `openHome`) once the result shows. */
  readonly view: ViewState | undefined
  /** What stands under the fields after a submit, by block_id. */
  readonly errors: Readonly<Record<string, string>> | undefined
  /** The sentence Slack shows when the app failed. */
  readonly error: string | undefined
  /** The request as sent to the bot; undefined when the client refused before sending. */
  readonly delivery: DeliveryRecord | undefined
}

export type Choice = string | readonly string[] | Option | readonly Option[] | null
export type MessagePlace = { readonly channel: string; readonly ts: string }

/** One person at their Slack client. Methods resolve when the result is visible to the person. */
export interface Actor {
  readonly id: string
  /** Types a slash command, in the first channel of the person unless `channel` says where. */
  slash(command: string, text?: string, channel?: string): Promise<Reply>
  /** The top of the modal stack. */
  view(): ViewState | undefined
  /** Resolves at once when the top view already fits; rejects after `timeoutMs` (5,000). */
  waitForView(predicate?: (view: ViewState) => boolean, timeoutMs?: number): Promise<ViewState>
  /** Types into an external select; groups are flattened. */
  search(blockId: string, text: string): Promise<Option[]>
  /**
   * Fills inputs of the top view in order, as a person would: selects by an offered value or label.
   * Sends block_actions where the block asks for it; gives the last reply of these.
   */
  set(values: Readonly<Record<string, Choice>>): Promise<Reply | undefined>
  /** Fills `values`, then submits. `unchecked` skips the checks Slack's client makes itself. */
  submit(
    values?: Readonly<Record<string, Choice>>,
    options?: { unchecked?: boolean },
  ): Promise<Reply>
  /** Closes the top view; `{ all: true }` is the cross that clears the stack. */
  close(options?: { all?: boolean }): Promise<Reply>
  /** Presses a button, or changes an element that acts at once. `value` selects among equal action ids, or an option. */
  click(where: 'view' | 'home' | MessagePlace, actionId: string, value?: string): Promise<Reply>
  openHome(): Promise<Reply>
  shortcut(callbackId: string): Promise<Reply>
  /** Writes a message of their own. */
  say(channel: string, text: string): Message
}

export type DeliveryKind =
  | 'slash_commands'
  | 'block_actions'
  | 'view_submission'
  | 'view_closed'
  | 'block_suggestion'
  | 'shortcut'
  | 'event'

export interface DeliveryRecord {
  readonly id: string
  readonly kind: DeliveryKind
  readonly transport: 'http' | 'socket'
  readonly user: string | undefined
  /** As sent, after form or JSON decoding. */
  readonly body: JsonObject
  readonly at: number
  /** Attempt number of an event: 0, then 1 to 3 for Slack's retries. */
  readonly retry: number
  /** Parsed body of the acknowledgement; undefined when empty, or while waiting. */
  readonly ack: unknown
  readonly status: number | undefined
  /** From sending to acknowledgement by the clock; undefined when none came in time. */
  readonly ms: number | undefined
  readonly state: 'waiting' | 'acknowledged' | 'refused' | 'missed' | 'undeliverable'
  readonly missed: boolean
}

export interface CallRecord {
  readonly method: string
  readonly args: JsonObject
  readonly at: number
  readonly ms: number
  readonly ok: boolean
  /** Slack's error code, or what a fault did: `http_500`, `hang`, `reset`... */
  readonly error: string | undefined
  readonly response: JsonObject | undefined
  readonly faults: readonly BlockKitFault[]
  /** The injected fault's kind, when one was used up by this call. */
  readonly injected: string | undefined
}

export interface BlockKitFault {
  /** JSON pointer into the payload. */
  readonly pointer: string
  readonly code:
    | 'unknown_type'
    | 'unsupported_type'
    | 'missing_field'
    | 'additional_field'
    | 'wrong_type'
    | 'failed_constraint'
  readonly message: string
}

export type Surface = 'message' | 'modal' | 'home'

export type Fault =
  /** 429 with Retry-After, in seconds. */
  | { readonly kind: 'ratelimited'; readonly retryAfter: number }
  /** Another HTTP status, without effect. */
  | { readonly kind: 'status'; readonly status: number }
  /** `{ ok: false, error }`, without effect. */
  | { readonly kind: 'error'; readonly error: string }
  /** No effect and no reply until the caller goes away. */
  | { readonly kind: 'hang' }
  /** The effect happens, the reply never comes. */
  | { readonly kind: 'timeout-after-effect' }
  /** The effect happens, the reply is cut in the middle of its JSON. */
  | { readonly kind: 'truncated' }
  /** The connection is reset, before or after the effect. */
  | { readonly kind: 'reset'; readonly afterEffect?: boolean }
  /** Served, but only after so many milliseconds of the clock. */
  | { readonly kind: 'slow'; readonly ms: number }

export type EnvelopeFault =
  /** The connection is cut right after the envelope was sent. */
  | { readonly kind: 'drop-before-ack' }
  /** The same envelope is sent twice; the person sees the first acknowledgement. */
  | { readonly kind: 'duplicate' }
  /** The envelope arrives this many milliseconds late; the deadline runs meanwhile. */
  | { readonly kind: 'late'; readonly ms: number }
  /** The envelope waits until the next one was sent. */
  | { readonly kind: 'reorder' }

export interface Faults {
  /** The next `calls` calls of `method` (`*` for any) meet this fault. */
  inject(method: string, fault: Fault, calls?: number): void
  /** The next `envelopes` envelopes meet this fault (Socket Mode; `duplicate` and `late` in HTTP too). */
  envelope(fault: EnvelopeFault, envelopes?: number): void
  /** Sends `disconnect` with this reason on one open connection (the oldest), or on all. */
  refresh(options?: {
    all?: boolean
    reason?: 'refresh_requested' | 'warning' | 'link_disabled'
  }): void
  /** Cuts open connections without a word. */
  drop(): void
  /** Open connections stay open but deaf and mute: no pongs, no envelopes. */
  halfOpen(): void
  /** The next `connections` are greeted with `disconnect: too_many_websockets`. */
  tooManyWebsockets(connections?: number): void
  clear(): void
}

export interface ChannelView {
  readonly id: string
  readonly name: string
  readonly is_private: boolean
  readonly is_archived: boolean
  readonly members: readonly string[]
  readonly messages: readonly Message[]
}

/** Everything one person sees now; plain JSON. */
export interface PersonView {
  readonly person: Person
  readonly channels: readonly ChannelView[]
  readonly directMessages: readonly Message[]
  readonly ephemerals: readonly Message[]
  /** Bottom first. */
  readonly modals: readonly ViewState[]
  readonly home: ViewState | undefined
  /** Slack's own sentences to this person: failed commands and buttons. */
  readonly notices: readonly string[]
}

export interface SlackOptions {
  readonly port?: number
  /** Milliseconds; replaces the clock's `now` only. */
  readonly now?: () => number
  readonly clock?: Clock
  readonly signingSecret?: string
  readonly botToken?: string
  readonly appToken?: string
  readonly team?: Team
  readonly users?: readonly Person[]
  readonly usergroups?: readonly Usergroup[]
  readonly channels?: readonly Channel[]
  /** `http://127.0.0.1:PORT/slack/events`: HTTP mode. Absent: Socket Mode. */
  readonly deliverTo?: string
  /** Path of manifest.yml: commands, events and scopes are then enforced. */
  readonly manifest?: string
  readonly strict?: { readonly rateTiers?: boolean }
  /** Added before each Web API call is served, milliseconds. */
  readonly latencyMs?: number
  /** How long a person waits for more after an empty acknowledgement, real milliseconds (default 250). */
  readonly settleMs?: number
}

export interface RawDelivery {
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
  /** Default true: adds a valid signature for `timestamp`. */
  readonly sign?: boolean
  /** Seconds, or any text; default now. */
  readonly timestamp?: number | string
}

export interface LocalSlack {
  /** For `SLACK_API_URL`; ends with `/api/`. */
  readonly url: string
  readonly signingSecret: string
  readonly botToken: string
  readonly appToken: string
  readonly team: Team
  readonly appId: string
  readonly botUserId: string
  readonly botId: string
  readonly clock: Clock
  deliverTo(url: string | undefined): void
  /** Resolves when so many Socket Mode connections have said hello (default 1). */
  connected(connections?: number): Promise<void>
  readonly connections: number
  person(userId: string): Actor
  users(): readonly Person[]
  /** With their members as they are now. */
  usergroups(): readonly Usergroup[]
  channel(idOrName: string): ChannelView
  directMessages(userId: string): readonly Message[]
  ephemerals(userId: string): readonly Message[]
  home(userId: string): ViewState | undefined
  readonly deliveries: readonly DeliveryRecord[]
  readonly calls: readonly CallRecord[]
  readonly problems: readonly string[]
  readonly faults: Faults
  setUser(userId: string, patch: Partial<Omit<Person, 'id'>>): void
  setUsergroup(usergroupId: string, users: readonly string[]): void
  setChannel(channelId: string, patch: Partial<Omit<Channel, 'id'>>): void
  /** Any payload of the bot outside a modal's blocks for which this holds becomes a problem. */
  guardSecret(isSecret: (text: string) => boolean): void
  /** Sends an event of the Events API. */
  event(event: JsonObject & { readonly type: string }): Promise<DeliveryRecord>
  /** Posts these bytes to the app's HTTP endpoint. */
  deliverRaw(raw: RawDelivery): Promise<{ status: number; body: string }>
  /** Sends this frame as it is on one open Socket Mode connection. */
  sendFrame(frame: string): void
  /** Resolves with the first thing `look` finds, looking again after every change and every 20 ms; rejects after `timeoutMs` (5,000). */
  until<T>(look: () => T | undefined | false, timeoutMs?: number): Promise<T>
  onChange(listener: () => void): () => void
  snapshot(userId: string): PersonView
  close(): Promise<void>
}
