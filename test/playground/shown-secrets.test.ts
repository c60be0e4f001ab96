import { expect, test } from 'vitest'
import { watchSecrets } from '../../playground/shown-secrets.ts'
import type { LocalSlack } from '../../playground/slack/types.ts'

const secretView = (password: string) => ({
  type: 'modal',
  blocks: [
    { type: 'alert', block_id: 'a', text: { type: 'plain_text', text: 'Done.' } },
    {
      type: 'rich_text',
      block_id: 'secret',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: password }] }],
    },
    { type: 'context', block_id: 'b', elements: [{ type: 'plain_text', text: 'papa, one' }] },
  ],
})

const nothing = (_text: string): boolean => false

/** As much of a local Slack as is looked at. */
function watched(over: { deliveries?: unknown[]; calls?: unknown[] }) {
  let guard = nothing
  const slack = {
    deliveries: over.deliveries ?? [],
    calls: over.calls ?? [],
    onChange: () => () => undefined,
    guardSecret: (isSecret: typeof guard) => {
      guard = isSecret
    },
  } as unknown as LocalSlack
  return { secrets: watchSecrets(slack), guard: (text: string) => guard(text) }
}

test('a password shown in an acknowledgement is recognised anywhere else', () => {
  const { guard } = watched({ deliveries: [{ ack: { view: secretView('Pass-1234') } }] })
  expect(guard('Here is Pass-1234 for you')).toBe(true)
  expect(guard('Done.')).toBe(false)
})

test('a password shown by a call is recognised too', () => {
  const { guard } = watched({ calls: [{ args: { view: secretView('Pass-5678') } }] })
  expect(guard('Pass-5678')).toBe(true)
})

test('it is found in a record that was completed after it appeared', () => {
  const delivery: { ack: unknown } = { ack: undefined }
  const { guard } = watched({ deliveries: [delivery] })
  expect(guard('Pass-1234')).toBe(false)
  delivery.ack = { view: secretView('Pass-1234') }
  expect(guard('Pass-1234')).toBe(true)
})

test('a masked record has neither the password nor the blocks that may spell it out', () => {
  const ack = { response_action: 'update', view: secretView('Pass-1234'), note: 'is Pass-1234' }
  const { secrets } = watched({ deliveries: [{ ack }] })
  const shown = JSON.stringify(secrets.mask({ ack }))
  expect(shown).not.toContain('Pass-1234')
  expect(shown).not.toContain('papa, one')
  expect(shown).toContain('is [secret]')
})
