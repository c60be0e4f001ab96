import { type JsonRecord, string } from '../json.ts'
import type { Channel, Message } from '../types.ts'
import { type Host, isTrue, type Method, type Methods, needed, page, Refused } from './method.ts'
import { wireChannel, wireMessage } from './wire.ts'

/** `channels:`, `groups:` or `im:` by the kind of the conversation asked for. */
const scoped =
  (right: 'read' | 'history') =>
  (args: JsonRecord, host: Host): readonly string[] => {
    const id = string(args['channel']) ?? ''
    if (id.startsWith('D')) return [`im:${right}`]
    return [
      host.conversations.channel(id)?.is_private === true ? `groups:${right}` : `channels:${right}`,
    ]
  }

function visibleChannel(args: JsonRecord, host: Host): Channel {
  const channel = host.conversations.channel(needed(args, 'channel'))
  if (!channel || (channel.is_private === true && channel.bot_is_member === false))
    throw new Refused('channel_not_found')
  return channel
}

function conversationId(args: JsonRecord, host: Host): string {
  const found = host.conversations.resolve(needed(args, 'channel'))
  if ('error' in found) throw new Refused(found.error)
  return found.id
}

const inWindow =
  (args: JsonRecord) =>
  (message: Message): boolean => {
    const after = Number(message.ts) - (Number(args['oldest']) || 0)
    const before = (Number(args['latest']) || Infinity) - Number(message.ts)
    return isTrue(args['inclusive']) ? after >= 0 && before >= 0 : after > 0 && before > 0
  }

function read(messages: readonly Message[], args: JsonRecord, host: Host): JsonRecord {
  const { items, next } = page(messages.filter(inWindow(args)), args, 100)
  return {
    messages: items.map((one) => wireMessage(one, host, isTrue(args['include_all_metadata']))),
    has_more: next !== '',
    ...(next === '' ? {} : { response_metadata: { next_cursor: next } }),
  }
}

const open: Method = {
  tier: 3,
  scopes: () => ['im:write'],
  run(args, host) {
    const users = needed(args, 'users').split(',')
    const person = host.people.get(users[0] ?? '')
    if (!person || users.length > 1) throw new Refused('user_not_found')
    if (person.deleted === true) throw new Refused('user_disabled')
    if (person.is_bot === true) throw new Refused('cannot_dm_bot')
    return { channel: { id: host.conversations.directWith(person.id) } }
  },
}

export const conversationMethods: Methods = {
  'conversations.open': open,
  'conversations.info': {
    tier: 3,
    scopes: scoped('read'),
    run: (args, host) => ({ channel: wireChannel(visibleChannel(args, host)) }),
  },
  'conversations.list': {
    tier: 2,
    scopes: () => ['channels:read', 'groups:read'],
    run(args, host) {
      const visible = host.conversations
        .all()
        .filter((channel) => channel.is_private !== true || channel.bot_is_member !== false)
      const { items, next } = page(visible, args, 100)
      return { channels: items.map(wireChannel), response_metadata: { next_cursor: next } }
    },
  },
  'conversations.members': {
    tier: 4,
    scopes: scoped('read'),
    run(args, host) {
      const { items, next } = page(visibleChannel(args, host).members ?? [], args, 100)
      return { members: items, response_metadata: { next_cursor: next } }
    },
  },
  'conversations.history': {
    tier: 3,
    scopes: scoped('history'),
    run(args, host) {
      const all = host.messages.of(conversationId(args, host))
      const top = all.filter((one) => one.thread_ts === undefined || one.thread_ts === one.ts)
      return read(top.toReversed(), args, host)
    },
  },
  'conversations.replies': {
    tier: 3,
    scopes: scoped('history'),
    run(args, host) {
      const ts = needed(args, 'ts')
      const thread = host.messages
        .of(conversationId(args, host))
        .filter((one) => one.ts === ts || one.thread_ts === ts)
      if (thread.length === 0) throw new Refused('thread_not_found')
      return read(thread, args, host)
    },
  },
}
