import type { Channel, ChannelView, Message, PersonView } from './types.ts'
import { personOf } from './payloads.ts'
import type { Workspace } from './workspace.ts'

export function channelView(workspace: Workspace, channel: Channel): ChannelView {
  return {
    id: channel.id,
    name: channel.name,
    is_private: channel.is_private === true,
    is_archived: channel.is_archived === true,
    members: channel.members ?? [],
    messages: workspace.messages.of(channel.id),
  }
}

export function directMessages(workspace: Workspace, user: string): readonly Message[] {
  return workspace.messages.of(workspace.conversations.directWith(user))
}

/** All that this person sees now. */
export function snapshot(workspace: Workspace, user: string): PersonView {
  const own = workspace.conversations.all().filter((one) => one.members?.includes(user) === true)
  return {
    person: personOf(workspace, user),
    channels: own.map((channel) => channelView(workspace, channel)),
    directMessages: directMessages(workspace, user),
    ephemerals: workspace.messages.ephemeralTo(user),
    modals: workspace.views.stack(user),
    home: workspace.views.home(user),
    notices: workspace.notices.get(user) ?? [],
  }
}
