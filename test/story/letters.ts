import type { JsonObject, ViewState } from '../../playground/slack/types.ts'
import type { Workplace } from './workplace.ts'

/** What of a submission can be bent. */
export interface Bent {
  readonly user: string
  readonly view: ViewState
  /** Chosen options by field, whether they were offered or not. */
  readonly chosen?: Readonly<Record<string, string>>
  readonly team?: string
}

/** The body of a submission of this view, as Slack would write it. */
export function submissionOf({ slack }: Workplace, bent: Bent): JsonObject {
  const { user, view, chosen = {}, team = slack.team.id } = bent
  const { errors: _errors, trouble: _trouble, ...sent } = view
  const values = Object.fromEntries(
    Object.entries(chosen).map(([field, value]) => [
      field,
      { [field]: { type: 'radio_buttons', selected_option: { value } } },
    ]),
  )
  return {
    type: 'view_submission',
    team: { id: team, domain: 'local' },
    user: { id: user, name: user, team_id: team },
    api_app_id: slack.appId,
    enterprise: null,
    is_enterprise_install: false,
    trigger_id: '13.4242.bent',
    view: { ...sent, state: { values: { ...sent.state.values, ...values } } },
    response_urls: [],
  }
}

export const formOf = (payload: unknown): string =>
  new URLSearchParams({ payload: JSON.stringify(payload) }).toString()

/** Sends a body that no client would send, the way the transport does. */
export async function send(place: Workplace, body: JsonObject): Promise<void> {
  if (place.transport === 'http') await place.slack.deliverRaw({ body: formOf(body) })
  else place.slack.sendFrame(JSON.stringify(envelope(body)))
}

/** What Slack posts for a command. */
export function commandOf({ slack }: Workplace, user: string, command: string, text: string) {
  return {
    command,
    text,
    user_id: user,
    team_id: slack.team.id,
    channel_id: 'C0SUPPORT',
    api_app_id: slack.appId,
    is_enterprise_install: 'false',
    trigger_id: '13.4242.bent',
  }
}

function envelope(payload: JsonObject) {
  return { envelope_id: 'bent', type: 'interactive', payload, accepts_response_payload: true }
}
