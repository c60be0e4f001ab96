import { echoBlocks } from '../block-kit/echo.ts'
import { limits } from '../block-kit/limits.ts'
import { validateBlockKit } from '../block-kit/validate.ts'
import { isRecord, type JsonRecord, list, string } from '../json.ts'
import type { Block, Message, Metadata } from '../types.ts'
import { botId, botUserId, post, show } from '../workspace.ts'
import { type Host, type Method, type Methods, needed, refuseFaults, Refused } from './method.ts'
import { wireMessage } from './wire.ts'

const scopes = () => ['chat:write']

interface Content {
  readonly text: string
  readonly blocks: readonly Block[]
}

/** What a message shows; blocks need a text beside them, for notifications and screen readers. */
function content(args: JsonRecord, host: Host, method: string): Content {
  const text = string(args['text']) ?? ''
  const hasBlocks = list(args['blocks']).length > 0
  if (args['blocks'] !== undefined && !Array.isArray(args['blocks']))
    throw new Refused('invalid_blocks_format')
  if (text === '' && !hasBlocks) throw new Refused('no_text')
  if (text.length > limits.messageText) throw new Refused('msg_too_long')
  if (hasBlocks) refuseFaults('invalid_blocks', validateBlockKit({ blocks: args['blocks'] }))
  if (hasBlocks && text === '') host.problems.add(`${method}: blocks without a text beside them`)
  return { text, blocks: echoBlocks(args['blocks'], () => host.ids.short()) }
}

function metadata(args: JsonRecord): { metadata?: Metadata } {
  const given = args['metadata']
  if (given === undefined) return {}
  if (
    !isRecord(given) ||
    typeof given['event_type'] !== 'string' ||
    !isRecord(given['event_payload'])
  )
    throw new Refused('invalid_metadata_format')
  return { metadata: { event_type: given['event_type'], event_payload: given['event_payload'] } }
}

/** Where the bot may write, or a refusal. */
function destination(args: JsonRecord, host: Host): string {
  const found = host.conversations.resolve(needed(args, 'channel'))
  if ('error' in found) throw new Refused(found.error)
  if (host.conversations.channel(found.id)?.is_archived === true) throw new Refused('is_archived')
  const partner = host.people.get(host.conversations.partner(found.id) ?? '')
  if (partner?.is_bot === true) throw new Refused('cannot_dm_bot')
  if (partner?.deleted === true) throw new Refused('user_disabled')
  return found.id
}

const thread = (args: JsonRecord) => {
  const ts = string(args['thread_ts'])
  return ts === undefined ? {} : { thread_ts: ts }
}

const postMessage: Method = {
  scopes,
  run(args, host) {
    const channel = destination(args, host)
    const drafted = {
      ...content(args, host, 'chat.postMessage'),
      ...metadata(args),
      ...thread(args),
    }
    const message = post(host, { channel, ...drafted })
    return { channel, ts: message.ts, message: wireMessage(message, host) }
  },
}

const postEphemeral: Method = {
  tier: 4,
  scopes,
  run(args, host) {
    const channel = destination(args, host)
    const user = needed(args, 'user')
    if (!host.conversations.audience(channel).includes(user))
      throw new Refused('user_not_in_channel')
    const drafted = { ...content(args, host, 'chat.postEphemeral'), ...thread(args) }
    return { message_ts: post(host, { channel, ephemeral_to: user, ...drafted }).ts }
  },
}

/** The bot's own message; an ephemeral one cannot be found again. */
function ownMessage(args: JsonRecord, host: Host, refusal: string): Message {
  const channel = destination(args, host)
  const message = host.messages.find(channel, needed(args, 'ts'))
  if (!message) throw new Refused('message_not_found')
  if (message.bot_id !== botId) throw new Refused(refusal)
  return message
}

const update: Method = {
  tier: 3,
  scopes,
  run(args, host) {
    const before = ownMessage(args, host, 'cant_update_message')
    const { text, blocks } = content(args, host, 'chat.update')
    // "If you don't include this field, the message's previous blocks will be retained" (chat.update).
    const after: Message = {
      ...before,
      text,
      blocks: args['blocks'] === undefined ? before.blocks : blocks,
      edited: { user: botUserId, ts: host.ids.ts() },
      ...metadata(args),
    }
    host.messages.replace(after)
    show(host, after)
    return { channel: after.channel, ts: after.ts, text, message: wireMessage(after, host) }
  },
}

export const chatMethods: Methods = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': {
    tier: 3,
    scopes,
    run(args, host) {
      const message = ownMessage(args, host, 'cant_delete_message')
      host.messages.remove(message)
      show(host, message)
      return { channel: message.channel, ts: message.ts }
    },
  },
  'chat.getPermalink': {
    run(args, host) {
      const channel = needed(args, 'channel')
      const ts = needed(args, 'message_ts')
      if (!host.messages.find(channel, ts)) throw new Refused('message_not_found')
      const permalink = `https://${host.team.domain}.slack.com/archives/${channel}/p${ts.replace('.', '')}`
      return { channel, permalink }
    },
  },
}
