import type { JsonRecord } from './json.ts'
import { string } from './json.ts'
import type { InputValue, JsonObject, Message, Person, ViewState } from './types.ts'
import { asSent } from './views.ts'
import { appId, botUserId, type Workspace } from './workspace.ts'
import { wireMessage } from './web-api/wire.ts'

/** Where a person presses something. */
export type Place =
  | { readonly kind: 'view'; readonly view: ViewState }
  | { readonly kind: 'message'; readonly message: Message }

const token = 'verification-token-not-used'

export function personOf(workspace: Workspace, id: string): Person {
  const person = workspace.people.get(id)
  if (!person) throw new Error(`There is no person ${id} in this workspace.`)
  return person
}

/** What every interaction carries. */
function common(workspace: Workspace, user: string): JsonObject {
  const person = personOf(workspace, user)
  const { id, domain } = workspace.team
  return {
    team: { id, domain },
    user: {
      id: user,
      username: person.name,
      name: person.name,
      team_id: person.team_id ?? id,
    },
    api_app_id: appId,
    token,
    enterprise: null,
    is_enterprise_install: false,
  }
}

function responseUrl(workspace: Workspace): string {
  return `${workspace.origin()}/response/${workspace.ids.next('R')}`
}

export function commandBody(
  workspace: Workspace,
  user: string,
  said: { readonly command: string; readonly text: string; readonly channel: string },
): JsonObject {
  const direct = workspace.conversations.partner(said.channel) !== undefined
  return {
    token,
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: said.channel,
    channel_name: direct
      ? 'directmessage'
      : (workspace.conversations.channel(said.channel)?.name ?? 'privategroup'),
    user_id: user,
    user_name: personOf(workspace, user).name,
    command: said.command,
    text: said.text,
    api_app_id: appId,
    is_enterprise_install: 'false',
    response_url: responseUrl(workspace),
    trigger_id: workspace.triggers.issue(user),
  }
}

/** The surface an action comes from. An ephemeral message is not sent along (docs.slack.dev, block_actions). */
function surface(workspace: Workspace, place: Place): JsonObject {
  if (place.kind === 'view')
    return {
      container: { type: 'view', view_id: place.view.id },
      view: asSent(place.view),
      state: place.view.state,
    }
  const { channel, ts, ephemeral_to } = place.message
  const isEphemeral = ephemeral_to !== undefined
  const name = workspace.conversations.channel(channel)?.name ?? 'directmessage'
  return {
    container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: isEphemeral },
    channel: { id: channel, name },
    ...(isEphemeral ? {} : { message: wireMessage(place.message, workspace) }),
    state: { values: {} },
    response_url: responseUrl(workspace),
  }
}

/** What of an element comes back in `actions[0]`. */
function action(element: JsonRecord, blockId: string, value: InputValue | undefined): JsonObject {
  const { text, style, value: carried } = element
  const button = element['type'] === 'button' ? { text, value: carried, style } : {}
  return {
    ...button,
    ...value,
    type: element['type'],
    action_id: element['action_id'],
    block_id: blockId,
  }
}

export function actionBody(
  workspace: Workspace,
  user: string,
  place: Place,
  pressed: {
    readonly element: JsonRecord
    readonly blockId: string
    readonly value?: InputValue | undefined
  },
): JsonObject {
  const acted = action(pressed.element, pressed.blockId, pressed.value)
  return {
    type: 'block_actions',
    ...common(workspace, user),
    ...surface(workspace, place),
    trigger_id: workspace.triggers.issue(
      user,
      place.kind === 'view' && place.view.type === 'modal',
    ),
    actions: [{ ...acted, action_ts: workspace.ids.ts() }],
  }
}

export function submissionBody(workspace: Workspace, user: string, view: ViewState): JsonObject {
  return {
    type: 'view_submission',
    ...common(workspace, user),
    trigger_id: workspace.triggers.issue(user, true),
    view: asSent(view),
    response_urls: [],
  }
}

export function closedBody(
  workspace: Workspace,
  user: string,
  view: ViewState,
  isCleared: boolean,
): JsonObject {
  return {
    type: 'view_closed',
    ...common(workspace, user),
    view: asSent(view),
    is_cleared: isCleared,
  }
}

export function suggestionBody(
  workspace: Workspace,
  user: string,
  view: ViewState,
  typed: { readonly element: JsonRecord; readonly blockId: string; readonly value: string },
): JsonObject {
  return {
    type: 'block_suggestion',
    ...common(workspace, user),
    container: { type: 'view', view_id: view.id },
    view: asSent(view),
    action_id: string(typed.element['action_id']) ?? '',
    block_id: typed.blockId,
    value: typed.value,
  }
}

export function shortcutBody(workspace: Workspace, user: string, callbackId: string): JsonObject {
  return {
    type: 'shortcut',
    ...common(workspace, user),
    callback_id: callbackId,
    trigger_id: workspace.triggers.issue(user),
    action_ts: workspace.ids.ts(),
  }
}

/** An event of the Events API in its envelope. */
export function eventBody(workspace: Workspace, event: JsonObject): JsonObject {
  const authorization = {
    enterprise_id: null,
    team_id: workspace.team.id,
    user_id: botUserId,
    is_bot: true,
    is_enterprise_install: false,
  }
  return {
    type: 'event_callback',
    token,
    team_id: workspace.team.id,
    api_app_id: appId,
    event: { event_ts: workspace.ids.ts(), ...event },
    event_id: workspace.ids.next('Ev'),
    event_time: Math.floor(workspace.clock.now() / 1000),
    authorizations: [authorization],
    is_ext_shared_channel: false,
  }
}

export function homeOpened(workspace: Workspace, user: string): JsonObject {
  const home = workspace.views.home(user)
  return eventBody(workspace, {
    type: 'app_home_opened',
    user,
    channel: workspace.conversations.directWith(user),
    tab: 'home',
    ...(home ? { view: asSent(home) } : {}),
  })
}
