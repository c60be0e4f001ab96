import type { z } from 'zod'
import type { Desk, Reply } from './desk.ts'
import { COMMAND, operationOf } from './ids.ts'
import { onChoose } from './interactions/choose.ts'
import { onCommand } from './interactions/command.ts'
import { onSubmit } from './interactions/submit.ts'
import { onSuggest } from './interactions/suggest.ts'
import type { Body } from './envelope.ts'
import { blockActions, blockSuggestion, slashCommand, viewSubmission } from './payloads.ts'

export type Route = (desk: Desk, body: Body, reply: Reply) => Promise<void>

/** A route reads its payload whole before it acts; a member that is missing is a fault, not a guess. */
function route<T>(
  schema: z.ZodType<T>,
  on: (desk: Desk, payload: T, reply: Reply) => Promise<void>,
): Route {
  return async (desk, body, reply) => on(desk, schema.parse(body), reply)
}

/** One entry per kind of interaction and constant id, whatever the number of operations. */
const ROUTES: ReadonlyMap<string, Route> = new Map([
  [`command:${COMMAND}`, route(slashCommand, onCommand)],
  ['submit:operation', route(viewSubmission, onSubmit)],
  ['action:pool', route(blockActions, onChoose)],
  ['action:user', route(blockActions, onChoose)],
  ['options', route(blockSuggestion, onSuggest)],
])

/** The route of a payload that Slack sent; undefined when there is none. */
export function routeOf(body: Body): Route | undefined {
  return ROUTES.get(keyOf(body))
}

function keyOf(body: Body): string {
  if (typeof body['command'] === 'string') return `command:${body['command']}`
  if (body['type'] === 'view_submission') return `submit:${familyOf(body['view'])}`
  if (body['type'] === 'block_actions') return `action:${firstAction(body['actions'])}`
  return body['type'] === 'block_suggestion' ? 'options' : 'other'
}

function familyOf(view: unknown): string {
  const id = memberOf(view, 'callback_id')
  return typeof id === 'string' && operationOf(id) !== undefined ? 'operation' : 'other'
}

function firstAction(actions: unknown): string {
  return String(memberOf(Array.isArray(actions) ? actions[0] : undefined, 'action_id'))
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
