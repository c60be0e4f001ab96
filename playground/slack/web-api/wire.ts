import type { JsonRecord } from '../json.ts'
import type { Channel, Message, Person } from '../types.ts'
import { appId, botId, botUserId, type Workspace } from '../workspace.ts'

/** A message as Slack sends it; without `withMetadata` only the type of its metadata shows. */
export function wireMessage(
  message: Message,
  workspace: Workspace,
  withMetadata = true,
): JsonRecord {
  const { metadata, thread_ts, edited, bot_id, user, text, ts, blocks } = message
  return {
    type: 'message',
    user,
    ts,
    text,
    team: workspace.team.id,
    ...(bot_id === undefined ? {} : { bot_id, app_id: appId }),
    ...(blocks.length === 0 ? {} : { blocks }),
    ...(edited ? { edited } : {}),
    ...(thread_ts === undefined ? {} : { thread_ts }),
    ...(metadata
      ? { metadata: withMetadata ? metadata : { event_type: metadata.event_type } }
      : {}),
  }
}

/** A user object; the e-mail address needs its own scope. */
export function wireUser(person: Person, workspace: Workspace): JsonRecord {
  const { id, name, real_name = name, email, title = '', ...flags } = person
  const team = person.team_id ?? workspace.team.id
  const mayShowEmail = workspace.manifest?.scopes.includes('users:read.email') ?? true
  return {
    is_admin: false,
    is_bot: false,
    is_restricted: false,
    is_ultra_restricted: false,
    deleted: false,
    ...flags,
    id,
    team_id: team,
    name,
    real_name,
    is_app_user: false,
    is_owner: false,
    is_primary_owner: false,
    profile: {
      real_name,
      display_name: name,
      title,
      team,
      ...(email !== undefined && mayShowEmail ? { email } : {}),
      ...(id === botUserId ? { bot_id: botId } : {}),
    },
  }
}

export function wireChannel(channel: Channel): JsonRecord {
  return {
    id: channel.id,
    name: channel.name,
    is_channel: channel.is_private !== true,
    is_group: channel.is_private === true,
    is_im: false,
    is_private: channel.is_private === true,
    is_archived: channel.is_archived === true,
    is_ext_shared: channel.is_ext_shared === true,
    is_shared: channel.is_ext_shared === true,
    is_member: channel.bot_is_member !== false,
    num_members: channel.members?.length ?? 0,
  }
}
