import { z } from 'zod'

/** A JSON object or a form's fields, as Slack sent it. */
export type Body = Readonly<Record<string, unknown>>

/** What Slack delivers. `other` is genuine and nothing for us: it is answered and goes no further. */
export type Kind =
  | 'command'
  | 'action'
  | 'options'
  | 'shortcut'
  | 'submit'
  | 'close'
  | 'event'
  | 'other'

export interface Envelope {
  readonly kind: Kind
  readonly body: Body
}

const id = z.string().min(1).max(255)
const user = z.object({ id })
/** Null when the app is installed for a whole organisation: the tenant check decides on it. */
const team = z.object({ id }).nullable()
const view = z.object({ id, callback_id: z.string(), private_metadata: z.string() })
const action = z.object({ action_id: z.string(), type: z.string() })
const interaction = { user, team }

/** What Bolt and the router dereference without asking (bolt 5.1 helpers.js, App.js `buildSource`). */
const SHAPES: Readonly<Record<Kind, z.ZodType>> = {
  command: z.object({ command: z.string(), text: z.string().optional(), user_id: id, team_id: id }),
  action: z.object({ ...interaction, actions: z.array(action).min(1), view: view.optional() }),
  options: z.object({ ...interaction, action_id: id, block_id: id, value: z.string() }),
  shortcut: z.object({ ...interaction, callback_id: id }),
  submit: z.object({ ...interaction, view: view.extend({ state: z.looseObject({}) }) }),
  close: z.object({ ...interaction, view }),
  event: z.object({ team_id: id, event: z.object({ type: id }) }),
  other: z.unknown(),
}

const KINDS: Readonly<Record<string, Kind>> = {
  block_suggestion: 'options',
  block_actions: 'action',
  shortcut: 'shortcut',
  message_action: 'shortcut',
  view_submission: 'submit',
  view_closed: 'close',
}

/** The payload with its kind; undefined when a member is missing that every such payload has. */
export function readEnvelope(body: unknown): Envelope | undefined {
  if (!isBody(body)) return undefined
  const kind = kindOf(body)
  return SHAPES[kind].safeParse(body).success ? { kind, body } : undefined
}

export function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function kindOf(body: Body): Kind {
  if ('event' in body) return 'event'
  if ('command' in body) return 'command'
  const type = body['type']
  const kind = typeof type === 'string' && Object.hasOwn(KINDS, type) ? KINDS[type] : undefined
  const actions = body['actions']
  if (kind === 'action' && Array.isArray(actions) && actions.length === 0) return 'other'
  return kind ?? 'other'
}
