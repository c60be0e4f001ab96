import { createHmac } from 'node:crypto'
import type { Secret } from '../core/secret.ts'

/** A form that no operation has: it takes the whole way through and has no effect. */
function nothing(team: string): string {
  const view = { id: 'V0', callback_id: 'operation/', private_metadata: '', state: { values: {} } }
  const payload = {
    type: 'view_submission',
    team: { id: team },
    user: { id: 'U0', team_id: team },
    view,
  }
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
}

/** One signed request to ourselves, so that the first person does not pay for compilation. Never throws. */
export async function warmUp(to: {
  port: number
  signingSecret: Secret
  team: string
  seconds: number
}): Promise<void> {
  const body = nothing(to.team)
  const base = `v0:${to.seconds}:${body}`
  const signature = createHmac('sha256', to.signingSecret.reveal()).update(base).digest('hex')
  await fetch(`http://127.0.0.1:${to.port}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(to.seconds),
      'x-slack-signature': `v0=${signature}`,
    },
  }).then(
    (response) => response.body?.cancel(),
    () => undefined,
  )
}
