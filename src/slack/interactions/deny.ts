import type { Desk, Reply } from '../desk.ts'
import { digestIn } from '../ids.ts'
import { occasionOf, open } from '../opening.ts'
import type { ButtonPress, ViewSubmission } from '../payloads.ts'
import { denyView, readDenial } from '../screens/deny.ts'

/** Deny was clicked: the form that asks why opens beside the acknowledgement. */
export async function onDenyClick(desk: Desk, press: ButtonPress, reply: Reply): Promise<void> {
  const [{ block_id, value }] = press.actions
  const view = denyView(value, digestIn(block_id))
  await Promise.all([reply(), open(desk, occasionOf(press), view)])
}

/** The reason was given: durable first, then the form closes. */
export async function onDeny(desk: Desk, sent: ViewSubmission, reply: Reply): Promise<void> {
  const denial = readDenial(sent)
  if ('errors' in denial) return reply({ response_action: 'errors', errors: denial.errors })
  const { request, digest, why } = denial.read
  await desk.workflow.click({
    key: `${sent.view.id}/${request}`,
    kind: 'deny',
    request,
    person: sent.user.id,
    why,
    ...(digest === undefined ? {} : { digest }),
  })
  await reply({ response_action: 'clear' })
  desk.homes.watch(request, sent.user.id, false)
}
