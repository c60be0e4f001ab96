import { echoBlocks } from './block-kit/echo.ts'
import { validateBlockKit } from './block-kit/validate.ts'
import { isRecord, type JsonRecord, list, record, string } from './json.ts'
import type { DeliveryRecord, Message, ViewState } from './types.ts'
import { post, type Workspace } from './workspace.ts'

/** Slack's sentence over a modal whose app did not answer well. */
export const trouble = 'We had some trouble connecting. Try again?'

/** Why nothing good came back, in the word Slack shows; undefined when all is well. */
export function failure({ state }: DeliveryRecord): string | undefined {
  if (state === 'acknowledged') return undefined
  return state === 'missed' ? 'operation_timeout' : 'dispatch_failed'
}

/** The message that the acknowledgement of a command is, if it says anything. */
export function answered(
  workspace: Workspace,
  user: string,
  channel: string,
  ack: unknown,
): Message | undefined {
  const said = typeof ack === 'string' ? { text: ack } : record(ack)
  const text = string(said['text']) ?? ''
  const hasBlocks = list(said['blocks']).length > 0
  if (text === '' && !hasBlocks) return undefined
  const faults = hasBlocks ? validateBlockKit({ blocks: said['blocks'] }) : []
  workspace.problems.faults('acknowledgement of a command', faults)
  if (text === '') workspace.problems.add('acknowledgement of a command: blocks without a text')
  if (faults.length > 0) return undefined
  return post(workspace, {
    channel,
    text,
    blocks: echoBlocks(said['blocks'], () => workspace.ids.short()),
    ...(said['response_type'] === 'in_channel' ? {} : { ephemeral_to: user }),
  })
}

type Response = (workspace: Workspace, user: string, view: ViewState, ack: JsonRecord) => string[]

/** `errors`: sentences under input blocks, and under nothing else. */
const showErrors: Response = (workspace, user, view, ack) => {
  const given = record(ack['errors'])
  const inputs = view.blocks.filter((block) => block.type === 'input')
  const known = new Set(inputs.map((block) => block.block_id))
  const strange = Object.keys(given).filter((id) => !known.has(id))
  const errors = Object.fromEntries(
    Object.entries(given).flatMap(([id, text]) => (typeof text === 'string' ? [[id, text]] : [])),
  )
  if (Object.keys(errors).length === 0) return ['errors: there is no error in it']
  if (strange.length > 0)
    return strange.map((id) => `errors: ${id} is not the block_id of an input`)
  workspace.views.put(user, { ...view, errors })
  return []
}

/** `update` and `push`: another modal, checked like any other. */
const showView =
  (place: 'update' | 'push'): Response =>
  (workspace, user, view, ack) => {
    const faults = validateBlockKit({ view: ack['view'] })
    const next = record(ack['view'])
    if (next['type'] !== 'modal') return [`${place}: the view is not a modal`]
    if (faults.length > 0)
      return faults.map((fault) => `${place}: ${fault.pointer}: ${fault.message} (${fault.code})`)
    if (place === 'update') workspace.views.update(user, view, next)
    else if (!workspace.views.push(user, next)) return ['push: more than 3 views in the stack']
    return []
  }

const responses: Readonly<Record<string, Response>> = {
  errors: showErrors,
  update: showView('update'),
  push: showView('push'),
  clear: (workspace, user) => {
    workspace.views.clear(user)
    return []
  },
}

function respond(workspace: Workspace, user: string, view: ViewState, ack: unknown): string[] {
  if (ack === undefined || (isRecord(ack) && Object.keys(ack).length === 0)) {
    workspace.views.remove(user, view.id)
    return []
  }
  const action = string(record(ack)['response_action']) ?? ''
  const response = Object.hasOwn(responses, action) ? responses[action] : undefined
  return response
    ? response(workspace, user, view, record(ack))
    : [`there is no response_action ${action.slice(0, 40) || '(none)'}`]
}

/** Applies the acknowledgement of a view_submission; gives the sentence shown when it failed. */
export function applySubmission(
  workspace: Workspace,
  user: string,
  view: ViewState,
  delivery: DeliveryRecord,
): string | undefined {
  const failed = failure(delivery) !== undefined
  const refused = failed ? [] : respond(workspace, user, view, delivery.ack)
  for (const reason of refused)
    workspace.problems.add(`acknowledgement of view_submission ${view.callback_id}: ${reason}`)
  const sentence = failed || refused.length > 0 ? trouble : undefined
  if (sentence !== undefined) workspace.views.put(user, { ...view, trouble: sentence })
  workspace.changes.tell([user])
  return sentence
}
