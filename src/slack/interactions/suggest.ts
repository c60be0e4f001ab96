import type { types } from '@slack/bolt'
import { CloudFault } from '../../core/cloud-fault.ts'
import type { UserSummary } from '../../core/directory.ts'
import { fieldsOf } from '../../core/field.ts'
import type { Operation, Values } from '../../core/operation.ts'
import type { Standing } from '../../core/person.ts'
import { Refusal } from '../../core/refusal.ts'
import { option } from '../blocks.ts'
import { asSeenBy, poolLabel, seenThrough } from '../desk.ts'
import type { Desk, Reply } from '../desk.ts'
import { readForm } from '../form.ts'
import { operationOf } from '../ids.ts'
import type { BlockSuggestion } from '../payloads.ts'

const MOST_POOLS = 100
const MOST_PICKS = 100
const MOST_USERS = 25
const VALUE_LIMIT = 75

/** Somebody types in a picker: pools come from memory, users from one search in Cognito. */
export async function onSuggest(desk: Desk, payload: BlockSuggestion, reply: Reply): Promise<void> {
  const { view, user, action_id: field, value: typed } = payload
  const operation = desk.operations.get(operationOf(view.callback_id) ?? '')
  const standing = desk.people.known(user.id)
  desk.people.refresh(user.id)
  if (!operation || !standing) return reply({ options: [] })
  const widget = fieldsOf(operation.input).get(field)?.widget.as
  const values = readForm(operation, view)
  const pool = String(values['pool'])
  if (widget === 'pool')
    return reply({
      options: poolOptions(desk, seenThrough(desk, operation, field), standing, typed),
    })
  if (widget === 'pick')
    return reply({ options: await picks(desk, { operation, field, standing, values, typed }) })
  if (widget === 'user')
    return reply({ options: await userOptions(desk, operation, standing, pool, typed) })
  return reply({ options: [] })
}

interface Picking {
  readonly operation: Operation
  readonly field: string
  readonly standing: Standing
  readonly values: Values
  readonly typed: string
}

/** What the operation's own list holds, narrowed by what is typed. */
async function picks(desk: Desk, { operation, field, standing, values, typed }: Picking) {
  try {
    const found = await desk.workflow.options(operation, field, standing, values, typed)
    const sought = typed.trim().toLowerCase()
    return found
      .filter(({ label, value }) => `${label} ${value}`.toLowerCase().includes(sought))
      .slice(0, MOST_PICKS)
      .map(({ label, value, description }) => option(label, value, description))
  } catch (error) {
    if (error instanceof Refusal || error instanceof CloudFault) return [remark(error.message)]
    throw error
  }
}

function poolOptions(desk: Desk, operation: Operation, standing: Standing, typed: string) {
  const pools = desk.workflow.rights.pools(standing, operation)
  // People paste ids from the AWS console.
  const named = pools.get(typed.trim())
  const { rows } = named ? { rows: [named] } : pools.page(typed, 0, MOST_POOLS)
  return rows.map((pool) => option(poolLabel(desk, pool.id), pool.id))
}

async function userOptions(
  desk: Desk,
  operation: Operation,
  standing: Standing,
  id: string,
  typed: string,
) {
  const pool = desk.directory.pools.get(id)
  if (!pool) return [remark('Choose a pool first.')]
  if (!desk.workflow.rights.offers(standing, operation, pool, {})) return []
  try {
    return (await desk.directory.search(id, typed, MOST_USERS)).map((user) =>
      userOption(user, asSeenBy(desk, standing, pool, user)),
    )
  } catch (error) {
    if (error instanceof Refusal) return [remark(error.message)]
    if (error instanceof CloudFault) return [remark('Cognito did not answer. Type another letter.')]
    throw error
  }
}

/** A sentence in the list. Its value has spaces, so the form refuses it as a user. */
const remark = (text: string): types.PlainTextOption => option(text, 'not a user')

function userOption(user: UserSummary, seen: UserSummary): types.PlainTextOption {
  const { username, email, phone, name, status, enabled } = seen
  const contact = email ?? phone ?? username
  const label = name === undefined ? contact : `${contact} · ${name}`
  const state = enabled ? status : `${status}, disabled`
  return option(
    label,
    // A masked username names nobody.
    username.length <= VALUE_LIMIT && username === user.username ? username : user.sub,
    state.toLowerCase().replaceAll('_', ' '),
  )
}
