import { world } from './world.ts'

/** The bodies of Slack's requests, as forms (docs.slack.dev: slash commands, view_submission, block_suggestion). */

export function commandFields(text: string, trigger: string): Record<string, string> {
  return {
    token: 'verification-token-not-used',
    team_id: world.team,
    team_domain: 'bench',
    channel_id: 'C0SUPPORT',
    channel_name: 'support',
    user_id: world.person,
    user_name: 'ada',
    command: world.command,
    text,
    api_app_id: 'A0BENCH',
    is_enterprise_install: 'false',
    response_url: 'https://hooks.slack.com/commands/T0BENCH/1234567890/abcdefghijklmnopqrstuvwx',
    trigger_id: trigger,
  }
}

export function command(text: string, trigger: string): string {
  return new URLSearchParams(commandFields(text, trigger)).toString()
}

/** A reset for the one user there is, by a temporary password. */
export function resetSubmission(privateMetadata: string): string {
  return interaction({
    type: 'view_submission',
    trigger_id: 'trigger',
    response_urls: [],
    view: formView(privateMetadata, {
      pool: chosen('external_select', world.pool.id),
      user: chosen('external_select', world.user.username),
      method: chosen('radio_buttons', 'temporary'),
      sign_out: { type: 'checkboxes', selected_options: [] },
      verified: { type: 'plain_text_input', value: 'Called back on the number on file' },
      reason: { type: 'plain_text_input', value: 'Ticket 4711' },
    }),
  })
}

/** Somebody types in the pool picker. */
export function poolSuggestion(typed: string): string {
  return interaction({
    type: 'block_suggestion',
    container: { type: 'view', view_id: 'V0BENCH' },
    view: formView('', {}),
    action_id: 'pool',
    block_id: 'pool',
    value: typed,
  })
}

function interaction(payload: object): string {
  const common = {
    team: { id: world.team, domain: 'bench' },
    user: { id: world.person, username: 'ada', name: 'ada', team_id: world.team },
    api_app_id: 'A0BENCH',
    token: 'verification-token-not-used',
    enterprise: null,
    is_enterprise_install: false,
  }
  return new URLSearchParams({ payload: JSON.stringify({ ...payload, ...common }) }).toString()
}

function formView(privateMetadata: string, values: Record<string, object>): object {
  const state = Object.entries(values).map(([field, value]) => [field, { [field]: value }])
  return {
    id: 'V0BENCH',
    team_id: world.team,
    type: 'modal',
    callback_id: 'operation/reset-password',
    private_metadata: privateMetadata,
    blocks: [],
    state: { values: Object.fromEntries(state) as unknown },
  }
}

function chosen(type: string, value: string): object {
  return { type, selected_option: { text: { type: 'plain_text', text: value }, value } }
}
