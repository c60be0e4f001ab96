import type { types } from '@slack/bolt'

/** A form with every input that a person can fill here. */
export const form: types.ModalView = {
  type: 'modal',
  callback_id: 'operation/form',
  private_metadata: 'request-1',
  title: { type: 'plain_text', text: 'Form' },
  submit: { type: 'plain_text', text: 'Ask' },
  close: { type: 'plain_text', text: 'Cancel' },
  notify_on_close: true,
  blocks: [
    {
      type: 'input',
      block_id: 'reason',
      label: { type: 'plain_text', text: 'Reason' },
      element: { type: 'plain_text_input', action_id: 'reason', max_length: 300 },
    },
    {
      type: 'input',
      block_id: 'days',
      optional: true,
      label: { type: 'plain_text', text: 'Days' },
      element: {
        type: 'number_input',
        action_id: 'days',
        is_decimal_allowed: false,
        min_value: '1',
        max_value: '365',
      },
    },
    {
      type: 'input',
      block_id: 'method',
      label: { type: 'plain_text', text: 'Method' },
      element: {
        type: 'static_select',
        action_id: 'method',
        initial_option: { text: { type: 'plain_text', text: 'E-mailed code' }, value: 'code' },
        options: [
          { text: { type: 'plain_text', text: 'E-mailed code' }, value: 'code' },
          { text: { type: 'plain_text', text: 'Temporary password' }, value: 'temporary' },
        ],
      },
    },
    {
      type: 'input',
      block_id: 'pool',
      optional: true,
      dispatch_action: true,
      label: { type: 'plain_text', text: 'Pool' },
      element: { type: 'external_select', action_id: 'pool', min_query_length: 0 },
    },
    {
      type: 'input',
      block_id: 'risk',
      optional: true,
      label: { type: 'plain_text', text: 'Risk' },
      element: {
        type: 'radio_buttons',
        action_id: 'risk',
        options: [
          { text: { type: 'plain_text', text: 'Low' }, value: 'low' },
          { text: { type: 'plain_text', text: 'High' }, value: 'high' },
        ],
      },
    },
    {
      type: 'input',
      block_id: 'sign_out',
      optional: true,
      label: { type: 'plain_text', text: 'Sign out' },
      element: {
        type: 'checkboxes',
        action_id: 'sign_out',
        options: [{ text: { type: 'mrkdwn', text: '*Everywhere*' }, value: 'yes' }],
      },
    },
    {
      type: 'input',
      block_id: 'groups',
      optional: true,
      label: { type: 'plain_text', text: 'Groups' },
      element: {
        type: 'multi_static_select',
        action_id: 'groups',
        options: [
          { text: { type: 'plain_text', text: 'Staff' }, value: 'staff' },
          { text: { type: 'plain_text', text: 'Ops' }, value: 'ops' },
        ],
      },
    },
    {
      type: 'input',
      block_id: 'who',
      optional: true,
      label: { type: 'plain_text', text: 'Who' },
      element: { type: 'users_select', action_id: 'who' },
    },
    {
      type: 'input',
      block_id: 'until',
      optional: true,
      label: { type: 'plain_text', text: 'Until' },
      element: { type: 'datepicker', action_id: 'until', initial_date: '2026-01-31' },
    },
    {
      type: 'input',
      block_id: 'email',
      optional: true,
      label: { type: 'plain_text', text: 'E-mail' },
      element: { type: 'email_text_input', action_id: 'email' },
    },
  ],
}

/** A modal that only shows a text. */
export function page(callbackId: string, text: string): types.ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    title: { type: 'plain_text', text: 'Page' },
    blocks: [{ type: 'section', block_id: 'text', text: { type: 'plain_text', text } }],
  }
}

export const option = (value: string) => ({
  text: { type: 'plain_text' as const, text: value.toUpperCase() },
  value,
})
