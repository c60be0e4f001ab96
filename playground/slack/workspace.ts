import { realClock } from './clock.ts'
import { Changes } from './changes.ts'
import { Conversations } from './conversations.ts'
import {
  defaultChannels,
  defaultTeam,
  defaultUsergroups,
  defaultUsers,
} from './default-workspace.ts'
import { countingIds, type Ids } from './ids.ts'
import type { Manifest } from './manifest.ts'
import { Messages } from './messages.ts'
import { Problems } from './problems.ts'
import { Triggers } from './triggers.ts'
import type { Clock, Message, Person, SlackOptions, Team, Usergroup } from './types.ts'
import { Views } from './views.ts'

export const appId = 'A0LOCAL'
export const botId = 'B0LOCAL'
export const botUserId = 'U0BOT'

/** The state of one workspace with one app installed. */
export interface Workspace {
  readonly clock: Clock
  readonly ids: Ids
  readonly changes: Changes
  readonly problems: Problems
  readonly triggers: Triggers
  readonly team: Team
  readonly manifest: Manifest | undefined
  readonly tokens: { readonly bot: string; readonly app: string; readonly signing: string }
  readonly people: Map<string, Person>
  readonly usergroups: Map<string, Usergroup>
  readonly conversations: Conversations
  readonly messages: Messages
  readonly views: Views
  /** Where this Slack listens: `http://127.0.0.1:PORT`. */
  origin(): string
  /** Slack's own sentences to a person. */
  readonly notices: Map<string, readonly string[]>
}

const byId = <T extends { readonly id: string }>(items: readonly T[]): Map<string, T> =>
  new Map(items.map((item) => [item.id, item]))

export function createWorkspace(
  options: SlackOptions,
  origin: () => string,
  manifest?: Manifest,
): Workspace {
  const base = options.clock ?? realClock
  const clock: Clock = {
    now: options.now ?? (() => base.now()),
    after: (ms, run) => base.after(ms, run),
  }
  const ids = countingIds(clock)
  const changes = new Changes()
  const team = options.team ?? defaultTeam
  const people = byId(options.users ?? defaultUsers)
  people.set(botUserId, { id: botUserId, name: manifest?.name ?? 'app', is_bot: true })
  return {
    clock,
    ids,
    changes,
    problems: new Problems(() => changes.tell()),
    triggers: new Triggers(clock, ids),
    team,
    manifest,
    tokens: {
      bot: options.botToken ?? 'xoxb-local-bot',
      app: options.appToken ?? 'xapp-local-app',
      signing: options.signingSecret ?? 'local-signing-secret-0123456789abcdef',
    },
    people,
    usergroups: byId(options.usergroups ?? defaultUsergroups),
    conversations: new Conversations(options.channels ?? defaultChannels, (id) => people.has(id)),
    messages: new Messages(),
    views: new Views(ids, { team: team.id, app: appId, bot: botId }),
    origin,
    notices: new Map(),
  }
}

type Draft = Omit<Message, 'ts' | 'user' | 'blocks'> &
  Partial<Pick<Message, 'ts' | 'user' | 'blocks'>>

/** Adds a message, of the bot unless `user` says otherwise, and shows it to its audience. */
export function post(workspace: Workspace, draft: Draft): Message {
  const message = workspace.messages.add({
    ts: workspace.ids.ts(),
    user: botUserId,
    blocks: [],
    ...(draft.user === undefined ? { bot_id: botId } : {}),
    ...draft,
  })
  show(workspace, message)
  return message
}

/** Tells everybody who can see this message that it changed. */
export function show(workspace: Workspace, message: Message): void {
  const { ephemeral_to: only, channel } = message
  workspace.changes.tell(only === undefined ? workspace.conversations.audience(channel) : [only])
}

/** Says something to one person in Slack's own name. */
export function notice(workspace: Workspace, user: string, sentence: string): void {
  workspace.notices.set(user, [...(workspace.notices.get(user) ?? []), sentence])
  workspace.changes.tell([user])
}
