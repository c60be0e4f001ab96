import type { RequestRecord } from '../cognito/index.ts'
import type { Company } from '../company.ts'
import type { CallRecord, DeliveryRecord, JsonObject } from '../slack/types.ts'
import { auditChannel, personas, suggestions } from '../world.ts'
import type { AppSurface } from './app-surface.ts'
import { faultButtons } from './faults.ts'
import { poolPanels } from './pool-panels.ts'

/** Rows of the drawer; older ones fall out. */
const ROWS = 60

export interface PageParts {
  readonly company: Company
  readonly app: AppSurface
}

/** Everything the page shows to one persona, as plain JSON. */
export function pictureFor(parts: PageParts, personId: string) {
  const { company, app } = parts
  const { slack, bot, secrets } = company
  return {
    transport: company.transport,
    team: slack.team.name,
    bot: {
      userId: slack.botUserId,
      state: bot.state,
      pid: bot.pid ?? null,
      ending: bot.ending ?? null,
      log: bot.log.slice(-ROWS).map((line) => secrets.mask(line)),
    },
    people: slack.users().map(({ id, name, real_name }) => ({ id, name: real_name ?? name })),
    usergroups: slack.usergroups().map(({ id, handle }) => ({ id, handle })),
    personas: personas.map(({ person, role }) => ({
      id: person.id,
      name: person.real_name ?? person.name,
      role,
      badges: badgesOf(company, person.id),
    })),
    me: slack.snapshot(personId),
    audit: slack.channel(auditChannel).messages,
    auditChannel,
    pools: poolPanels(company.cognito),
    commands: app.commands,
    hasHome: app.hasHome,
    suggestions,
    faults: faultButtons.map(({ id, where, label, says, at }) => ({ id, where, label, says, at })),
    drawer: {
      deliveries: slack.deliveries.slice(-ROWS).map(deliveryRow),
      calls: lastCalls(slack.calls),
      aws: company.cognito.requests.slice(-ROWS).map(awsRow),
      problems: slack.problems.map((problem) => secrets.mask(problem)),
    },
  }
}

/** The groups a person is in at this moment: a button of the page may take them out. */
function badgesOf({ slack }: Company, personId: string): readonly string[] {
  const groups = slack.usergroups().filter((group) => group.users.includes(personId))
  const guest = personas.some(({ person }) => person.id === personId && person.is_restricted)
  return [...groups.map((group) => group.handle), ...(guest ? ['guest'] : [])]
}

function deliveryRow(delivery: DeliveryRecord) {
  const { id, kind, transport, user, at, ms, status, state } = delivery
  return {
    id,
    at,
    kind,
    transport,
    state,
    user: user ?? null,
    ms: ms ?? null,
    status: status ?? null,
    about: aboutOf(delivery.body),
  }
}

/** What a delivery is about, in one phrase. */
function aboutOf(body: JsonObject): string {
  const command = body['command']
  if (typeof command === 'string') return `${command} ${asText(body['text'])}`.trim()
  const view = body['view']
  if (typeof view === 'object' && view !== null && 'callback_id' in view)
    return asText(view.callback_id)
  const actions = body['actions']
  const first: unknown = Array.isArray(actions) ? actions[0] : body['event']
  if (typeof first !== 'object' || first === null) return asText(body['action_id'])
  if ('action_id' in first) return asText(first.action_id)
  return 'type' in first ? asText(first.type) : ''
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Each with its place among all calls, so that the page can ask for the whole record. */
function lastCalls(calls: readonly CallRecord[]) {
  const first = Math.max(0, calls.length - ROWS)
  return calls.slice(first).map(({ method, at, ms, ok, error, injected, faults }, index) => ({
    place: first + index,
    at,
    method,
    ms,
    ok,
    error: error ?? null,
    injected: injected ?? null,
    faults,
  }))
}

function awsRow(call: RequestRecord) {
  const { at, operation, requestId, ms, status, error, fault, committed } = call
  return {
    at,
    operation,
    requestId,
    ms,
    ok: error === undefined && status === 200,
    answer: error ?? (status === undefined ? 'no answer' : String(status)),
    fault: fault ?? null,
    committed,
  }
}
