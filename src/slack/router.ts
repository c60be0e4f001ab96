import type { z } from 'zod'
import type { Desk, Reply } from './desk.ts'
import { BREAK_GLASS_VIEW, COMMAND, DENY_VIEW, isLinkButton, operationOf } from './ids.ts'
import type { Action } from './ids.ts'
import { onBreakGlass, onBreakGlassClick } from './interactions/break-glass.ts'
import { onChoose } from './interactions/choose.ts'
import { onCommand } from './interactions/command.ts'
import { onDecide } from './interactions/decide.ts'
import { onDeny, onDenyClick } from './interactions/deny.ts'
import { onDetails } from './interactions/details.ts'
import { onFollow } from './interactions/follow.ts'
import { onHomeOpened } from './interactions/home.ts'
import { onReveal } from './interactions/reveal.ts'
import { onSubmit } from './interactions/submit.ts'
import { onSuggest } from './interactions/suggest.ts'
import type { Body } from './envelope.ts'
import { blockActions, blockSuggestion, buttonPress, homeOpened } from './payloads.ts'
import { slashCommand, viewSubmission } from './payloads.ts'
import type { ButtonPress } from './payloads.ts'

export type Route = (desk: Desk, body: Body, reply: Reply) => Promise<void>

/** A route reads its payload whole before it acts; a member that is missing is a fault, not a guess. */
function route<T>(
  schema: z.ZodType<T>,
  on: (desk: Desk, payload: T, reply: Reply) => Promise<void>,
): Route {
  return async (desk, body, reply) => on(desk, schema.parse(body), reply)
}

type OnPress = (desk: Desk, press: ButtonPress, reply: Reply) => Promise<void>

/** What each button does. */
const BUTTONS: Readonly<Record<Action, OnPress>> = {
  approve: onDecide,
  claim: onDecide,
  withdraw: onDecide,
  review: onDecide,
  deny: onDenyClick,
  details: onDetails,
  reveal: onReveal,
  'break-glass': onBreakGlassClick,
}

/** One entry per kind of interaction and constant id, whatever the number of operations. */
const ROUTES: ReadonlyMap<string, Route> = new Map([
  [`command:${COMMAND}`, route(slashCommand, onCommand)],
  ['submit:operation', route(viewSubmission, onSubmit)],
  [`submit:${DENY_VIEW}`, route(viewSubmission, onDeny)],
  [`submit:${BREAK_GLASS_VIEW}`, route(viewSubmission, onBreakGlass)],
  ['action:field', route(blockActions, onChoose)],
  ['action:link', route(buttonPress, onFollow)],
  ...Object.entries(BUTTONS).map(
    ([action, on]) => [`action:${action}`, route(buttonPress, on)] as const,
  ),
  ['options', route(blockSuggestion, onSuggest)],
  ['event:app_home_opened', route(homeOpened, onHomeOpened)],
])

/** The kinds of things that have a route. */
export const routed: readonly string[] = [...ROUTES.keys()]

/** The route of a payload that Slack sent; undefined when there is none. */
export function routeOf(body: Body): Route | undefined {
  return ROUTES.get(keyOf(body))
}

function keyOf(body: Body): string {
  if (typeof body['command'] === 'string') return `command:${body['command']}`
  if (body['type'] === 'view_submission') return `submit:${familyOf(body['view'])}`
  if (body['type'] === 'block_actions') return `action:${actionIn(body)}`
  if (body['type'] === 'event_callback') return `event:${String(memberOf(body['event'], 'type'))}`
  return body['type'] === 'block_suggestion' ? 'options' : 'other'
}

function familyOf(view: unknown): string {
  const id = memberOf(view, 'callback_id')
  if (id === DENY_VIEW || id === BREAK_GLASS_VIEW) return id
  return typeof id === 'string' && operationOf(id) !== undefined ? 'operation' : 'other'
}

/** A field of an operation's form, a button that leads to an operation, or a button with a meaning of its own. */
function actionIn(body: Body): string {
  const action = firstAction(body['actions'])
  if (isLinkButton(action)) return 'link'
  return familyOf(body['view']) === 'operation' && !(action in BUTTONS) ? 'field' : action
}

function firstAction(actions: unknown): string {
  return String(memberOf(Array.isArray(actions) ? actions[0] : undefined, 'action_id'))
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
