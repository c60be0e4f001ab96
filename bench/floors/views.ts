/** The answers of the flows, in the size the bot gives them. */

export function help() {
  const blocks = [
    section('What you may do'),
    section(
      '*/cognito reset-password customers ada@example.com*\nGive a user a way back in: a code sent by Cognito, or a password shown once to you.',
    ),
    section('*/cognito help*\nList what you may do here, with an example each.'),
    section('*/cognito whoami*\nShow your groups and what they allow.'),
    section('Leave words out and the form asks for them.'),
  ]
  return { response_type: 'ephemeral', text: 'What you may do', blocks } as const
}

export function formOf(privateMetadata: string): object {
  return {
    type: 'modal',
    callback_id: 'operation/reset-password',
    private_metadata: privateMetadata,
    title: plain('Reset a password'),
    submit: plain('Reset'),
    close: plain('Cancel'),
    blocks: [
      note('Give a user a way back in: a code sent by Cognito, or a password shown once to you.'),
      input('pool', 'Pool', { type: 'external_select', min_query_length: 0 }),
      input('user', 'User', { type: 'external_select', min_query_length: 3 }),
      input('method', 'How', {
        type: 'radio_buttons',
        options: [
          choice('Send a code', 'email-code', 'Cognito sends the user a code.'),
          choice('Temporary password', 'temporary', 'Shown once, to you.'),
        ],
      }),
      input('sign_out', 'Sign out', {
        type: 'checkboxes',
        options: [choice('Also sign the user out everywhere', 'on', '')],
      }),
      input('verified', 'Checked', { type: 'plain_text_input', max_length: 500 }),
      input('reason', 'Reason', { type: 'plain_text_input', max_length: 500 }),
    ],
  }
}

export function passwordView(password: string): object {
  const text = { type: 'text', text: password }
  return {
    type: 'modal',
    title: plain('Reset a password'),
    close: plain('Done'),
    blocks: [
      note('Grace Hopper (grace@example.com) has a temporary password.'),
      {
        type: 'rich_text',
        block_id: 'secret',
        elements: [{ type: 'rich_text_preformatted', elements: [text] }],
      },
      note(`To read out: ${password.split('').join(', ')}`),
      note('Shown once, to you alone. Hand it over by voice or in person.'),
      note('It works for 3 days.'),
    ],
  }
}

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } }) as const

const plain = (text: string) => ({ type: 'plain_text', text })

const note = (text: string) => ({ type: 'context', elements: [plain(text)] })

function input(name: string, label: string, element: object): object {
  const named = { ...element, action_id: name }
  return { type: 'input', block_id: name, label: plain(label), element: named }
}

function choice(text: string, value: string, description: string): object {
  return { text: plain(text), value, description: plain(description) }
}
